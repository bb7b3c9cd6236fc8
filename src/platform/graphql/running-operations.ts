/** Queries and mutations on sockets that have not been answered yet, for a drain to wait for. */
export class RunningOperations {
  private readonly bySocket = new Map<object, Set<string>>()
  private waiting: (() => void)[] = []

  start(socket: object, id: string): void {
    const own = this.bySocket.get(socket) ?? new Set()
    this.bySocket.set(socket, own.add(id))
  }

  /** The answer has been handed to the socket. Fine for ids that were never started. */
  finish(socket: object, id: string): void {
    const own = this.bySocket.get(socket)
    if (own?.delete(id) === true && own.size === 0) this.forget(socket)
  }

  /** The socket is gone and nobody waits for its answers any more. */
  forget(socket: object): void {
    this.bySocket.delete(socket)
    if (this.bySocket.size > 0) return
    for (const resolve of this.waiting.splice(0)) resolve()
  }

  /** Resolves when nothing is running, and after `graceMs` at the latest. */
  async settle(graceMs: number): Promise<void> {
    if (this.bySocket.size === 0) return
    let timer: NodeJS.Timeout | undefined
    await new Promise<void>((resolve) => {
      timer = setTimeout(resolve, graceMs)
      this.waiting.push(resolve)
    })
    clearTimeout(timer)
  }
}
