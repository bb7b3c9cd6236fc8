// A process of its own that sends what is due and may be told where to die.
import 'reflect-metadata'
import { createDataSource } from '../../../src/platform/db/data-source.js'
import { armCrashPoint } from '../../../src/platform/faults/crash-point.js'
import { createSmtpMailer, sendDueEmails } from '../../../src/slices/emails/index.js'
import { fixedClock } from '../fixed-clock.js'

const [databaseUrl = '', url = '', from = '', crashAt = '', now = ''] = process.argv.slice(2)
const dataSource = createDataSource({ url: databaseUrl, poolSize: 2, applicationName: 'email-process' })
await dataSource.initialize()
armCrashPoint(crashAt)
await sendDueEmails({
  db: { dataSource },
  clock: fixedClock(now),
  mailer: createSmtpMailer({ url, from }),
  emailFrom: from,
  brandName: () => Promise.resolve('Acme'),
  stillTrue: () => Promise.resolve(true),
})
await dataSource.destroy()
