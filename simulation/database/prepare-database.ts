import pg from 'pg'
import { createDataSource } from '../../src/platform/db/data-source.js'

/**
 * Functions that stand in front of Postgres' own, so that defaults and triggers of the program see the virtual time and
 * give ids that are the same in every run. A database whose search path begins with our schema finds them first.
 */
const virtualFunctions = `
  create table public.simulation_time (at timestamptz not null);
  create function public.clock_timestamp() returns timestamptz language sql volatile
    as $$ select coalesce(nullif(current_setting('simulation.now', true), '')::timestamptz, (select at from public.simulation_time),
      '2026-03-02T15:00:00Z'::timestamptz) $$;
  create sequence public.simulation_id;
  create function public.uuidv7() returns uuid language sql volatile as $$
    select (lpad(to_hex(floor(extract(epoch from public.clock_timestamp()) * 1000)::bigint), 12, '0')
      || '7' || lpad(to_hex(nextval('public.simulation_id') & 4095), 3, '0') || 'b000'
      || lpad(to_hex(currval('public.simulation_id')), 12, '0'))::uuid $$;
`

/** Which moves of the state machines were seen; read when a process ends. */
const observers = `
  create table public.simulation_move (machine text, from_state text, to_state text, primary key (machine, from_state, to_state));
  create function public.simulation_see() returns trigger language plpgsql as $$ begin
    if old.state is distinct from new.state then
      insert into public.simulation_move values (tg_argv[0], old.state::text, new.state::text) on conflict do nothing;
    end if;
    return null;
  end $$;
  create trigger simulation_sees after update on message for each row execute function public.simulation_see('message');
  create trigger simulation_sees after update on attempt for each row execute function public.simulation_see('attempt');
  create trigger simulation_sees after update on campaign_control for each row execute function public.simulation_see('campaign');
`

/** A migrated database of the program for one process of the simulation. */
export async function prepareDatabase(serverUrl: string, name: string): Promise<string> {
  await onDatabase(serverUrl, async (client) => {
    await client.query(`/* simulation.createDatabase */ create database ${name}`)
    await client.query(
      `/* simulation.searchPath */ alter database ${name} set search_path = public, pg_catalog`,
    )
  })
  const url = withDatabase(serverUrl, name)
  await onDatabase(url, (client) => client.query(`/* simulation.functions */ ${virtualFunctions}`))
  const dataSource = createDataSource({ url, poolSize: 1, applicationName: 'simulation-migrate' })
  await dataSource.initialize()
  await dataSource.runMigrations()
  await dataSource.destroy()
  await onDatabase(url, (client) => client.query(`/* simulation.observers */ ${observers}`))
  return url
}

/** Sets the time of all connections that name none of their own. */
export async function moveDatabaseTime(client: pg.Client, at: Date): Promise<void> {
  await client.query('/* simulation.forgetTime */ delete from public.simulation_time')
  await client.query('/* simulation.moveTime */ insert into public.simulation_time values ($1)', [at])
}

function withDatabase(serverUrl: string, name: string): string {
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return url.toString()
}

async function onDatabase(url: string, body: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await body(client)
  } finally {
    await client.end()
  }
}
