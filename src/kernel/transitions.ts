/** A state machine as data: from each state, the states it may move to. */
export type TransitionTable<State extends string> = Readonly<Record<State, readonly State[]>>

export function mayMove<State extends string>(
  table: TransitionTable<State>,
  from: State,
  to: State,
): boolean {
  return table[from].includes(to)
}

/** The table as (from, to) rows, the shape in which the database holds it. */
export function transitionRows<State extends string>(
  table: TransitionTable<State>,
): { from: State; to: State }[] {
  return (Object.keys(table) as State[]).flatMap((from) => table[from].map((to) => ({ from, to })))
}
