import type { Db } from '../../../platform/db/data-source.js'
import { readQuery } from '../../../platform/db/transaction.js'

/** The sender's own setting in segments per second; Infinity for no limit, null when it goes by the default. */
export async function readPace(db: Db, senderId: number): Promise<number | null> {
  const [row] = await readQuery<{ segments_per_second: number | null }>(
    db,
    '/* messages.readPace */ select segments_per_second from sender_pace where sender_id = $1',
    [senderId],
  )
  return row?.segments_per_second ?? null
}

/**
 * The next stretch of a sender's time, for this caller alone: the row lock orders the callers, and the row outlives them
 * all. A stretch that would begin minutes from now is the work of a clock that was set back, and is not waited for.
 */
export async function reservePace(
  db: Db,
  asked: { senderId: number; segments: number; byDefault: number; share: number },
): Promise<{ startsInMs: number; perSecond: number }> {
  const [row] = await readQuery<{ ends_in_ms: number; per_second: number }>(
    db,
    `/* messages.reservePace */
     insert into sender_pace as p (sender_id, next_free_at)
     values ($1, clock_timestamp() + make_interval(secs => $2::float8 / ($3::float8 * $4::float8)))
     on conflict (sender_id) do update set next_free_at =
       case when p.next_free_at > clock_timestamp() + interval '5 minutes' then clock_timestamp()
         else greatest(p.next_free_at, clock_timestamp()) end
       + make_interval(secs => $2::float8 / (coalesce(p.segments_per_second, $3::float8) * $4::float8))
     returning extract(epoch from next_free_at - clock_timestamp())::float8 * 1000 as ends_in_ms,
       coalesce(segments_per_second, $3::float8) as per_second`,
    [asked.senderId, asked.segments, asked.byDefault, asked.share],
  )
  if (row === undefined) throw new Error('a reservation answers with its row')
  const { ends_in_ms: endsInMs, per_second: perSecond } = row
  return { perSecond, startsInMs: endsInMs - (asked.segments * 1_000) / (perSecond * asked.share) }
}

export interface SenderPaceSetting {
  address: string
  /** Infinity for no limit, null for what the workers are configured with. */
  segmentsPerSecond: number | null
}

const SENDERS_MAX = 1_000

export async function readSenderPaces(db: Db): Promise<SenderPaceSetting[]> {
  return readQuery<SenderPaceSetting>(
    db,
    `/* messages.senderPaces */
     select s.address, p.segments_per_second as "segmentsPerSecond"
     from sender s left join sender_pace p on p.sender_id = s.id order by s.address limit $1`,
    [SENDERS_MAX],
  )
}

/** One statement, outside of the claims' transactions as all that touches this row. False for an unknown address. */
export async function writeSenderPace(db: Db, setting: SenderPaceSetting): Promise<boolean> {
  const rows = await readQuery(
    db,
    `/* messages.setSenderPace */
     insert into sender_pace (sender_id, segments_per_second) select id, $2::float8 from sender where address = $1
     on conflict (sender_id) do update set segments_per_second = excluded.segments_per_second returning 1`,
    [setting.address, setting.segmentsPerSecond],
  )
  return rows.length === 1
}
