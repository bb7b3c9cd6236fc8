import { inSpan, type SpanFields } from '../platform/observability/spans.js'
import type { Carrier } from '../slices/carrier/index.js'

/** The same carrier, with a span for each call over the network that says how it ended. */
export function traceCarrier(carrier: Carrier): Carrier {
  return {
    ...carrier,
    send: (input) => traced('send', { attemptId: input.attemptId }, () => carrier.send(input)),
    fetchStatus: (sid) => traced('fetchStatus', {}, () => carrier.fetchStatus(sid)),
    listTo: (query) => traced('listTo', {}, () => carrier.listTo(query)),
    listSent: (query) => traced('listSent', {}, () => carrier.listSent(query)),
  }
}

function traced<Outcome extends { kind: string }>(
  call: string,
  fields: SpanFields,
  work: () => Promise<Outcome>,
): Promise<Outcome> {
  return inSpan(`carrier.${call}`, fields, async (note) => {
    const outcome = await work()
    note({ outcome: outcome.kind })
    return outcome
  })
}
