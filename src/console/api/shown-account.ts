/** By this the server knows a page that another tab has left behind, and lets it act on no account that it does not show. */
export const ACCOUNT_HEADER = 'x-tollgate-account'

let shown: string | undefined

/** Null for an administrator who works in no account. */
export function showAccount(accountId: string | null): void {
  shown = accountId ?? 'none'
}

/** Undefined until it is known whose page this is. */
export function shownAccount(): string | undefined {
  return shown
}
