import { expect, test } from '@jest/globals'
import { isOutage, sqlState } from '../../src/platform/db/sql-errors.js'
import { AmbiguousCommit } from '../../src/platform/db/transaction.js'

const coded = (code: string, message = code): Error => Object.assign(new Error(message), { code })

test.each(['23505', '40001', 'P0001', 'XX000', 'HV00A'])('%s is a state of Postgres', (code) => {
  expect(sqlState(coded(code))).toBe(code)
})

test.each(['EPIPE', 'EPERM', 'EBUSY', 'ECONNRESET'])('%s is a word of the operating system', (code) => {
  expect(sqlState(coded(code))).toBeNull()
})

test.each([
  ['a socket that broke while it was written to', coded('EPIPE', 'write EPIPE')],
  ['a server that listens no more', coded('ECONNREFUSED', 'connect ECONNREFUSED 127.0.0.1:5432')],
  ['a name without an address that answers', coded('ECONNREFUSED', '')],
  ['a server that starts', coded('57P03')],
  ['a lock that was not got in time', coded('55P03')],
  ['a standby that takes no writes', coded('25006')],
  ['a standby that takes no listeners', coded('0A000', 'cannot execute LISTEN during recovery')],
  ['a standby that is not up to it', coded('0A000', 'this is not possible while hot standby is on')],
  ['a commit without an answer', new AmbiguousCommit('test', null)],
])('%s is an outage', (_what, error) => {
  expect(isOutage(error)).toBe(true)
})

test.each([
  ['a broken constraint', coded('23505')],
  ['what Postgres cannot do at all', coded('0A000', 'cannot alter type of a column used by a view')],
  ['a fault of ours', new TypeError('x is not a function')],
])('%s is none', (_what, error) => {
  expect(isOutage(error)).toBe(false)
})
