import { useEffect, useState } from 'react'

/** The only place where the console asks the computer for the time. */
export function now(): Date {
  return new Date()
}

/** The time, again after each interval. */
export function useNow(intervalMs: number): Date {
  const [moment, setMoment] = useState(now)
  useEffect(() => {
    const timer = setInterval(() => {
      setMoment(now())
    }, intervalMs)
    return () => {
      clearInterval(timer)
    }
  }, [intervalMs])
  return moment
}

/** Midnight in the zone of whoever looks. */
export function startOfToday(): Date {
  const today = now()
  today.setHours(0, 0, 0, 0)
  return today
}
