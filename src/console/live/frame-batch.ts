/** A page in the background gets no frames; its events wait no longer than this. */
const HIDDEN_WAIT_MS = 500

export interface FrameBatch<T> {
  add: (item: T) => void
  stop: () => void
}

/** Hands on at most once per frame what has come together since: thousands of events a second are sixty updates at most. */
export function createFrameBatch<T>(handle: (items: readonly T[]) => void): FrameBatch<T> {
  let waiting: T[] = []
  let frame = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  const cancel = (): void => {
    cancelAnimationFrame(frame)
    clearTimeout(timer)
  }
  const flush = (): void => {
    cancel()
    const items = waiting
    waiting = []
    handle(items)
  }
  return {
    add: (item) => {
      waiting.push(item)
      if (waiting.length > 1) return
      frame = requestAnimationFrame(flush)
      timer = setTimeout(flush, HIDDEN_WAIT_MS)
    },
    stop: cancel,
  }
}
