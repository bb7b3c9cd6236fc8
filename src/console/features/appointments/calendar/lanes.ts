/** Something between two points, of any unit. */
export interface Span {
  begin: number
  end: number
}

export interface Placed<Item> {
  item: Item
  /** Which of `lanes` columns it stands in. */
  lane: number
  lanes: number
}

/** Puts what overlaps side by side; each group that hangs together shares the width evenly. */
export function inLanes<Item extends Span>(items: readonly Item[]): Placed<Item>[] {
  const placed: Placed<Item>[] = []
  let group: Placed<Item>[] = []
  let groupEnd = Number.NEGATIVE_INFINITY
  const close = (): void => {
    const lanes = Math.max(0, ...group.map(({ lane }) => lane + 1))
    placed.push(...group.map((one) => ({ ...one, lanes })))
    group = []
  }
  for (const item of [...items].sort((one, two) => one.begin - two.begin || two.end - one.end)) {
    if (item.begin >= groupEnd) close()
    const taken = new Set(group.filter((other) => other.item.end > item.begin).map(({ lane }) => lane))
    let lane = 0
    while (taken.has(lane)) lane += 1
    group.push({ item, lane, lanes: 1 })
    groupEnd = Math.max(groupEnd, item.end)
    if (group.length === 1) groupEnd = item.end
  }
  close()
  return placed
}
