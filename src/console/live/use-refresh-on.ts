import { useEffect, useEffectEvent } from 'react'
import { useThrottled } from './use-throttled.js'

/** Reads something again when a pushed value has changed: at most once in this time, however fast it changes. */
export function useRefreshOn(value: unknown, intervalMs: number, read: () => void): void {
  const shown = useThrottled(value, intervalMs)
  const readAgain = useEffectEvent(read)
  useEffect(() => {
    if (shown !== undefined && shown !== null) readAgain()
  }, [shown])
}
