import net from 'node:net'

/**
 * What a network can do to the two ends of a connection, short of changing bytes:
 * `stalled`: nothing moves in either direction, connections stay open, new ones wait;
 * `deaf`: what the client sends arrives, what it should hear is lost: work is done and nobody learns of it;
 * `reset`: connections are reset on both sides, new ones as well;
 * `vanished`: the client is gone without a word: its side is reset, the server keeps an open connection to nobody.
 */
export const cuts = ['stalled', 'deaf', 'reset', 'vanished'] as const
export type Cut = (typeof cuts)[number]

export interface Proxy {
  readonly port: number
  cut(how: Cut): void
  /** Everything flows again; connections that lost bytes are reset, since nothing true can come of them. */
  heal(): void
  close(): Promise<void>
}

interface Pair {
  client: net.Socket
  server: net.Socket
  lostBytes: boolean
}

/** A TCP proxy on the loopback interface. The port that it leads to is asked for with each new connection. */
export async function startProxy(target: () => number | null): Promise<Proxy> {
  const pairs = new Set<Pair>()
  /** Servers' ends of connections whose client vanished: open until the proxy closes. */
  const orphans = new Set<net.Socket>()
  let cut: Cut | null = null

  const listener = net.createServer({ pauseOnConnect: true }, (client) => {
    client.on('error', () => undefined)
    const port = target()
    if (port === null || cut === 'reset' || cut === 'vanished') {
      client.resetAndDestroy()
      return
    }
    join(client, net.connect({ host: '127.0.0.1', port, noDelay: true }))
  })

  function join(client: net.Socket, server: net.Socket): void {
    const pair: Pair = { client, server, lostBytes: false }
    pairs.add(pair)
    client.setNoDelay(true)
    forward(client, server, () => true)
    forward(server, client, () => {
      if (cut === 'deaf') pair.lostBytes = true
      return !pair.lostBytes
    })
    for (const [end, other] of [
      [client, server],
      [server, client],
    ] as const) {
      end.on('error', () => other.destroy())
      end.on('end', () => other.end())
      end.on('close', () => {
        if (orphans.has(other)) return
        pairs.delete(pair)
        other.destroy()
      })
    }
    if (cut === 'stalled') setFlow(pair, false)
    else client.resume()
  }

  function forward(from: net.Socket, to: net.Socket, mayPass: () => boolean): void {
    from.on('data', (chunk: Buffer) => {
      if (!mayPass() || to.destroyed) return
      if (!to.write(chunk)) from.pause()
    })
    to.on('drain', () => {
      if (cut !== 'stalled') from.resume()
    })
  }

  function setFlow(pair: Pair, flows: boolean): void {
    for (const end of [pair.client, pair.server]) {
      if (flows) end.resume()
      else end.pause()
    }
  }

  function reset(pair: Pair): void {
    pairs.delete(pair)
    pair.client.resetAndDestroy()
    pair.server.resetAndDestroy()
  }

  function abandon(pair: Pair): void {
    pairs.delete(pair)
    orphans.add(pair.server)
    // Whatever the server still says is read and forgotten, as by a network that has lost the client.
    pair.server.resume()
    pair.client.resetAndDestroy()
    pair.server.on('close', () => orphans.delete(pair.server))
  }

  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
  return {
    port: (listener.address() as net.AddressInfo).port,
    cut: (how) => {
      cut = how
      for (const pair of [...pairs]) {
        if (how === 'stalled') setFlow(pair, false)
        else if (how === 'reset') reset(pair)
        else if (how === 'vanished') abandon(pair)
      }
    },
    heal: () => {
      cut = null
      for (const pair of [...pairs]) {
        if (pair.lostBytes) reset(pair)
        else setFlow(pair, true)
      }
    },
    close: async () => {
      for (const pair of [...pairs]) reset(pair)
      for (const orphan of orphans) orphan.destroy()
      await new Promise((resolve) => listener.close(resolve))
    },
  }
}
