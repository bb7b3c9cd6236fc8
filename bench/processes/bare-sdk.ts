import twilio from 'twilio'
import { newId, type AttemptId } from '../../src/kernel/ids.js'
import { body, inParallel, measure, phone, readJob } from './job.js'

/** The official SDK with its default client, as its documentation shows it. */
const job = readJob()
const client = twilio(job.account.accountSid, job.account.authToken)
client.api.baseUrl = job.carrierUrl

measure(async () => {
  let accepted = 0
  await inParallel(job.messages, job.concurrency, async (n) => {
    await client.messages.create({
      to: phone(n),
      from: job.account.from,
      body: body(n),
      statusCallback: `http://127.0.0.1:9/webhooks/twilio/status/${newId<AttemptId>()}`,
      validityPeriod: 14_400,
    })
    accepted += 1
  })
  return accepted
})
