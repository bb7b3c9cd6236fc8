import { MongoBackend } from '@agendajs/mongo-backend'
import { MongoClient, type Collection } from 'mongodb'
import type { JobStore, RecurringRow, StoreDeps } from './job-store.js'

const COLLECTION = 'tollgate_jobs'
/** Where the address names no database; the driver's own default would be `test`. */
const DATABASE = 'tollgate'
const FINISHED_KEPT_MS = 60_000

interface JobDocument {
  name: string
  type: 'single' | 'normal'
  data: { key: string; lane?: string; payload: unknown } | null
  nextRunAt: Date | null
  lockedAt?: Date | null
  lastRunAt: Date | null
  lastFinishedAt: Date | null
  lastModifiedBy: string | null
  repeatInterval: number | string | null
}

export function createMongodbStore(mongodbUrl: string, deps: StoreDeps & { now: () => Date }): JobStore {
  const client = new MongoClient(mongodbUrl, {
    appName: 'tollgate-scheduler',
    serverSelectionTimeoutMS: 3_000,
    connectTimeoutMS: 3_000,
    socketTimeoutMS: 15_000,
    maxPoolSize: 10,
  })
  client.on('error', deps.onTrouble)
  const database = client.db(namesDatabase(mongodbUrl) ? undefined : DATABASE)
  const jobs = database.collection<JobDocument>(COLLECTION)
  const newRepository = () => new MongoBackend({ mongo: database, collection: COLLECTION }).repository
  let repository = newRepository()

  return {
    kind: 'mongodb',
    channel: undefined,
    prepare: async () => {
      await client.connect()
      repository = newRepository()
      await repository.connect()
      await createKeyIndex(jobs)
      await jobs.deleteMany({
        type: 'normal',
        nextRunAt: null,
        lockedAt: null,
        lastFinishedAt: { $lt: new Date(deps.now().getTime() - FINISHED_KEPT_MS) },
      })
    },
    // It is `connect` that gives a repository its collection, so this one comes from `prepare`.
    repository: () => repository,
    recurring: () => readRecurring(jobs),
    removeRecurring: async (name) => {
      await jobs.deleteMany({ name, type: 'single' })
    },
    hasWaiting: async (name, lane) => {
      const waiting = {
        name,
        type: 'normal',
        'data.lane': lane,
        lockedAt: null,
        nextRunAt: { $ne: null },
      } as const
      return (await jobs.findOne(waiting, { projection: { _id: 1 } })) !== null
    },
    move: async (name, key, at) => {
      const found = await jobs.updateOne(
        { name, 'data.key': key, lockedAt: null },
        { $set: { nextRunAt: at } },
      )
      return found.matchedCount === 1
    },
    handBack: async (owner) => {
      const locked = { lastModifiedBy: owner, lockedAt: { $ne: null } }
      await jobs.updateMany({ ...locked, nextRunAt: null }, { $set: { nextRunAt: deps.now() } })
      await jobs.updateMany(locked, { $set: { lockedAt: null } })
    },
    isDuplicate: (error) => (error as { code?: unknown } | null)?.code === 11_000,
    close: () => client.close(),
  }
}

/** Agenda looks for a row and inserts it when there is none; only an index keeps two processes from both inserting. */
async function createKeyIndex(jobs: Collection<JobDocument>): Promise<void> {
  await jobs.createIndex({ name: 1, 'data.key': 1 }, { unique: true, name: 'oneJobPerKey' }, {})
}

async function readRecurring(jobs: Collection<JobDocument>): Promise<Map<string, RecurringRow>> {
  // The number of job names bounds this list.
  const rows = await jobs.find({ type: 'single' }).toArray()
  return new Map(
    rows.map((row) => [
      row.name,
      {
        everyMs: row.repeatInterval === null ? null : Number(row.repeatInterval),
        nextRunAtMs: row.nextRunAt?.getTime() ?? null,
        lockedAtMs: row.lockedAt?.getTime() ?? null,
        lastSeenAtMs: Math.max(row.lastRunAt?.getTime() ?? 0, row.lockedAt?.getTime() ?? 0) || null,
      },
    ]),
  )
}

/** Addresses with several hosts are no URLs for the URL class. */
function namesDatabase(mongodbUrl: string): boolean {
  return /^mongodb(\+srv)?:\/\/[^/]+\/[^?]/.test(mongodbUrl)
}
