import { validate as isUuid } from 'uuid'
import { pageSizeMax, type Page, type PageArgs } from './connection.js'
import { badUserInput } from './request-errors.js'

/** The types that a cursor's parts may have; each part is checked before it can reach SQL. */
interface KeyPart {
  uuid: string
  text: string
  instant: string
  integer: number
}
type KeyKind = keyof KeyPart
type KeyOf<Kinds extends readonly KeyKind[]> = { [Index in keyof Kinds]: KeyPart[Kinds[Index]] }

const checks: Readonly<Record<KeyKind, (part: unknown) => boolean>> = {
  uuid: (part) => typeof part === 'string' && isUuid(part),
  text: (part) => typeof part === 'string' && part.length <= 500 && !part.includes('\u0000'),
  instant: (part) =>
    typeof part === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:?\d\d)$/.test(part),
  integer: (part) => Number.isSafeInteger(part),
}

export interface PageRequest<Key> {
  /** One more than the caller asked for, so that the store's answer shows whether another page follows. */
  readonly limit: number
  readonly after: Key | null
}

export interface Keyset<Key> {
  /** Checks the arguments; throws BAD_USER_INPUT for a page size out of bounds or a cursor of another list. */
  read(args: PageArgs): PageRequest<Key>
  /** The rows that the store returned for this request, as a page. */
  page<Row, Node>(
    rows: readonly Row[],
    request: PageRequest<Key>,
    shape: PageShape<Row, Node, Key>,
  ): Page<Node>
}

export interface PageShape<Row, Node, Key> {
  readonly key: (row: Row) => Key
  readonly node: (row: Row) => Node
}

/** Pages of one list, ordered by a key of these kinds, which must be unique. `list` ties its cursors to this list. */
export function keyset<const Kinds extends readonly KeyKind[]>(
  list: string,
  ...kinds: Kinds
): Keyset<KeyOf<Kinds>> {
  type Key = KeyOf<Kinds>
  const encode = (key: Key): string => Buffer.from(JSON.stringify([list, ...key])).toString('base64url')
  return {
    read: (args) => {
      if (args.first < 1 || args.first > pageSizeMax) {
        throw badUserInput(`first must be from 1 to ${String(pageSizeMax)}.`)
      }
      return {
        limit: args.first + 1,
        after: args.after == null ? null : (decode(args.after, list, kinds) as unknown as Key),
      }
    },
    page: (rows, request, shape) => {
      const shown = rows.slice(0, request.limit - 1)
      const edges = shown.map((row) => ({ cursor: encode(shape.key(row)), node: shape.node(row) }))
      return {
        edges,
        pageInfo: {
          hasNextPage: rows.length > shown.length,
          hasPreviousPage: request.after !== null,
          startCursor: edges[0]?.cursor ?? null,
          endCursor: edges.at(-1)?.cursor ?? null,
        },
      }
    },
  }
}

function decode(cursor: string, list: string, kinds: readonly KeyKind[]): unknown[] {
  const parts = parseParts(cursor)
  const [name, ...key] = parts
  if (name !== list || key.length !== kinds.length) throw notACursor()
  if (!kinds.every((kind, index) => checks[kind](key[index]))) throw notACursor()
  return key
}

function parseParts(cursor: string): unknown[] {
  if (cursor.length > 2_000) throw notACursor()
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    if (Array.isArray(parts)) return parts
  } catch {
    // Anything that does not parse is answered like any other foreign text, below.
  }
  throw notACursor()
}

function notACursor(): Error {
  return badUserInput('after must be an endCursor of this same list.')
}
