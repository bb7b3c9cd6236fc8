import type { Db } from '../../src/platform/db/data-source.js'
import { readQuery } from '../../src/platform/db/transaction.js'

/** What a plain sender keeps: messages, and one row for each credit, which names the message that used it. */
export async function makePlainTables(db: Db, messages: number, credits: number): Promise<void> {
  await readQuery(
    db,
    `create schema plain;
     create table plain.message (id int primary key, phone text not null, body text not null,
       state text not null default 'pending', lease_until timestamptz not null default '-infinity', sid text);
     create index on plain.message (id) where state = 'pending';
     create table plain.credit (id int primary key, message_id int unique);
     create index on plain.credit (id) where message_id is null`,
  )
  await readQuery(db, 'insert into plain.credit (id) select generate_series(1, $1::int)', [credits])
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
    `select m.id, m.phone, m.state, (select count(*)::int from plain.credit c where c.message_id = m.id) as charges
     from plain.message m order by m.id`,
  )
}

/** Messages that can still be sent with the credits there are, and the credits that nobody has used. */
export async function plainLeft(db: Db): Promise<{ pending: number; credits: number }> {
  const [row] = await readQuery<{ pending: number; credits: number }>(
    db,
    `select (select count(*)::int from plain.message m where state = 'pending'
          and (exists (select from plain.credit c where c.message_id is null)
            or exists (select from plain.credit c where c.message_id = m.id))) as pending,
       (select count(*)::int from plain.credit where message_id is null) as credits`,
  )
  if (row === undefined) throw new Error('a count has a row')
  return row
}
