import { sqlState } from '../../src/platform/db/sql-errors.js'
import { ProcessDied, type VirtualProcess } from '../world/virtual-process.js'
import { ConnectionBroke, drawFault, InjectedConflict, type TransactionFault } from './database-faults.js'
import { nameOf } from './shared-connection.js'
import type { DbWorld } from './virtual-db.js'

/** Locks that keep waiters in a queue; there are none where transactions run one after another. */
const queueing = new Set(['db.lockAccount', 'db.unlockAccount'])

const writing = /\binsert into\b|\bdelete from\b|\bupdate\s+\w+(\s+\w+)?\s+set\b/i
/** They keep the place of the status sweep, of which no check speaks. */
const unaudited = new Set(['messages.addTier', 'messages.lockTier', 'messages.writeSwept'])

/** One transaction at a time, with the faults that its world has for it. */
export class VirtualRunner {
  readonly manager = null
  private name = ''
  private isOpen = false
  private isBroken = false
  private fault: TransactionFault | null = null
  private statementsLeft = 0
  private hasWritten = false

  constructor(
    private readonly world: DbWorld,
    private readonly process: VirtualProcess,
  ) {}

  async connect(): Promise<void> {
    await this.world.scheduler.park(this.process, 'transaction')
  }

  async query(sql: string, params: readonly unknown[] = []): Promise<unknown> {
    const name = nameOf(sql)
    if (queueing.has(name)) return []
    this.mustBeAlive()
    if (!this.isOpen && name !== 'db.rollback') return this.begin(name, sql)
    if (name === 'db.commit') return this.commit(sql)
    if (name === 'db.rollback') return this.rollBack()
    if (this.fault === 'broken' && this.statementsLeft-- === 0) return this.breakDown('broke')
    if (writing.test(sql) && !unaudited.has(name)) this.hasWritten = true
    return this.world.connection.run(sql, params)
  }

  private mustBeAlive(): void {
    if (this.isBroken) throw new ConnectionBroke()
    if (this.process.dead) throw new ProcessDied(this.name)
  }

  async release(): Promise<void> {
    if (this.isOpen) await this.rollBack()
  }

  private async begin(name: string, sql: string): Promise<unknown> {
    const { connection, dice, faults } = this.world
    this.name = name
    this.isOpen = true
    this.hasWritten = false
    this.fault = drawFault(faults, dice)
    this.statementsLeft = this.fault === 'broken' ? dice.between(0, 4) : 0
    return connection.run(`${sql}; set local simulation.now = '${connection.instant()}'`)
  }

  private async commit(sql: string): Promise<unknown> {
    switch (this.fault) {
      case 'conflict':
        await this.rollBack('conflict')
        throw new InjectedConflict('could not serialize access')
      case 'commit-lost':
        return this.breakDown('commit lost')
      case 'ack-lost':
        await this.reallyCommit(sql)
        return this.breakDown('acknowledgement lost')
      case 'killed-before-commit':
        await this.rollBack('killed before the commit')
        return this.die()
      case 'killed-after-commit':
        await this.reallyCommit(sql)
        return this.die()
      case 'aborted':
        await this.world.connection.run('/* simulation.abort */ select 1 / 0').catch(() => undefined)
        return this.reallyCommit(sql)
      case 'broken':
      case null:
        return this.reallyCommit(sql)
    }
  }

  private async reallyCommit(sql: string): Promise<unknown> {
    try {
      const answer = await this.world.connection.run(sql)
      this.isOpen = false
      if (this.hasWritten) this.world.changed = true
      this.note(this.fault === null || this.fault === 'broken' ? 'committed' : `committed, ${this.fault}`)
      return answer
    } catch (error) {
      this.note(`commit refused: ${sqlState(error) ?? 'no SQLSTATE'}`)
      throw error
    }
  }

  private async breakDown(how: string): Promise<never> {
    if (this.isOpen) await this.rollBack(how)
    this.isBroken = true
    throw new ConnectionBroke()
  }

  private die(): never {
    this.world.kill(this.process)
    throw new ProcessDied(this.name)
  }

  private async rollBack(why = 'rolled back'): Promise<unknown> {
    if (!this.isOpen) return []
    this.isOpen = false
    this.note(why)
    return this.world.connection.run('/* simulation.rollback */ rollback')
  }

  private note(what: string): void {
    this.world.journal.add(this.process.label, `${this.name}: ${what}`)
  }
}
