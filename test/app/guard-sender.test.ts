import { expect, test } from '@jest/globals'
import { createAppContext } from '../../src/app/app-context.js'
import { isSendingLocked, startGuarded } from '../../src/app/guard-sender.js'
import { silentLogger } from '../../src/platform/observability/logger.js'
import { readQuery } from '../../src/platform/db/transaction.js'
import { watchDatabase } from '../../src/slices/accounts/index.js'
import type { Sender } from '../../src/slices/messages/index.js'
import { startProxy } from '../../chaos/stage/proxy.js'
import { createTestDatabase } from '../support/database.js'
import { eventually } from '../support/eventually.js'
import { testConfig } from '../support/test-app.js'

test('a worker that cannot ask its database whether it was copied back sends nothing until it can', async () => {
  const database = await createTestDatabase()
  const direct = new URL(database.url)
  const postgres = await startProxy(() => Number(direct.port))
  const through = new URL(direct)
  through.hostname = '127.0.0.1'
  through.port = String(postgres.port)
  const said: string[] = []
  const log = { ...silentLogger, error: (_fields: object, event: string) => said.push(event) }
  const app = await createAppContext(testConfig(through.href), { logger: log })
  let starts = 0
  const sender: Pick<Sender, 'start'> = { start: () => (starts += 1) }

  postgres.cut('reset')
  const guard = startGuarded(app, sender as Sender)
  try {
    // It asks again, and has not begun to send in between.
    await eventually(() => said.filter((event) => event === 'restore.witness.failed').length >= 2)
    expect(starts).toBe(0)
  } finally {
    guard.stop()
    postgres.heal()
    await app.dispose()
    await postgres.close()
    await database.drop()
  }
})

test('look-ups wait from the moment on that the database is another one, before anybody has written that down', async () => {
  const database = await createTestDatabase()
  const app = await createAppContext(testConfig(database.url), { logger: silentLogger })
  try {
    await watchDatabase(app)
    expect(await isSendingLocked(app)).toBe(false)
    await readQuery(
      database.db,
      `/* test */ update platform_control set database_identity = 'another/1/00000001'`,
    )
    expect(await isSendingLocked(app)).toBe(true)
  } finally {
    await app.dispose()
    await database.drop()
  }
})
