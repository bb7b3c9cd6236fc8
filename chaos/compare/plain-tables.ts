import type { Db } from '../../src/platform/db/data-source.js'
import { readQuery } from '../../src/platform/db/transaction.js'

/** What a plain sender keeps: messages, what is left of the credits, and one row for each charge. */
export async function makePlainTables(db: Db, messages: number, credits: number): Promise<void> {
  await readQuery(
    db,
    `create schema plain;
     create table plain.message (id int primary key, phone text not null, body text not null,
       state text not null default 'pending', lease_until timestamptz not null default '-infinity', sid text);
     create index on plain.message (id) where state = 'pending';
     create table plain.credit (available int not null check (available >= 0));
     create table plain.charge (message_id int not null, at timestamptz not null default clock_timestamp())`,
  )
  await readQuery(db, 'insert into plain.credit values ($1)', [credits])
  await readQuery(
    db,
    `insert into plain.message (id, phone, body) select n, '+1' || (2025550000 + n), 'Hi P' || n || ', this is plain.'
     from generate_series(1, $1::int) n`,
    [messages],
  )
}

export interface PlainMessage {
  id: number
  phone: string
  state: string
  charges: number
}

export function readPlainMessages(db: Db): Promise<PlainMessage[]> {
  return readQuery<PlainMessage>(
    db,
    `select m.id, m.phone, m.state, (select count(*)::int from plain.charge c where c.message_id = m.id) as charges
     from plain.message m order by m.id`,
  )
}

export async function plainLeft(db: Db): Promise<{ pending: number; credits: number }> {
  const [row] = await readQuery<{ pending: number; credits: number }>(
    db,
    `select (select count(*)::int from plain.message where state = 'pending') as pending,
       (select available from plain.credit) as credits`,
  )
  if (row === undefined) throw new Error('a count has a row')
  return row
}
