const STEP_MINUTES = 30

/** Every half hour from one time of day to another, both included: `08:00`, `08:30`, … */
export function timesOfDay(first: string, last: string): string[] {
  const times: string[] = []
  for (let minute = minuteOf(first); minute <= minuteOf(last); minute += STEP_MINUTES)
    times.push(textOf(minute))
  return times
}

function minuteOf(time: string): number {
  const [hours = '0', minutes = '0'] = time.split(':')
  return Number(hours) * 60 + Number(minutes)
}

function textOf(minute: number): string {
  const two = (part: number): string => String(part).padStart(2, '0')
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`
}
