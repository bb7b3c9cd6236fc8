import { newId, type AttemptId } from '../../src/kernel/ids.js'
import { body, carrierOf, inParallel, measure, phone, readJob } from './job.js'

/** The same client, the same texts, the same concurrency, and nothing that is remembered. */
const job = readJob()
const carrier = carrierOf(job)
await carrier.mintCredential()

measure(async () => {
  let accepted = 0
  await inParallel(job.messages, job.concurrency, async (n) => {
    const outcome = await carrier.send({
      attemptId: newId<AttemptId>(),
      to: phone(n),
      body: body(n),
      sender: job.account.from,
      validityPeriodSeconds: 14_400,
      credential: await carrier.mintCredential(),
    })
    if (outcome.kind === 'accepted') accepted += 1
  })
  return accepted
})
