import { assert } from '../../kernel/assert.js'
import { inTransaction } from '../../platform/db/transaction.js'
import type { RecordDeps } from './record-breaches.js'
import { findBreach, insertEnds, type Breach } from './store/breach-rows.js'

export type AcknowledgeResult =
  | { ok: true; breach: Breach }
  | { ok: false; reason: 'not-found' | 'reason-missing' | 'already-acknowledged' }

/**
 * An administrator answers for one breach, with a reason that is kept: it stops nobody any more. It does not let the
 * account send again by itself (`resumeAccount` does), and another breach, even of the same invariant, stops it anew.
 */
export async function acknowledgeBreach(
  deps: RecordDeps,
  input: { id: string; actor: string; reason: string },
): Promise<AcknowledgeResult> {
  const reason = input.reason.trim()
  if (reason === '') return { ok: false, reason: 'reason-missing' }
  return inTransaction<AcknowledgeResult>(deps.db, { name: 'audit.acknowledge' }, async (tx) => {
    const breach = await findBreach(tx, input.id)
    if (breach === null) return { ok: false, reason: 'not-found' }
    if (breach.acknowledgedAt !== null) return { ok: false, reason: 'already-acknowledged' }
    const now = deps.clock.now().toJSDate()
    await insertEnds(tx, { ids: [breach.id], kind: 'acknowledged', actor: input.actor, reason, now })
    const after = await findBreach(tx, breach.id)
    assert(after !== null, 'a breach is never removed')
    return { ok: true, breach: after }
  })
}
