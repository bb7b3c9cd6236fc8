import 'reflect-metadata'
import { systemRandom } from '../kernel/random.js'
import { complain, say } from '../local/print.js'
import { createDataSource } from '../platform/db/data-source.js'
import { verifyAllLedgers } from '../slices/credits/index.js'
import { openCommandDatabase, whichDatabase } from './database.js'

/**
 * `npm run ledger:verify`: proves every account's ledger and prints the head of its chain, which proves later that
 * history was not rewritten as a whole. Exit code 1 when one ledger is not as it was written.
 */
const database = await openCommandDatabase(() => undefined)
say(whichDatabase(database))
const dataSource = createDataSource({ url: database.url, poolSize: 2, applicationName: 'tollgate-verify' })
try {
  await dataSource.initialize()
  let ledgers = 0
  let diverged = 0
  for await (const verdict of verifyAllLedgers({ db: { dataSource }, random: systemRandom })) {
    const { accountId, blocks, transfers, headHex, divergence } = verdict
    ledgers += 1
    if (divergence === null) {
      say(`${accountId}  ${String(transfers)} transfers in ${String(blocks)} blocks, head ${headHex}`)
    } else {
      diverged += 1
      complain(`${accountId}  DIVERGES: ${divergence}`)
    }
  }
  say(
    `${String(ledgers)} ledgers verified, ${diverged === 0 ? 'all as they were written' : `${String(diverged)} diverge`}.`,
  )
  if (diverged > 0) process.exitCode = 1
} catch (error) {
  complain(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
} finally {
  if (dataSource.isInitialized) await dataSource.destroy()
  await database.close()
}
