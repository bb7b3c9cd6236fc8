import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

export interface RepeatingLine {
  readonly port: number
  close(): Promise<void>
}

/** Of so many texts one is asked for twice. */
const EVERY = 5

/**
 * A line to the carrier that is broken on purpose: now and then it asks for the same text once more, as HTTP clients do
 * that repeat a POST by themselves, and keeps both answers but the first to itself. The copy has no callback, so that
 * neither program nor audit can hear of it: only the carrier's own record has it.
 */
export async function startRepeatingLine(carrierPort: number): Promise<RepeatingLine> {
  let texts = 0
  const server = createServer((request, response) => {
    const isText = request.method === 'POST' && request.url?.endsWith('/Messages.json') === true
    if (isText) texts += 1
    void pass(carrierPort, request, response, isText && texts % EVERY === 0)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}

async function pass(
  port: number,
  request: IncomingMessage,
  response: ServerResponse,
  isRepeated: boolean,
): Promise<void> {
  try {
    const sent = await buffer(request)
    const headers: Record<string, string> = {}
    for (const name of ['authorization', 'content-type'])
      if (typeof request.headers[name] === 'string') headers[name] = request.headers[name]
    const ask = (body: string): Promise<Response> =>
      fetch(`http://127.0.0.1:${String(port)}${request.url ?? '/'}`, {
        method: request.method ?? 'GET',
        headers,
        redirect: 'manual',
        ...(body === '' ? {} : { body }),
      })
    const answer = await ask(sent.toString())
    if (isRepeated) await ask(withoutCallback(sent.toString()))
    const text = await answer.text()
    response.writeHead(answer.status, {
      'content-type': answer.headers.get('content-type') ?? 'application/json',
    })
    response.end(text)
  } catch {
    // What the carrier dropped is dropped here as well.
    response.destroy()
  }
}

function withoutCallback(form: string): string {
  const fields = new URLSearchParams(form)
  fields.delete('StatusCallback')
  return fields.toString()
}
