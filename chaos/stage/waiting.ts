export function pause(delayMs: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, delayMs)
  })
}

/** Asks until the answer is yes. False when the time is over. */
export async function until(
  isSo: () => Promise<boolean>,
  options: { timeoutMs: number; intervalMs: number },
): Promise<boolean> {
  const deadline = performance.now() + options.timeoutMs
  while (performance.now() < deadline) {
    if (await isSo()) return true
    await pause(options.intervalMs)
  }
  return false
}

/** Tries again what fails because a process or the database is away, as everybody must who watches a storm. */
export async function patiently<Value>(attempt: () => Promise<Value>, triesMax = 60): Promise<Value> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await attempt()
    } catch (error) {
      if (tries >= triesMax) throw error
      await pause(500)
    }
  }
}
