/** A parameter as it came: a text, or texts under names or places. */
export type Param = string | ParamMap
export type ParamMap = Map<string, Param>

/** `line_items[0][price_data][currency]=usd` as maps in maps, as the API reads forms and queries. */
export function parseForm(text: string): ParamMap {
  const root: ParamMap = new Map()
  for (const [name, value] of new URLSearchParams(text)) {
    const path = name.split(/\[|\]\[|\]/).filter((part, index) => part !== '' || index === 0)
    let at = root
    for (const part of path.slice(0, -1)) {
      const next = at.get(part)
      if (next instanceof Map) at = next
      else {
        const made: ParamMap = new Map()
        at.set(part, made)
        at = made
      }
    }
    const last = path.at(-1) ?? ''
    // `types[]=a&types[]=b`: places are given in the order in which they come.
    at.set(name.endsWith('[]') ? String(at.size) : last, value)
  }
  return root
}

export function paramAt(map: ParamMap, path: string): Param | undefined {
  let value: Param | undefined = map
  for (const part of path.split('.')) value = value instanceof Map ? value.get(part) : undefined
  return value
}

export function textAt(map: ParamMap, path: string): string | null {
  const value = paramAt(map, path)
  return typeof value === 'string' && value !== '' ? value : null
}

export function wholeAt(map: ParamMap, path: string): number | null {
  const text = textAt(map, path)
  return text !== null && /^-?\d{1,15}$/.test(text) ? Number(text) : null
}

export function flagAt(map: ParamMap, path: string): boolean {
  return textAt(map, path) === 'true'
}

export function mapAt(map: ParamMap, path: string): ParamMap {
  const value = paramAt(map, path)
  return value instanceof Map ? value : new Map<string, Param>()
}

/** The items of a list parameter, in order. */
export function itemsAt(map: ParamMap, path: string): Param[] {
  return [...mapAt(map, path).values()]
}

export function metadataAt(map: ParamMap, path = 'metadata'): Record<string, string> {
  return Object.fromEntries(
    [...mapAt(map, path)].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  )
}

/** The same text for the same parameters: keys are compared by it. */
export function formText(map: ParamMap): string {
  return JSON.stringify(
    [...map].map(([name, value]) => [name, value instanceof Map ? formText(value) : value]),
  )
}
