import { afterEach, beforeEach, expect, test } from '@jest/globals'
import net from 'node:net'
import { startProxy, type Proxy } from '../../chaos/stage/proxy.js'
import { eventually } from '../support/eventually.js'

/** Answers each line with the same line, and remembers what it heard. */
let server: net.Server
let heard: string
let served: net.Socket[]
let proxy: Proxy

beforeEach(async () => {
  heard = ''
  served = []
  server = net.createServer((socket) => {
    served.push(socket)
    socket.on('error', () => undefined)
    socket.on('data', (chunk: Buffer) => {
      heard += chunk.toString()
      socket.write(chunk)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as net.AddressInfo
  proxy = await startProxy(() => port)
})

afterEach(async () => {
  await proxy.close()
  for (const socket of served) socket.destroy()
  await new Promise((resolve) => server.close(resolve))
})

interface Caller {
  said: string
  isClosed: boolean
  say(text: string): void
}

function call(): Caller {
  const socket = net.connect(proxy.port, '127.0.0.1')
  const caller: Caller = { said: '', isClosed: false, say: (text) => socket.write(text) }
  socket.on('data', (chunk: Buffer) => (caller.said += chunk.toString()))
  socket.on('error', () => undefined)
  socket.on('close', () => (caller.isClosed = true))
  return caller
}

const hears = (caller: Caller, text: string): Promise<unknown> =>
  eventually(async () => caller.said === text, { what: `hearing ${text}` })
const isClosed = (caller: Caller): Promise<unknown> =>
  eventually(async () => caller.isClosed, { what: 'the end of the connection' })

async function connected(): Promise<Caller> {
  const caller = call()
  caller.say('one ')
  await hears(caller, 'one ')
  return caller
}

test('what is stalled arrives after the cut, in order and complete', async () => {
  const caller = await connected()
  proxy.cut('stalled')
  caller.say('two ')
  const another = call()
  another.say('three ')
  await eventually(async () => !another.isClosed, { what: 'a connection that waits' })
  expect(heard).toBe('one ')

  proxy.heal()
  await hears(caller, 'one two ')
  await hears(another, 'three ')
})

test('a deaf line brings work to the server and no answer back, and ends with the cut', async () => {
  const caller = await connected()
  proxy.cut('deaf')
  caller.say('two ')
  await eventually(async () => heard === 'one two ', { what: 'the server hearing it' })

  proxy.heal()
  await isClosed(caller)
  expect(caller.said).toBe('one ')
})

test('a reset line ends what is open and takes nothing new', async () => {
  const caller = await connected()
  proxy.cut('reset')
  await isClosed(caller)
  await isClosed(call())
  await eventually(async () => served.every((socket) => socket.destroyed), {
    what: 'the server being rid of it',
  })

  proxy.heal()
  await connected()
})

test('a client that vanished leaves the server with a connection to nobody', async () => {
  const caller = await connected()
  proxy.cut('vanished')
  await isClosed(caller)
  expect(served.map((socket) => socket.destroyed)).toEqual([false])

  proxy.heal()
  await connected()
  expect(served[0]?.destroyed).toBe(false)
})
