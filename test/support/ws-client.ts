import { WebSocket } from 'ws'
import type { GraphqlError } from './graphql-client.js'

export interface SocketClose {
  code: number
  reason: string
}

export interface SocketResult {
  data?: Record<string, unknown> | null
  errors?: GraphqlError[]
}

export interface TestSubscription {
  /** The next result; rejects when the operation or the socket ends first. */
  next(): Promise<SocketResult>
  /** Resolves when the server has ended the operation, with its errors if it was refused. */
  ended: Promise<GraphqlError[]>
  /** Everything that has arrived so far. */
  received: readonly SocketResult[]
  stop(): void
}

export interface TestSocket {
  /** False when the server closed the socket instead of acknowledging. */
  isAcknowledged: boolean
  /** Starts an operation; for queries and mutations take `next()`. */
  run(query: string, variables?: Record<string, unknown>): TestSubscription
  /** Resolves when the socket is closed, by whomever. */
  closed: Promise<SocketClose>
  close(): void
  raw: WebSocket
}

interface Message {
  type: string
  id?: string
  payload?: unknown
}

/** Speaks graphql-transport-ws by hand, so that tests see the very messages and close codes. */
export async function openSocket(
  url: string,
  token?: string,
  headers: Record<string, string> = {},
): Promise<TestSocket> {
  const raw = new WebSocket(`${url.replace(/^http/, 'ws')}/graphql`, 'graphql-transport-ws', {
    headers,
  })
  const running = new Map<string, Running>()
  const closed = new Promise<SocketClose>((resolve) => {
    raw.once('close', (code, reason) => {
      for (const one of running.values()) one.end([])
      resolve({ code, reason: reason.toString() })
    })
  })
  const acknowledged = new Promise<boolean>((resolve) => {
    raw.on('message', (data: Buffer) => {
      const message = JSON.parse(data.toString()) as Message
      if (message.type === 'connection_ack') resolve(true)
      else deliver(running, message)
    })
    raw.once('close', () => resolve(false))
    raw.on('error', () => resolve(false))
  })
  raw.once('open', () => {
    const payload = token === undefined ? undefined : { authorization: `Bearer ${token}` }
    raw.send(JSON.stringify({ type: 'connection_init', payload }))
  })
  let lastId = 0
  return {
    isAcknowledged: await acknowledged,
    run: (query, variables = {}) => {
      lastId += 1
      const id = String(lastId)
      const one = new Running(() => raw.send(JSON.stringify({ type: 'complete', id })))
      running.set(id, one)
      raw.send(JSON.stringify({ type: 'subscribe', id, payload: { query, variables } }))
      return one
    },
    closed,
    close: () => raw.close(1000),
    raw,
  }
}

function deliver(running: Map<string, Running>, message: Message): void {
  const one = running.get(message.id ?? '')
  if (message.type === 'next') one?.take(message.payload as SocketResult)
  if (message.type === 'error') one?.end(message.payload as GraphqlError[])
  if (message.type === 'complete') one?.end([])
}

/** One operation on a socket. Results wait here until a test asks for them. */
class Running implements TestSubscription {
  readonly received: SocketResult[] = []
  readonly ended: Promise<GraphqlError[]>
  private readonly waiting: { resolve: (result: SocketResult) => void; reject: (error: Error) => void }[] = []
  private given = 0
  private isOver = false
  private finish!: (errors: GraphqlError[]) => void

  constructor(private readonly sendComplete: () => void) {
    this.ended = new Promise((resolve) => {
      this.finish = resolve
    })
  }

  /** The server does not answer a client's `complete`. */
  stop(): void {
    this.sendComplete()
    this.end([])
  }

  take(result: SocketResult): void {
    this.received.push(result)
    const first = this.waiting.shift()
    if (!first) return
    this.given += 1
    first.resolve(result)
  }

  end(errors: GraphqlError[]): void {
    this.isOver = true
    this.finish(errors)
    for (const { reject } of this.waiting.splice(0)) {
      reject(new Error(`the operation ended: ${JSON.stringify(errors)}`))
    }
  }

  next(): Promise<SocketResult> {
    const ready = this.received[this.given]
    if (ready) {
      this.given += 1
      return Promise.resolve(ready)
    }
    if (this.isOver) return Promise.reject(new Error('the operation has ended'))
    return new Promise((resolve, reject) => this.waiting.push({ resolve, reject }))
  }
}
