import { assert } from '../../kernel/assert.js'
import type { AccountId, ImportId } from '../../kernel/ids.js'
import { inTransaction, type Tx } from '../../platform/db/transaction.js'
import { appendEvent } from '../../platform/realtime/event-log.js'
import { deleteFile } from './store/import-files.js'
import { lockImport, moveImport, readImport, takeLease, type ContactImport } from './store/import-rows.js'
import { addUndo, countKept, removeImported, restorePrevious, takeBackConsents } from './store/undo-rows.js'
import type { ContactDeps } from './upload-import-file.js'

export type UndoImportResult =
  { ok: true; import: ContactImport } | { ok: false; reason: 'not-found' | 'not-started' | 'already-undone' }

/**
 * Decides that an import is undone. From then on no further row of it is written, and whoever runs imports takes it back
 * to the end even if this process dies. Refuses an import that never started and one that is undone already; asked again
 * while it is under way, it answers as before.
 */
export async function undoImport(
  deps: ContactDeps,
  accountId: AccountId,
  importId: ImportId,
): Promise<UndoImportResult> {
  const decided = await inTransaction(
    deps.db,
    { name: 'contacts.undoImport', accountId },
    async (tx): Promise<UndoImportResult> => {
      const found = await lockImport(tx, accountId, importId)
      if (found === null) return { ok: false, reason: 'not-found' }
      if (found.state === 'undone') return { ok: false, reason: 'already-undone' }
      if (found.state === 'undoing') return { ok: true, import: found }
      if (found.layout === null || found.state === 'uploading' || found.state === 'uploaded')
        return { ok: false, reason: 'not-started' }
      await moveImport(tx, importId, { from: found.state, to: 'undoing', now: deps.clock.now().toJSDate() })
      await appendEvent(tx, { accountId, topic: 'imports', payload: { importId, state: 'undoing' } })
      return { ok: true, import: { ...found, state: 'undoing' } }
    },
  )
  return decided
}

/**
 * Takes an undone import back, a bounded part at a time: consents it granted are revoked by new events, or become again
 * what people had agreed to before; contacts it changed get their earlier values, contacts it made are removed; whatever
 * somebody changed since stays and is counted as kept. Opt-outs that the file brought stay. Safe to run again after a crash
 * and by two processes at once.
 */
export async function takeBackImport(
  deps: ContactDeps,
  accountId: AccountId,
  importId: ImportId,
): Promise<ContactImport | null> {
  const now = deps.clock.now()
  const lease = now.plus(deps.limits.leaseMs).toJSDate()
  const taken = await inTransaction(deps.db, { name: 'contacts.takeUndo' }, (tx) =>
    takeLease(tx, importId, now.toJSDate(), lease),
  )
  if (!taken) return null
  const steps: readonly Step[] = [
    {
      field: 'consentsRevoked',
      run: async (tx, by, at, limit) => {
        const taken = await takeBackConsents(tx, accountId, importId, { actor: by, now: at, limit })
        // Who had agreed before still does: nothing of theirs ends.
        const revoked = taken.filter((event) => event.action === 'revoke')
        if (revoked.length > 0) await deps.onRevoked?.(tx, accountId, revoked, at)
        return { rows: taken.length, counted: revoked.length }
      },
    },
    {
      field: 'restored',
      run: async (tx, _by, at, limit) => all(await restorePrevious(tx, accountId, importId, at, limit)),
    },
    {
      field: 'removed',
      run: async (tx, _by, at, limit) => all(await removeImported(tx, accountId, importId, at, limit)),
    },
  ]
  for (const step of steps) {
    while ((await takeBack(deps, accountId, importId, step)) === deps.limits.chunkRows);
  }
  await inTransaction(deps.db, { name: 'contacts.finishUndo', accountId }, async (tx) => {
    const at = deps.clock.now().toJSDate()
    const kept = await countKept(tx, accountId, importId)
    await addUndo(tx, importId, { removed: 0, restored: 0, consentsRevoked: 0, kept }, at, at)
    const moved = await moveImport(tx, importId, { from: 'undoing', to: 'undone', now: at })
    if (!moved) return
    await deleteFile(tx, importId)
    await appendEvent(tx, { accountId, topic: 'imports', payload: { importId, state: 'undone' } })
  })
  return readImport(deps.db, accountId, importId)
}

interface Step {
  field: 'removed' | 'restored' | 'consentsRevoked'
  run: (tx: Tx, actor: string, now: Date, limit: number) => Promise<TakenBack>
}

interface TakenBack {
  /** As many as asked for: there may be more. */
  rows: number
  /** Those that the report of the undo counts. */
  counted: number
}

function all(rows: number): TakenBack {
  return { rows, counted: rows }
}

function takeBack(deps: ContactDeps, accountId: AccountId, importId: ImportId, step: Step): Promise<number> {
  const { chunkRows, leaseMs } = deps.limits
  return inTransaction(deps.db, { name: 'contacts.undoChunk', accountId }, async (tx) => {
    const now = deps.clock.now()
    const found = await lockImport(tx, accountId, importId)
    assert(found !== null, 'an import that is undone stays')
    if (found.state !== 'undoing') return 0
    const done = await step.run(tx, found.startedBy, now.toJSDate(), chunkRows)
    const counts = { removed: 0, restored: 0, kept: 0, consentsRevoked: 0, [step.field]: done.counted }
    await addUndo(tx, importId, counts, now.toJSDate(), now.plus(leaseMs).toJSDate())
    return done.rows
  })
}
