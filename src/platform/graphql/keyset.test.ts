import { expect, test } from '@jest/globals'
import type { PageArgs } from './connection.js'
import { keyset } from './keyset.js'

const list = keyset('things', 'instant', 'uuid')
const id = '018f4e2a-1b2c-7d3e-8f90-123456789012'
const shape = {
  key: (n: number): [string, string] => [`2026-01-01T00:00:0${n}Z`, id],
  node: (n: number) => n,
}
const args = (first: number, after?: string): PageArgs => ({
  first,
  ...(after === undefined ? {} : { after }),
})

test('a page asks for one more than it shows, and says so', () => {
  const request = list.read(args(2))
  const page = list.page([1, 2, 3], request, shape)

  expect(request).toEqual({ limit: 3, after: null })
  expect(page.edges.map((edge) => edge.node)).toEqual([1, 2])
  expect(page.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false })
})

test('the end of a page is where the next one begins', () => {
  const page = list.page([1, 2], list.read(args(2)), shape)

  const next = list.read(args(2, page.pageInfo.endCursor ?? ''))

  expect(next.after).toEqual(['2026-01-01T00:00:02Z', id])
  expect(list.page([], next, shape).pageInfo).toEqual({
    hasNextPage: false,
    hasPreviousPage: true,
    startCursor: null,
    endCursor: null,
  })
})

const cursor = (...parts: unknown[]) => Buffer.from(JSON.stringify(parts)).toString('base64url')

test.each([
  ['another list', cursor('others', '2026-01-01T00:00:00Z', id)],
  ['too few parts', cursor('things', '2026-01-01T00:00:00Z')],
  ['a part of the wrong kind', cursor('things', '2026-01-01T00:00:00Z', 'id')],
  ['a number for an instant', cursor('things', 5, id)],
  ['no list at all', Buffer.from('{"a":1}').toString('base64url')],
  ['no cursor at all', '%%%'],
  ['far too much', 'a'.repeat(5_000)],
])('a cursor of %s is refused before it reaches SQL', (_what, after) => {
  expect(() => list.read(args(2, after))).toThrow('endCursor of this same list')
})

test.each([0, -1, 201])('a page of %d is refused', (first) => {
  expect(() => list.read(args(first))).toThrow('first must be from 1 to 200')
})
