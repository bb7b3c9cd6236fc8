import { afterEach, expect, test } from '@jest/globals'
import net from 'node:net'
import { startEventListener, type EventListener } from '../../src/platform/realtime/event-listener.js'
import { eventually } from '../support/eventually.js'

// A standby takes connections and refuses LISTEN until it is promoted.

let server: Standby
let listener: EventListener | undefined
afterEach(async () => {
  await listener?.stop()
  await server.close()
})

test('while LISTEN is refused no connection is left behind, and none of them disturbs the one that listens', async () => {
  server = await aStandby()
  server.promoted = true
  const errors: string[] = []
  listener = await startEventListener({
    databaseUrl: `postgres://nobody@127.0.0.1:${String(server.port)}/none`,
    onError: (error) => errors.push(String(error)),
  })

  server.promoted = false
  server.endAll()
  const refusals = () => errors.filter((error) => error.includes('during recovery')).length
  await eventually(() => refusals() >= 2, { what: 'the second refusal' })
  server.promoted = true
  await eventually(() => server.listening() === 1, { what: 'a connection that listens' })

  await eventually(() => server.open() === 1, {
    timeoutMs: 5_000,
    what: 'the end of the refused connections',
  })
  const woken = new Promise((resolve) => listener?.subscribe(resolve))
  server.notify('account-1')
  expect(await woken).toBe('account-1')
}, 60_000)

interface Standby {
  port: number
  promoted: boolean
  open(): number
  listening(): number
  endAll(): void
  notify(payload: string): void
  close(): Promise<void>
}

/** As much of Postgres's protocol as a listener speaks. */
async function aStandby(): Promise<Standby> {
  const sockets = new Map<net.Socket, { greeted: boolean; listens: boolean }>()
  const ready = message('Z', Buffer.from('I'))
  const refusal = message('E', Buffer.from('SERROR\0C0A000\0Mcannot execute LISTEN during recovery\0\0'))
  const tcp = net.createServer((socket) => {
    const state = { greeted: false, listens: false }
    sockets.set(socket, state)
    socket.on('error', () => undefined)
    socket.on('close', () => sockets.delete(socket))
    socket.on('data', (chunk) => {
      if (!state.greeted) {
        state.greeted = true
        socket.write(Buffer.concat([message('R', Buffer.alloc(4)), ready]))
      } else if (chunk[0] === 'Q'.charCodeAt(0)) {
        state.listens = standby.promoted
        const answer = state.listens ? message('C', Buffer.from('LISTEN\0')) : refusal
        socket.write(Buffer.concat([answer, ready]))
      }
    })
  })
  await new Promise<void>((listens) => tcp.listen(0, '127.0.0.1', listens))
  const endAll = (): void => {
    for (const socket of sockets.keys()) socket.destroy()
  }
  const listeners = () => [...sockets].filter(([, { listens }]) => listens)
  const standby: Standby = {
    port: (tcp.address() as net.AddressInfo).port,
    promoted: false,
    open: () => sockets.size,
    listening: () => listeners().length,
    endAll,
    notify: (payload) => {
      const body = Buffer.concat([Buffer.alloc(4), Buffer.from(`events\0${payload}\0`)])
      for (const [socket] of listeners()) socket.write(message('A', body))
    },
    close: () => {
      endAll()
      return new Promise((closed) => {
        tcp.close(() => {
          closed()
        })
      })
    },
  }
  return standby
}

function message(kind: string, body: Buffer): Buffer {
  const length = Buffer.alloc(4)
  length.writeInt32BE(body.length + 4)
  return Buffer.concat([Buffer.from(kind), length, body])
}
