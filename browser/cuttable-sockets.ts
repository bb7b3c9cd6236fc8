import type { BrowserContext, WebSocketRoute } from 'playwright-core'

export interface CuttableSockets {
  /** Ends every live connection of every page, as a dead network would. Returns how many there were. */
  cut(): Promise<number>
}

/** Puts itself between the pages and the server's WebSocket. */
export async function cuttableSockets(context: BrowserContext): Promise<CuttableSockets> {
  const open = new Set<WebSocketRoute>()
  await context.routeWebSocket(/\/graphql$/, (socket) => {
    const server = socket.connectToServer()
    open.add(socket)
    socket.onClose((code, reason) => {
      open.delete(socket)
      void server.close({ code: code === undefined || code < 3000 ? 3000 : code, reason: reason ?? '' })
    })
  })
  return {
    cut: async () => {
      const sockets = [...open]
      open.clear()
      await Promise.all(sockets.map((socket) => socket.close({ code: 4900, reason: 'Cut by the test' })))
      return sockets.length
    },
  }
}
