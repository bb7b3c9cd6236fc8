import type { QuoteFragment } from '../../../generated/graphql.js'
import { count, quantity } from '../../../shared/format.js'

/** Who can be texted at the moment of the quote and until when the others wait, in one sentence; `say` tells a moment. */
export function hoursWords(
  { hours, createdAt }: Pick<QuoteFragment, 'hours' | 'createdAt'>,
  say: (at: string) => string,
): string | null {
  if (hours === null) return null
  const { textableNow, waiting, neverOpen, firstOpensAt, lastOpensAt } = hours
  const at = say(createdAt)
  if (waiting === 0 && neverOpen === 0) return `By their own clocks all of them can be texted now (${at}).`
  const who = textableNow === 0 ? 'Nobody' : quantity(textableNow, 'person', 'people')
  const parts = [`${who} can be texted now (${at})`]
  if (firstOpensAt !== null && lastOpensAt !== null) {
    const wait = waiting === 1 ? 'waits for the hours of its place' : 'wait for the hours of their places'
    const until =
      firstOpensAt === lastOpensAt
        ? ` until ${say(lastOpensAt)}`
        : `, the first until ${say(firstOpensAt)}, the last until ${say(lastOpensAt)}`
    parts.push(`${count(waiting)} ${wait}${until}`)
  }
  if (neverOpen > 0) parts.push(`for ${count(neverOpen)} no hour is open in all the places they may be in`)
  return `${parts.join('; ')}.`
}
