import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'

export interface ScriptedServer {
  url: string
  /** Bodies of the requests that arrived, in order. */
  requests: { method: string; url: string; body: string; headers: IncomingMessage['headers'] }[]
  stop(): Promise<void>
}

/** A server that answers what a test says, for answers that the local carrier would never give. */
export async function startScriptedServer(
  answer: (response: ServerResponse, index: number) => void,
): Promise<ScriptedServer> {
  const requests: ScriptedServer['requests'] = []
  const sockets = new Set<Socket>()
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { method = '', url = '', headers } = request
      requests.push({ method, url, headers, body: Buffer.concat(chunks).toString('utf8') })
      answer(response, requests.length - 1)
    })
  })
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    stop: () => {
      for (const socket of sockets) socket.destroy()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
