import { createHash } from 'node:crypto'
import type { VirtualTime } from './virtual-time.js'

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g

/** What happened in a run, line by line. Ids are numbered in the order in which they appear. */
export class Journal {
  readonly lines: string[] = []
  private readonly hash = createHash('sha256')
  private readonly aliases = new Map<string, string>()

  constructor(private readonly time: VirtualTime) {}

  add(who: string, what: string): void {
    const seconds = (this.time.elapsedMs() / 1_000).toFixed(3).padStart(10)
    const line = `${seconds} ${who.padEnd(8)} ${this.withAliases(what)}`
    this.lines.push(line)
    this.hash.update(line).update('\n')
  }

  withAliases(text: string): string {
    return text.replace(uuid, (id) => {
      const known = this.aliases.get(id)
      if (known !== undefined) return known
      const alias = `#${String(this.aliases.size + 1)}`
      this.aliases.set(id, alias)
      return alias
    })
  }

  digest(): string {
    return this.hash.copy().digest('hex')
  }
}
