import { expect, test } from '@jest/globals'
import fs from 'node:fs'
import path from 'node:path'
import { crashPoints, transactionOf } from '../../chaos/plan/crash-points.js'

const src = path.resolve(import.meta.dirname, '..', '..', 'src')

/** All code of the program as one text. */
const program = fs
  .readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => fs.readFileSync(path.join(src, file), 'utf8'))
  .join('\n')

// A point that was renamed in the program would be armed in vain, and no storm would notice.
test.each(crashPoints)('%s is a place in the program', (point) => {
  const isExplicit = program.includes(`crashPoint('${point}')`)
  const isTransaction = /:(written|committed)$/.test(point) && program.includes(`'${transactionOf(point)}'`)
  expect(isExplicit || isTransaction).toBe(true)
})

test('no point is listed twice', () => {
  expect(new Set(crashPoints).size).toBe(crashPoints.length)
})
