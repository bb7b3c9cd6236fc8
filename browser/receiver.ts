import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

export interface ReceivedCall {
  headers: Record<string, string>
  body: string
}

export interface Receiver {
  readonly url: string
  readonly calls: readonly ReceivedCall[]
  /** What calls are answered with from now on. */
  answerWith(status: number, words: string): void
  stop(): Promise<void>
}

/** Somebody's own server, as webhooks find it: keeps what comes in, and answers as it is told. */
export async function startReceiver(): Promise<Receiver> {
  const calls: ReceivedCall[] = []
  let answer = { status: 200, words: 'taken' }
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const headers = Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
      )
      calls.push({ headers, body })
      response.writeHead(answer.status, { 'content-type': 'text/plain' }).end(answer.words)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${String(port)}/hooks/tollgate`,
    calls,
    answerWith: (status, words) => {
      answer = { status, words }
    },
    stop: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
