import { inTransaction } from '../../platform/db/transaction.js'
import { runImport, type RunImportDeps } from './run-import.js'
import { deleteForgottenUploads, listDueImports } from './store/import-rows.js'
import { takeBackImport } from './undo-import.js'

const IMPORTS_AT_ONCE = 20
const FORGOTTEN_AFTER_DAYS = 7

export interface DueImportsDeps extends RunImportDeps {
  /** One import that fails must not keep the others waiting. */
  onError: (error: unknown, importId: string) => void
}

/**
 * Goes on with every import that was started or undone and that nobody works on: new ones, and those whose process died.
 * What is due is a question to Postgres, so calling this never, once or in several processes at once gives the same
 * result. Also throws away uploads that nobody started for a week. Answers how many imports it worked on.
 */
export async function runDueImports(deps: DueImportsDeps): Promise<number> {
  const now = deps.clock.now()
  const due = await listDueImports(deps.db, now.toJSDate(), IMPORTS_AT_ONCE)
  for (const { id, accountId, state } of due) {
    if (deps.shouldStop?.() === true) break
    try {
      if (state === 'undoing') await takeBackImport(deps, accountId, id)
      else await runImport(deps, accountId, id)
    } catch (error) {
      deps.onError(error, id)
    }
  }
  const before = now.minus({ days: FORGOTTEN_AFTER_DAYS }).toJSDate()
  await inTransaction(deps.db, { name: 'contacts.forgetUploads' }, (tx) => deleteForgottenUploads(tx, before))
  return due.length
}
