import 'reflect-metadata'
import { runTool } from '../support/run-tool.js'
import { runOutage, type OutageResult } from './run-outage.js'

runTool<OutageResult>({
  options: { messages: '10000', seconds: '300', 'per-second': '100', workers: '2' },
  words: {
    waiting: 'messages waiting when the carrier went away',
    outageSeconds: 'seconds that it was away',
    callsDuringOutage: 'calls that tried it meanwhile',
    pauses: 'times the campaign paused for it',
    returnSeconds: 'seconds from its return to the first text',
    peakPerSecond: 'most segments in any second after the return',
    limitPerSecond: 'limit of the sender in segments per second',
    drainSeconds: 'seconds until all that waited was settled',
    lost: 'lost',
    duplicates: 'duplicates',
    auditBreaches: 'audit breaches',
    pass: 'as promised',
  },
  run: ({ messages = NaN, seconds = NaN, 'per-second': limitPerSecond = NaN, workers = NaN }, say) =>
    runOutage({ messages, outageSeconds: seconds, limitPerSecond, workers, say }),
})
