import type pg from 'pg'
import type { World } from '../world/make-world.js'
import { allChecks, allRestChecks, checks, restChecks, type Check } from './checks.js'

interface Row {
  id: string
  account_id: string | null
  what: string
}

/** Looks at what is committed, on a connection of its own, after each step. */
export class Inspector {
  constructor(private readonly client: pg.Client) {}

  static async on(client: pg.Client): Promise<Inspector> {
    // One plan for all runs: tables are tiny, and planning all this anew would take most of the time.
    await client.query(
      '/* simulation.inspector */ set plan_cache_mode = force_generic_plan; set enable_memoize = off',
    )
    return new Inspector(client)
  }

  /** Returns whether everything holds; what does not is added to the world's violations. */
  async check(world: World): Promise<boolean> {
    const record = world.carrier.record.map(({ sid, attemptId }) => ({ sid, attempt_id: attemptId }))
    const { rows } = await this.client.query<Row>({
      name: 'checks',
      text: allChecks,
      values: [JSON.stringify(record)],
    })
    return this.report(world, checks, rows)
  }

  async isAtRest(): Promise<boolean> {
    return (await this.restless()).length === 0
  }

  async checkRest(world: World): Promise<boolean> {
    return this.report(world, restChecks, await this.restless())
  }

  private async restless(): Promise<Row[]> {
    const { rows } = await this.client.query<Row>({ name: 'rest', text: allRestChecks, values: [] })
    return rows
  }

  private report(world: World, among: readonly Check[], rows: readonly Row[]): boolean {
    for (const id of new Set(rows.map((row) => row.id))) {
      world.violations.push({
        id,
        what: among.find((check) => check.id === id)?.what ?? id,
        rows: rows.filter((row) => row.id === id).map((row) => world.journal.withAliases(row.what)),
      })
    }
    return rows.length === 0
  }
}
