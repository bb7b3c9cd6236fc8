import { expect, test } from '@jest/globals'
import pg from 'pg'
import { z } from 'zod'
import { eventually } from '../support/eventually.js'
import { describeJobs } from './jobs-suite.js'
import { openPostgresStore } from './postgres-under-test.js'
import { schedulersOf } from './store-under-test.js'

describeJobs('Postgres', openPostgresStore)

/** A busy server may begin what it was asked first after what it was asked later, on another connection. */
const beginLate = `
  create function begin_late() returns trigger language plpgsql as $$ begin
    if current_query() like '%SET locked_at = $2%' then perform pg_sleep(0.4); end if;
    return null;
  end $$;
  create trigger begins_late before update on scheduling.agenda_jobs for each statement execute function begin_late();
`

test('draining leaves nothing locked, though Agenda writes down late that a run begins', async () => {
  const store = await openPostgresStore()
  const { create, drainAll } = schedulersOf()
  const client = new pg.Client({ connectionString: store.direct.databaseUrl })
  await client.connect()
  try {
    let runs = 0
    const run = (): Promise<void> => Promise.resolve(void (runs += 1))
    const scheduler = create(store.direct, [
      { name: 'look', everyMs: 60, payloadSchema: z.strictObject({}), run },
    ])
    scheduler.start()
    // A first run may have been the watchdog's, while Agenda was still making its table on a busy machine.
    await eventually(async () => {
      const { rows } = await client.query<{ made: boolean }>(
        `select to_regclass('scheduling.agenda_jobs') is not null as made`,
      )
      return runs > 0 && rows[0]?.made === true
    })
    await client.query(beginLate)
    await eventually(async () => {
      const { rowCount } = await client.query(
        `select from pg_stat_activity where wait_event = 'PgSleep' and query like '%locked_at = $2%'`,
      )
      return rowCount !== 0
    })

    await scheduler.drain(5_000)

    expect((await store.rows()).filter(({ locked }) => locked)).toEqual([])
  } finally {
    await drainAll()
    await client.end()
    await store.close()
  }
})
