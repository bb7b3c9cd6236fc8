/** How often each code occurs. */
export function tally(codes: readonly string[]): Record<string, number> {
  const counts = new Map<string, number>()
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1)
  return Object.fromEntries(counts)
}
