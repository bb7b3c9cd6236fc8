import { createSocket } from 'node:dgram'
import { once } from 'node:events'

export interface NameServer {
  /** As resolvers take it. */
  address: string
  /** Null: says nothing. */
  answers: (name: string) => { rcode: number; ipv4?: string } | null
  stop(): Promise<void>
}

const HEADER_BYTES = 12
const TYPE_A = 1

/** A name server on this machine, over UDP: one address at most for each name. */
export async function startNameServer(): Promise<NameServer> {
  const socket = createSocket('udp4')
  const server: NameServer = {
    address: '',
    answers: () => null,
    stop: async () => {
      socket.close()
      await once(socket, 'close')
    },
  }
  socket.on('message', (query, from) => {
    const { name, end } = readName(query)
    const answer = server.answers(name)
    if (answer === null) return
    const isAsked = query.readUInt16BE(end) === TYPE_A
    socket.send(render(query.subarray(0, end + 4), isAsked ? answer : { rcode: answer.rcode }), from.port)
  })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  server.address = `127.0.0.1:${String(socket.address().port)}`
  return server
}

/** Of the one question, and where it ends. */
function readName(query: Buffer): { name: string; end: number } {
  const labels: string[] = []
  let at = HEADER_BYTES
  for (let length = query.readUInt8(at); length > 0; length = query.readUInt8(at)) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length))
    at += 1 + length
  }
  return { name: labels.join('.'), end: at + 1 }
}

/** The question again, as an answer (RFC 1035), with an A record when there is an address. */
function render(question: Buffer, { rcode, ipv4 }: { rcode: number; ipv4?: string }): Buffer {
  const message = Buffer.from(question)
  message.writeUInt16BE(0x8180 | rcode, 2)
  for (const [count, place] of [
    [1, 4],
    [ipv4 === undefined ? 0 : 1, 6],
    [0, 8],
    [0, 10],
  ] as const)
    message.writeUInt16BE(count, place)
  if (ipv4 === undefined) return message
  // The name by its place in the question, A, IN, a minute, four bytes.
  const record = [0xc0, HEADER_BYTES, 0, TYPE_A, 0, 1, 0, 0, 0, 60, 0, 4, ...ipv4.split('.').map(Number)]
  return Buffer.concat([message, Buffer.from(record)])
}
