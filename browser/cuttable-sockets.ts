import type { BrowserContext, WebSocketRoute } from 'playwright-core'

export interface CuttableSockets {
  /** Ends every live connection of every page, as a dead network would, and lets none open. Returns how many there were. */
  cut(): Promise<number>
  /** Connections open again. */
  mend(): void
}

const CUT = { code: 4900, reason: 'Cut by the test' }

/** Puts itself between the pages and the server's WebSocket. */
export async function cuttableSockets(context: BrowserContext): Promise<CuttableSockets> {
  const open = new Set<WebSocketRoute>()
  let isAway = false
  await context.routeWebSocket(/\/graphql$/, (socket) => {
    if (isAway) {
      void socket.close(CUT)
      return
    }
    const server = socket.connectToServer()
    open.add(socket)
    socket.onClose((code, reason) => {
      open.delete(socket)
      void server.close({ code: code === undefined || code < 3000 ? 3000 : code, reason: reason ?? '' })
    })
  })
  return {
    cut: async () => {
      isAway = true
      const sockets = [...open]
      open.clear()
      await Promise.all(sockets.map((socket) => socket.close(CUT)))
      return sockets.length
    },
    mend: () => {
      isAway = false
    },
  }
}
