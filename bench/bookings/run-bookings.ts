import { runAudit } from '../../src/app/audit/run-audit.js'
import { systemClock } from '../../src/kernel/clock.js'
import { pause } from '../../src/kernel/pause.js'
import { readQuery } from '../../src/platform/db/transaction.js'
import { recordFence } from '../../src/slices/accounts/index.js'
import { cancelAppointment, contexts, rescheduleAppointment } from '../../src/slices/appointments/index.js'
import { startWorkers } from '../outage/workers.js'
import { carrierAway, carrierThere } from '../support/carrier-weather.js'
import { openStage, type Stage } from '../support/stage.js'
import { percentile, round, spread } from '../support/statistics.js'
import { judgeRecord, type Expectation, type Verdict } from './judge-record.js'
import { bookOne, openPractices, type Booking, type Practice } from './practices.js'

export interface BookingsOptions {
  pairs: number
  /** Of one round. */
  seconds: number
  say: (line: string) => void
}

export interface BookingsResult extends Verdict {
  /** Bookings per second with the carrier away, by those with it there: the median of the pairs. */
  ratio: number
  pairs: number[]
  upPerSecond: number
  downPerSecond: number
  upP95Ms: number
  downP95Ms: number
  booked: number
  auditBreaches: number
  pass: boolean
}

const PRACTICES = 4
/** Far more than a machine books in a second. */
const BOOKINGS_PER_SECOND_MAX = 400
const SEGMENTS_PER_SECOND = 500
/** Bookings of each outage that are changed before the carrier is back, of each kind. */
const CHANGED = 10
/** Until an appointment that is booked at the end of a round has begun. */
const SOON_MS = 2_000
const DAY_MS = 86_400_000
const RATIO_MIN = 0.9
const PATIENCE_MS = 240_000

/**
 * The compiled program's worker, and bookings from another process as fast as they go, in alternating rounds with the carrier there and
 * away. Between rounds everything that waits is sent, so that no round pays for another. The texts are judged by the carrier's record.
 */
export async function runBookings(options: BookingsOptions): Promise<BookingsResult> {
  const stage = await openStage(options.say, { keepsBodies: true })
  const workers = startWorkers(stage, { workers: 1, limitPerSecond: SEGMENTS_PER_SECOND })
  try {
    await recordFence({ db: stage.db, clock: systemClock }, true)
    await stage.setCarrier({ latencyMs: { min: 20, max: 60 }, tokenTtlMs: 20_000 })
    const rounds = options.pairs * 2 + 1
    const clientsEach = Math.ceil((rounds * options.seconds * BOOKINGS_PER_SECOND_MAX) / PRACTICES)
    const practices = await openPractices(stage.db, PRACTICES, clientsEach)
    workers.start()
    return await alternate(stage, practices, options, workers.lastWords)
  } finally {
    await workers.stop()
    await stage.close()
  }
}

interface Round {
  perSecond: number
  milliseconds: readonly number[]
}

async function alternate(
  stage: Stage,
  practices: readonly Practice[],
  { pairs, seconds, say }: BookingsOptions,
  lastWords: () => string,
): Promise<BookingsResult> {
  const expectations: Expectation[] = []
  const rounds = { up: [] as Round[], down: [] as Round[] }
  const bookFor = async (isUp: boolean): Promise<Round> => {
    await stage.setCarrier({ faults: isUp ? carrierThere : carrierAway })
    const { round: measured, bookings } = await bookAsFastAsItGoes(stage, practices, seconds)
    expectations.push(...(isUp ? bookings.map(asBooked) : await changeSome(stage, practices, bookings)))
    await stage.setCarrier({ faults: carrierThere })
    await sent(stage, lastWords)
    return measured
  }
  // Not counted: caches and the compiler of the language warm up.
  await bookFor(true)
  for (let pair = 0; pair < pairs; pair += 1) {
    // Whoever goes first changes, since machines get slower or faster while they work.
    for (const kind of pair % 2 === 0 ? (['up', 'down'] as const) : (['down', 'up'] as const))
      rounds[kind].push(await bookFor(kind === 'up'))
    const [up, down] = [rounds.up.at(-1)?.perSecond ?? 0, rounds.down.at(-1)?.perSecond ?? 0]
    say(
      `pair ${String(pair + 1)}: ${up.toFixed(1)} bookings/s with the carrier there, ${down.toFixed(1)} away`,
    )
  }
  const ratios = rounds.up.map(({ perSecond }, pair) =>
    round((rounds.down[pair]?.perSecond ?? 0) / perSecond, 3),
  )
  const verdict = await judgeRecord(stage, expectations)
  const auditBreaches = (await runAudit(stage.db)).findings.reduce((sum, { breaches }) => sum + breaches, 0)
  const ratio = spread(ratios).median
  const medianOf = (all: readonly Round[]): number =>
    round(spread(all.map(({ perSecond }) => perSecond)).median, 1)
  const p95Of = (all: readonly Round[]): number =>
    round(
      percentile(
        all.flatMap(({ milliseconds }) => milliseconds),
        0.95,
      ),
      1,
    )
  return {
    ...{ ratio, pairs: ratios, upPerSecond: medianOf(rounds.up), downPerSecond: medianOf(rounds.down) },
    ...{ upP95Ms: p95Of(rounds.up), downP95Ms: p95Of(rounds.down), booked: expectations.length },
    ...verdict,
    auditBreaches,
    pass:
      ratio >= RATIO_MIN &&
      [
        verdict.missing,
        verdict.stale,
        verdict.tooLate,
        verdict.duplicates,
        verdict.ledgerOff,
        auditBreaches,
      ].every((count) => count === 0),
  }
}

/** Each practice books one after the other, as its account's lock asks. */
async function bookAsFastAsItGoes(
  { db }: Stage,
  practices: readonly Practice[],
  seconds: number,
): Promise<{ round: Round; bookings: Booking[] }> {
  const bookings: Booking[] = []
  const milliseconds: number[] = []
  const begunAt = systemClock.monotonicMs()
  await Promise.all(
    practices.map(async (practice) => {
      while (systemClock.monotonicMs() < begunAt + seconds * 1_000) {
        const at = systemClock.monotonicMs()
        bookings.push(await bookOne(db, practice))
        milliseconds.push(systemClock.monotonicMs() - at)
      }
    }),
  )
  const took = (systemClock.monotonicMs() - begunAt) / 1_000
  return { round: { perSecond: bookings.length / took, milliseconds }, bookings }
}

function asBooked({ phone }: Booking): Expectation {
  return { phone, says: 'is booked for' }
}

/** While nobody answers: some are moved, some are called off, and of some that are booked the time comes before the carrier does. */
async function changeSome(
  { db }: Stage,
  practices: readonly Practice[],
  bookings: readonly Booking[],
): Promise<Expectation[]> {
  const deps = { db, clock: systemClock, contexts }
  const [moved, cancelled] = [bookings.slice(0, CHANGED), bookings.slice(CHANGED, CHANGED * 2)]
  for (const { caller, appointmentId } of moved) {
    const startsAt = new Date(systemClock.now().toMillis() + 40 * DAY_MS)
    await rescheduleAppointment(deps, caller, { appointmentId, startsAt })
  }
  for (const { caller, appointmentId } of cancelled) await cancelAppointment(deps, caller, { appointmentId })
  const begun: Booking[] = []
  for (let index = 0; index < CHANGED; index += 1) {
    const practice = practices[index % practices.length]
    if (practice !== undefined)
      begun.push(await bookOne(db, practice, new Date(systemClock.now().toMillis() + SOON_MS)))
  }
  await pause(SOON_MS)
  return [
    ...moved.map(({ phone }) => ({ phone, says: 'has moved to' })),
    ...cancelled.map(({ phone }) => ({ phone, says: 'is cancelled' })),
    ...bookings.slice(CHANGED * 2).map(asBooked),
    ...begun.map(({ phone }) => ({ phone, says: null })),
  ]
}

/** Until nothing is due and nothing waits at the gate. */
async function sent({ db }: Stage, lastWords: () => string): Promise<void> {
  const giveUpAt = systemClock.monotonicMs() + PATIENCE_MS
  while (systemClock.monotonicMs() < giveUpAt) {
    const [row] = await readQuery<{ open: boolean }>(
      db,
      `/* bench.open */ select exists (select from notification where state = 'planned' and due_at <= now())
         or exists (select from message where state in ('pending', 'dispatching', 'unknown')) as open`,
    )
    if (row?.open === false) return
    await pause(200)
  }
  throw new Error(`what waited was not sent; the worker said:\n${lastWords()}`)
}
