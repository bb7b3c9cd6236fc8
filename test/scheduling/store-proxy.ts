import net from 'node:net'

/** Stands between a scheduler and its store, so that a test can take the store away without stopping it. */
export interface StoreProxy {
  port: number
  /** Breaks every connection and refuses new ones. */
  cut(): void
  restore(): void
  close(): Promise<void>
}

export interface ProxyOptions {
  host: string
  port: number
  /**
   * Lets one MongoDB command through at a time, over all proxies that share it. MongoDB changes a document atomically; FerretDB 1 reads it and then
   * writes it, so that two workers lock the same job. One at a time, it keeps MongoDB's promise.
   */
  turnstile: Turnstile | null
}

export async function openStoreProxy(options: ProxyOptions): Promise<StoreProxy> {
  const sockets = new Set<net.Socket>()
  const { turnstile } = options
  let isCut = false
  const server = net.createServer((inside) => {
    if (isCut) {
      inside.destroy()
      return
    }
    const outside = net.connect(options.port, options.host)
    for (const socket of [inside, outside]) {
      sockets.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => {
        sockets.delete(socket)
        inside.destroy()
        outside.destroy()
      })
    }
    if (turnstile) passCommands(inside, outside, turnstile)
    else inside.pipe(outside).pipe(inside)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const cut = (): void => {
    isCut = true
    for (const socket of sockets) socket.destroy()
  }
  return {
    port: (server.address() as net.AddressInfo).port,
    cut,
    restore: () => {
      isCut = false
    },
    close: async () => {
      cut()
      await new Promise((closed) => server.close(closed))
    },
  }
}

export type Turnstile = (pass: (done: () => void) => void) => void

export function createTurnstile(): Turnstile {
  const waiting: ((done: () => void) => void)[] = []
  let busy = false
  const next = (): void => {
    const pass = waiting.shift()
    busy = pass !== undefined
    if (pass === undefined) return
    let isDone = false
    const done = (): void => {
      if (isDone) return
      isDone = true
      clearTimeout(patience)
      next()
    }
    // A command that is never answered must not hold up the others.
    const patience = setTimeout(done, 2_000)
    pass(done)
  }
  return (pass) => {
    waiting.push(pass)
    if (!busy) next()
  }
}

/** One answer for each command, on the connection that sent it. */
function passCommands(inside: net.Socket, outside: net.Socket, turnstile: Turnstile): void {
  let finish: () => void = () => undefined
  outside.on('close', () => finish())
  onMessage(inside, (command) =>
    turnstile((done) => {
      if (outside.destroyed) {
        done()
        return
      }
      finish = done
      outside.write(command)
    }),
  )
  onMessage(outside, (answer) => {
    inside.write(answer)
    finish()
  })
}

/** Every message of MongoDB's protocol begins with its own length. */
function onMessage(socket: net.Socket, take: (message: Buffer) => void): void {
  let received = Buffer.alloc(0)
  socket.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk])
    while (received.length >= 4 && received.length >= received.readInt32LE(0)) {
      const length = received.readInt32LE(0)
      take(received.subarray(0, length))
      received = received.subarray(length)
    }
  })
}
