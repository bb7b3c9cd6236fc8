import { mapAt, textAt, wholeAt, type ParamMap } from './form.js'

/** A page of a list, newest first, by the parameters that every list of the API takes. */
export function listOf<Item extends { id: string; created?: number }>(
  url: string,
  items: Iterable<Item>,
  params: ParamMap,
  render: (item: Item) => unknown = (item) => item,
): object {
  const created = mapAt(params, 'created')
  const bound = (name: string): number | null => wholeAt(created, name)
  const [from, after, to, before] = [bound('gte'), bound('gt'), bound('lte'), bound('lt')]
  const found = [...items]
    .filter(({ created: at = 0 }) =>
      [
        from === null || at >= from,
        after === null || at > after,
        to === null || at <= to,
        before === null || at < before,
      ].every(Boolean),
    )
    .sort((left, right) => (left.id.slice(-9) < right.id.slice(-9) ? 1 : -1))
  const start = textAt(params, 'starting_after')
  const first = start === null ? 0 : found.findIndex((item) => item.id === start) + 1
  const limit = Math.min(100, wholeAt(params, 'limit') ?? 10)
  const page = found.slice(first, first + limit)
  return {
    object: 'list',
    url,
    has_more: first + page.length < found.length,
    data: page.map((item) => render(item)),
  }
}
