import { z } from 'zod'
import { silentLogger } from '../../src/platform/observability/logger.js'
import { createScheduler } from '../../src/platform/scheduling/index.js'

// A worker as a process of its own, for what only a whole process can show. It writes what happens to its output, and
// does not call process.exit: whatever keeps it alive after the drain is a fault of the scheduler.

const [databaseUrl = '', mode = ''] = process.argv.slice(2)
const say = (word: string): void => {
  process.stdout.write(`${word}\n`)
}
const scheduler = createScheduler({
  databaseUrl,
  mongodbUrl: null,
  log: silentLogger,
  settings: { leaseMs: 2_000, pollEveryMs: 100, reconnectMs: 50, reconnectMsMax: 500 },
})
scheduler.define({ name: 'look', everyMs: 200, payloadSchema: z.object({}), run: async () => say('look') })
scheduler.define({
  name: 'task',
  payloadSchema: z.object({}),
  run: async () => {
    say('task')
    if (mode === 'hang') await new Promise(() => undefined)
  },
})
scheduler.start()
process.once('SIGTERM', () => {
  void scheduler.drain(2_000).then((result) => say(`drained ${JSON.stringify(result)}`))
})
