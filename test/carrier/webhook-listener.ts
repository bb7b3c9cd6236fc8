import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { parse } from 'node:querystring'

export interface ReceivedForm {
  url: string
  form: Record<string, string>
  signature: string
}

export interface WebhookListener {
  url: string
  received: ReceivedForm[]
  stop(): Promise<void>
}

/** Takes the forms that the carrier posts. */
export async function startWebhookListener(): Promise<WebhookListener> {
  const received: ReceivedForm[] = []
  const server = createServer((request, response) => {
    let text = ''
    request.setEncoding('utf8')
    request.on('data', (chunk: string) => (text += chunk))
    request.on('end', () => {
      const form = { ...parse(text) } as Record<string, string>
      received.push({
        url: request.url ?? '',
        form,
        signature: String(request.headers['x-twilio-signature']),
      })
      response.writeHead(204).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    stop: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
