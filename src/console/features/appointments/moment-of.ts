import { DateTime } from 'luxon'

/**
 * The moment of a date and a time of day on the clock of a zone; null while either is missing. A time that a clock change
 * leaves out moves on; of one that comes twice the first is meant, as the server has it.
 */
export function momentOf(date: string, time: string, zone: string | null): Date | null {
  if (date === '' || time === '' || zone === null) return null
  const local = DateTime.fromISO(`${date}T${time}`, { zone })
  if (!local.isValid) return null
  const [first = local] = local.getPossibleOffsets().sort((one, two) => one.toMillis() - two.toMillis())
  return first.toJSDate()
}
