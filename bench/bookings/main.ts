import 'reflect-metadata'
import { runTool } from '../support/run-tool.js'
import { runBookings, type BookingsResult } from './run-bookings.js'

runTool<BookingsResult>({
  options: { pairs: '6', seconds: '4' },
  words: {
    ratio: 'bookings per second, carrier away / there (median)',
    pairs: 'the same of each pair of rounds',
    upPerSecond: 'bookings per second while it is there (median)',
    downPerSecond: 'bookings per second while it is away (median)',
    upP95Ms: 'milliseconds of a booking while it is there (p95)',
    downP95Ms: 'milliseconds of a booking while it is away (p95)',
    booked: 'bookings',
    expected: 'texts that still made sense',
    arrivedOnce: 'of them arrived, once',
    missing: 'missing',
    stale: 'said what was no longer so',
    tooLate: 'came when it had begun',
    duplicates: 'came twice',
    ledgerOff: 'credits off the carrier’s segments',
    auditBreaches: 'audit breaches',
    pass: 'as promised',
  },
  run: ({ pairs = NaN, seconds = NaN }, say) => runBookings({ pairs, seconds, say }),
})
