import { transitionRows, type TransitionTable } from '../src/kernel/transitions.js'
import { campaignTransitions } from '../src/slices/campaigns/domain/campaign-state.js'
import { attemptTransitions } from '../src/slices/messages/domain/attempt-state.js'
import { messageTransitions } from '../src/slices/messages/domain/message-state.js'
import type { SeenMove } from './processes/messages.js'

/** Moves that no function of the program makes today, each with the reason why the table has it. */
const unreachable: Readonly<Record<string, string>> = {
  'message pending → failed': 'kept for texts that can never be sent; the gate suppresses or expires them',
}

export interface Coverage {
  rows: number
  seen: number
  missing: string[]
  unreachable: { move: string; why: string }[]
}

/** Which rows of the program's own transition tables a run has seen. */
export function coverageOf(moves: readonly SeenMove[]): Coverage {
  const seen = new Set(moves.map(({ machine, from, to }) => `${machine} ${from} → ${to}`))
  const rows = [
    ...namesOf('message', messageTransitions),
    ...namesOf('attempt', attemptTransitions),
    ...namesOf('campaign', campaignTransitions),
  ]
  const reachable = rows.filter((row) => !(row in unreachable))
  return {
    rows: reachable.length,
    seen: reachable.filter((row) => seen.has(row)).length,
    missing: reachable.filter((row) => !seen.has(row)),
    // One that was seen after all no longer belongs among them.
    unreachable: Object.entries(unreachable).map(([move, why]) => ({
      move,
      why: seen.has(move) ? `SEEN: ${why}` : why,
    })),
  }
}

function namesOf<State extends string>(machine: string, table: TransitionTable<State>): string[] {
  return transitionRows(table).map(({ from, to }) => `${machine} ${from} → ${to}`)
}
