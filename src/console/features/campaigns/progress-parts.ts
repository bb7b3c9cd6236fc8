import type { ProgressFragment } from '../../generated/graphql.js'
import type { BarPart } from '../../shared/split-bar.js'

/**
 * Everybody in the audience in exactly one part, in the order of the way: what is done, what is on its way, what waits,
 * what will not be. The parts add up to the audience at every moment.
 */
export function progressParts(progress: ProgressFragment): BarPart[] {
  const { accepted, delivered, undelivered } = progress
  return [
    { name: 'Delivered', value: delivered, colour: 'teal-7', hint: 'The carrier reports it.' },
    {
      name: 'Sent',
      value: accepted - delivered - undelivered,
      colour: 'teal-4',
      hint: 'The carrier has it; no report yet.',
    },
    {
      name: 'Not delivered',
      value: undelivered,
      colour: 'red-4',
      hint: 'Sent, and refunded as the price book says.',
    },
    {
      name: 'Unproven',
      value: progress.unproven,
      colour: 'orange-4',
      hint: 'Closed without proof; never sent again.',
    },
    { name: 'Unknown', value: progress.unknown, colour: 'orange-6', hint: 'Being looked up at the carrier.' },
    { name: 'In flight', value: progress.inFlight, colour: 'blue-5', hint: 'Being handed to the carrier.' },
    { name: 'Waiting', value: progress.pending, colour: 'gray-4', hint: 'Its turn comes.' },
    {
      name: 'Failed',
      value: progress.failed,
      colour: 'red-7',
      hint: 'Refused by the carrier; costs nothing.',
    },
    {
      name: 'Stopped at the gate',
      value: progress.suppressed,
      colour: 'grape-6',
      hint: 'No consent when its turn came.',
    },
    { name: 'Too late', value: progress.expired, colour: 'yellow-6', hint: 'Of no use any more; not sent.' },
    { name: 'Cancelled', value: progress.cancelled, colour: 'gray-8', hint: 'Not sent; costs nothing.' },
    { name: 'Skipped', value: progress.skipped, colour: 'gray-6', hint: 'Left out at the start.' },
  ]
}

/** People for whom it is over, one way or another. */
export function doneOf(progress: ProgressFragment): number {
  return progress.audienceSize - progress.pending - progress.inFlight - progress.unknown
}

export function sumOf(parts: readonly BarPart[]): number {
  return parts.reduce((sum, { value }) => sum + value, 0)
}
