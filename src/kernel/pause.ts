/** Resolves after so many milliseconds, by the global timer: the one that virtual time replaces. */
export function pause(delayMs: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, delayMs)
  })
}
