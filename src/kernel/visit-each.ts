/**
 * Visits each, also when one of them fails: one that something is wrong with must not hold up all others at every
 * sweep. The first failure is thrown at the end, so that it is seen.
 */
export async function visitEach<Ref>(
  refs: readonly Ref[],
  visit: (ref: Ref) => Promise<void>,
): Promise<void> {
  const failures: unknown[] = []
  for (const ref of refs) {
    try {
      await visit(ref)
    } catch (error) {
      failures.push(error)
    }
  }
  if (failures.length > 0) throw failures[0]
}
