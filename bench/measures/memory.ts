import type { BenchOptions, Result } from '../support/result.js'
import type { Stage } from '../support/stage.js'
import { round } from '../support/statistics.js'
import { CONCURRENCY, runDurable } from './send-rate.js'

/** P10: resident memory of the sender at its peak, a million recipients against ten thousand. */
export async function measureMemory(stage: Stage, options: BenchOptions): Promise<Result[]> {
  const many = Math.round(1_000_000 * options.scale)
  const few = await runDurable(stage, { messages: 10_000, concurrency: CONCURRENCY })
  options.say(`P10: ${few.memoryPeakMb.toFixed(0)} MB at 10,000 recipients; now ${many.toLocaleString('en')}`)
  const large = await runDurable(stage, { messages: many, concurrency: CONCURRENCY })
  const ratio = large.memoryPeakMb / few.memoryPeakMb
  return [
    {
      id: 'P10',
      what: `resident memory of the sender, ${many.toLocaleString('en')} ÷ 10,000 recipients`,
      ratio: round(ratio),
      goal: '≤ 1.2',
      pass: ratio <= 1.2,
      details: {
        largeMb: round(large.memoryPeakMb, 0),
        smallMb: round(few.memoryPeakMb, 0),
        largePerSecond: round(large.messages / large.seconds, 0),
        smallPerSecond: round(few.messages / few.seconds, 0),
      },
    },
  ]
}
