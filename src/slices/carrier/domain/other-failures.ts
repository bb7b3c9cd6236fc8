import type { FailureRow, FailureRule } from './failure-class.js'

const webhook = { moment: 'webhook' } as const
const otherChannel = 'This belongs to another channel than texting.'
const exempt = { feeExempt: true } as const

/** Codes that are neither a refused create nor a delivery report of ours, but turn up in the carrier's log. */
export const otherFailures: readonly FailureRow[] = [
  [11200, 'T', 'The carrier could not reach our address for reports.', webhook],
  [12200, 'T', 'The carrier could not read our answer.', webhook],
  [12300, 'T', 'The carrier could not read our answer.', webhook],
  [
    12400,
    'R',
    'The carrier had an internal error after it took the text.',
    {
      ...exempt,
      moment: 'delivery',
      retryLimit: { triesMax: 1, delayMsMin: 60_000 },
    },
  ],
  [14107, 'R', 'Too many texts went between this pair of numbers.', { moment: 'both' }],
  ...[63010, 63012, 63013, 63018, 63021, 63024, 63032].map((code): FailureRow => [
    code,
    'W',
    otherChannel,
    { ...exempt, moment: 'delivery' },
  ]),
  [63016, 'W', otherChannel, { moment: 'delivery' }],
  [
    90010,
    'R',
    'The carrier had an internal error after it took the text.',
    {
      ...exempt,
      moment: 'delivery',
      retryLimit: { triesMax: 1, delayMsMin: 60_000 },
    },
  ],
]

export interface FailureRange {
  from: number
  to: number
  class: FailureRule['class']
  moment: FailureRule['moment']
  words: string
}

/** Whole ranges that mean the same; a single row wins over a range. */
export const failureRanges: readonly FailureRange[] = [
  { from: 11750, to: 11799, class: 'T', moment: 'webhook', words: 'The carrier could not read our answer.' },
  { from: 12100, to: 12199, class: 'T', moment: 'webhook', words: 'The carrier could not read our answer.' },
  {
    from: 30440,
    to: 30449,
    class: 'C',
    moment: 'registration',
    words: 'The sender registration was rejected.',
  },
  {
    from: 30501,
    to: 30599,
    class: 'C',
    moment: 'registration',
    words: 'The sender registration was rejected.',
  },
  {
    from: 30870,
    to: 30879,
    class: 'C',
    moment: 'registration',
    words: 'The sender registration was rejected.',
  },
  {
    from: 30900,
    to: 30999,
    class: 'C',
    moment: 'registration',
    words: 'The sender registration was rejected.',
  },
  { from: 63000, to: 63999, class: 'W', moment: 'delivery', words: otherChannel },
]
