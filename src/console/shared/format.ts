const whole = new Intl.NumberFormat('en')
const oneDigit = new Intl.NumberFormat('en', { maximumFractionDigits: 1 })

export function count(value: number): string {
  return whole.format(value)
}

export function signed(value: number): string {
  return value > 0 ? `+${whole.format(value)}` : whole.format(value)
}

/** "1 credit", "12 credits". */
export function quantity(value: number, singular: string, plural = `${singular}s`): string {
  return `${whole.format(value)} ${value === 1 ? singular : plural}`
}

const COUNTED_MAX = 10_000

/** For counts that the API ends at 10,001: "10,000+". */
export function counted(value: number): string {
  return value > COUNTED_MAX ? `${whole.format(COUNTED_MAX)}+` : whole.format(value)
}

/** "1 contact", "10,000+ contacts". */
export function countedQuantity(value: number, singular: string, plural = `${singular}s`): string {
  return `${counted(value)} ${value === 1 ? singular : plural}`
}

export function rate(perSecond: number): string {
  return `${oneDigit.format(perSecond)}/s`
}

export function money(minor: number, currency: string): string {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency: currency.toUpperCase() })
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2
  return format.format(minor / 10 ** digits)
}

export function share(part: number, total: number): string {
  return total === 0 ? '0 %' : `${oneDigit.format((part / total) * 100)} %`
}

/** "40 s", "12 min", "3 h 20 min": as exact as a person needs it. */
export function duration(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 90) return `${minutes} min`
  const rest = minutes % 60
  return `${Math.floor(minutes / 60)} h${rest === 0 ? '' : ` ${rest} min`}`
}

export function bytes(size: number): string {
  return size < 1_000_000 ? `${oneDigit.format(size / 1_000)} kB` : `${oneDigit.format(size / 1_000_000)} MB`
}

/** `CREDITS_EXHAUSTED`, `breaker_open` and `subscriptionState` as people write them. */
export function words(code: string): string {
  const text = code
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replaceAll(/[_-]+/g, ' ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}
