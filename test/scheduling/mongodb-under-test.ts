import { randomBytes } from 'node:crypto'
import { MongoClient, type Document } from 'mongodb'
import { createTurnstile, openStoreProxy } from './store-proxy.js'
import type { StoreUnderTest } from './store-under-test.js'

const HOUR_MS = 60 * 60 * 1_000

/** A database of its own on the server that TEST_MONGODB_URL names, reached one command at a time. */
export async function openMongodbStore(serverUrl: string): Promise<StoreUnderTest> {
  const server = new URL(serverUrl)
  const name = `test_${randomBytes(8).toString('hex')}`
  const turnstile = createTurnstile()
  const openLine = () =>
    openStoreProxy({ host: server.hostname, port: Number(server.port || 27_017), turnstile })
  const line = await openLine()
  const cuttable = await openLine()
  const addressOf = (port: number) => ({
    mongodbUrl: `mongodb://127.0.0.1:${port}/${name}?directConnection=true`,
    databaseUrl: 'postgres://nobody@127.0.0.1:1/nothing',
  })
  const client = await MongoClient.connect(addressOf(line.port).mongodbUrl)
  const jobs = client.db().collection('tollgate_jobs')

  return {
    direct: addressOf(line.port),
    cuttable: addressOf(cuttable.port),
    cut: () => cuttable.cut(),
    restore: () => cuttable.restore(),
    rows: async () => {
      const found = await jobs.find().sort({ name: 1 }).toArray()
      return found.map((row: Document) => ({
        name: String(row['name']),
        type: String(row['type']),
        key: (row['data'] as { key: string }).key,
        locked: row['lockedAt'] instanceof Date,
        nextRunAtMs: row['nextRunAt'] instanceof Date ? row['nextRunAt'].getTime() : null,
      }))
    },
    lockFarAhead: async (job) => {
      const ahead = new Date(Math.round(performance.timeOrigin + performance.now()) + HOUR_MS)
      await jobs.updateOne({ name: job }, { $set: { lockedAt: ahead, nextRunAt: ahead } })
    },
    lose: async () => {
      await client.db().dropDatabase()
    },
    close: async () => {
      await client.db().dropDatabase()
      await client.close()
      await line.close()
      await cuttable.close()
    },
  }
}
