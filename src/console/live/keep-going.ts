import { backOffMs } from './back-off.js'
import { addTrouble } from './connection-state.js'
import { isLasting } from './is-lasting.js'

/** The server looks for news at least every two seconds: a stream that has lasted this long works. */
const STEADY_MS = 5_000

export interface Run {
  /** Something has come. */
  alive: () => void
  /** It is over, without having been left. */
  failed: (error: unknown) => void
}

/**
 * Keeps a stream going until it is left: one that has ended begins again, later each time, unless the server means it.
 * Meanwhile nobody is told that what they see is the present.
 */
export function keepGoing(begin: (run: Run) => () => void): () => void {
  let leave = (): void => undefined
  let endTrouble = (): void => undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let failures = 0
  let run = 0

  const alive = (): void => {
    endTrouble()
    endTrouble = () => undefined
  }
  const start = (): void => {
    run += 1
    const own = run
    timer = setTimeout(() => {
      failures = 0
      alive()
    }, STEADY_MS)
    leave = begin({
      alive,
      failed: (error) => {
        if (own === run) again(error)
      },
    })
  }
  const again = (error: unknown): void => {
    stop()
    const isOver = isLasting(error)
    endTrouble = addTrouble(isOver ? 'refused' : 'reconnecting')
    if (isOver) return
    timer = setTimeout(start, backOffMs(failures))
    failures += 1
  }
  /** What a run says after its end is not heard. */
  const stop = (): void => {
    run += 1
    clearTimeout(timer)
    leave()
    alive()
  }
  start()
  return stop
}
