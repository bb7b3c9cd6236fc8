import { randomInt } from 'node:crypto'
import net from 'node:net'

/** Below the range from which systems hand out ports to outgoing connections (from 32768 on Linux). */
const PORT_MIN = 20_000
const PORT_MAX = 32_000
const TRIES_MAX = 100

/** The wanted port when it is free, else any free one. It can be taken again before it is used: start and see. */
export async function choosePort(wanted: number | undefined): Promise<number> {
  if (wanted !== undefined && (await isFree(wanted))) return wanted
  for (let attempt = 0; attempt < TRIES_MAX; attempt += 1) {
    const port = randomInt(PORT_MIN, PORT_MAX)
    if (await isFree(port)) return port
  }
  throw new Error(`No free port found between ${PORT_MIN} and ${PORT_MAX}.`)
}

/** Free for both address families: a server on all addresses would also answer on the loopback address. */
export async function isFree(port: number): Promise<boolean> {
  return (await canListen(port, '127.0.0.1')) && (await canListen(port, '0.0.0.0'))
}

function canListen(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = net.createServer()
    server.once('error', () => {
      resolve(false)
    })
    server.listen({ port, host, exclusive: true }, () => {
      server.close(() => {
        resolve(true)
      })
    })
  })
}
