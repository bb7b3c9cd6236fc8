/** Waits for a step of shutting down, but not for ever, and whatever its end: the next step must come. */
export async function within(ms: number, step: Promise<unknown> | null | undefined): Promise<boolean> {
  if (!step) return true
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), ms)
  })
  const ended = step.then(
    () => true,
    () => true,
  )
  try {
    return await Promise.race([ended, late])
  } finally {
    clearTimeout(timer)
  }
}
