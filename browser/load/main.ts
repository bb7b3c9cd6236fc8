import { parseArgs } from 'node:util'
import { chromium } from 'playwright-core'
import { complain, say } from '../../src/local/print.js'
import { openLoadStage } from './installation.js'
import { measure } from './measure.js'
import { report } from './report.js'

const { values } = parseArgs({
  options: { messages: { type: 'string', default: '200000' }, keep: { type: 'string' } },
})
const messages = Number(values.messages)

const stage = await openLoadStage(messages, values.keep ?? null)
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void stage.close().then(() => process.exit(1)))
}
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'],
})
try {
  const faults = report(await measure(browser, stage), messages)
  for (const fault of faults) complain(`Not responsive: ${fault}`)
  if (faults.length === 0) say('\nResponsive: no task took longer than 200 ms.')
  process.exitCode = faults.length === 0 ? 0 : 1
} finally {
  await browser.close()
  await stage.close()
}
