import { connect, createServer, type Server, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'

/** The line to a carrier, which can be cut: nobody answers then, as when a machine is gone. */
export interface CarrierLine {
  url: string
  cut(): Promise<void>
  mend(): Promise<void>
}

export async function openCarrierLine(carrierUrl: string): Promise<CarrierLine> {
  const target = Number(new URL(carrierUrl).port)
  const sockets = new Set<Socket>()
  const server: Server = createServer((socket) => {
    const upstream = connect(target, '127.0.0.1')
    for (const one of [socket, upstream]) {
      sockets.add(one)
      one.on('error', () => one.destroy())
      one.on('close', () => {
        sockets.delete(one)
        socket.destroy()
        upstream.destroy()
      })
    }
    socket.pipe(upstream).pipe(socket)
  })
  const listen = (port: number): Promise<void> =>
    new Promise((resolve) => {
      server.listen(port, '127.0.0.1', resolve)
    })
  await listen(0)
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${String(port)}`,
    cut: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      for (const socket of sockets) socket.destroy()
      await closed
    },
    mend: () => listen(port),
  }
}
