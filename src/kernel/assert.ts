/** A broken assumption is a bug of ours: stop before it becomes a wrong credit or a wrong message. */
export class AssertionFailed extends Error {
  override readonly name = 'AssertionFailed'
}

export function assert(condition: unknown, what: string): asserts condition {
  if (!condition) throw new AssertionFailed(what)
}

/** The compiler proves that this line is never reached; if data proves otherwise, stop. */
export function assertNever(value: never, what: string): never {
  throw new AssertionFailed(`${what}: unexpected ${JSON.stringify(value)}`)
}
