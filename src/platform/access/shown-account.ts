import type { Viewer } from './viewer.js'

/** In which account the console's page believes to be; `none` for an administrator who works in none. */
export const ACCOUNT_HEADER = 'x-tollgate-account'

export const ACCOUNT_CHANGED_MESSAGE =
  'This session works in another account now: it was changed in another tab. Reload the page.'

/**
 * Whether a page shows the account that its session works in. All tabs of a browser share one session, so that a switch in one
 * of them leaves the others behind. Whoever does not say what is shown, is not asked.
 */
export function showsOwnAccount(viewer: Viewer, shown: unknown): boolean {
  return shown === undefined || shown === (viewer.accountId ?? 'none')
}
