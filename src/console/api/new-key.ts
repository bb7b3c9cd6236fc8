/** An idempotency key: the same intention keeps its key, so that a repeated click does nothing twice. */
export function newKey(): string {
  return crypto.randomUUID()
}
