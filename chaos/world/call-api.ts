/** What came back of one call. `silence`: no answer, or none that says what became of it. */
export type Reply =
  { kind: 'done'; data: Record<string, unknown> } | { kind: 'refused'; reason: string } | { kind: 'silence' }

/** One mutation as a caller of the API sends it, the same every time that it is repeated. */
export interface Order {
  field: string
  /** `$name: Type!` for each variable. */
  types: Readonly<Record<string, string>>
  variables: Readonly<Record<string, unknown>>
  /** What to ask of the wanted member of the answer: `... on Campaign { id }`. */
  wants?: string
  /** The answer is no union. */
  neverRefuses?: boolean
  token?: string
}

const DEADLINE_MS = 8_000

export async function callApi(address: string, order: Order): Promise<Reply> {
  const response = await fetch(`${address}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      // A connection of its own: a pooled one may lead to a process that is gone.
      connection: 'close',
      ...(order.token === undefined ? {} : { authorization: `Bearer ${order.token}` }),
    },
    body: JSON.stringify({ query: textOf(order), variables: order.variables }),
    signal: AbortSignal.timeout(DEADLINE_MS),
  }).catch(() => null)
  const answer = (await response?.json().catch(() => null)) as {
    data?: Record<string, Record<string, unknown> | null> | null
  } | null
  const data = answer?.data?.[order.field]
  if (data === undefined || data === null) return { kind: 'silence' }
  if (data['__typename'] === 'Refused') return { kind: 'refused', reason: String(data['reason']) }
  return { kind: 'done', data }
}

function textOf({ field, types, wants, neverRefuses }: Order): string {
  const names = Object.keys(types)
  const declared = names.map((name) => `$${name}: ${types[name] ?? ''}`).join(', ')
  const passed = names.map((name) => `${name}: $${name}`).join(', ')
  const members = neverRefuses === true ? '' : `... on Refused { reason } ${wants ?? ''}`
  const mutation = names.length === 0 ? field : `${field}(${passed})`
  return `mutation${names.length === 0 ? '' : `(${declared})`} { ${mutation} { __typename ${members} } }`
}
