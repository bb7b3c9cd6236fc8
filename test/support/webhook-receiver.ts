import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'

export interface ReceivedWebhook {
  path: string
  headers: Record<string, string>
  body: string
}

export interface WebhookReceiver {
  url: string
  received: ReceivedWebhook[]
  connections: number
  /** Answers a call that has come in whole. */
  answer: (call: ReceivedWebhook, response: ServerResponse) => void
  stop(): Promise<void>
}

export const takeIt: WebhookReceiver['answer'] = (_call, response) => {
  response.statusCode = 204
  response.end()
}

/** A server of a customer on this machine, over plain HTTP. */
export async function startWebhookReceiver(): Promise<WebhookReceiver> {
  const sockets = new Set<Socket>()
  const receiver: WebhookReceiver = {
    url: '',
    received: [],
    connections: 0,
    answer: takeIt,
    stop: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
  const server: Server = createServer((request, response) => {
    void readCall(request).then((call) => {
      receiver.received.push(call)
      receiver.answer(call, response)
    })
  })
  server.on('connection', (socket) => {
    receiver.connections += 1
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  receiver.url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`
  return receiver
}

async function readCall(request: IncomingMessage): Promise<ReceivedWebhook> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
  )
  return { path: request.url ?? '', headers, body: Buffer.concat(chunks).toString('utf8') }
}
