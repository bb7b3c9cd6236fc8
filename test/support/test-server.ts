import 'reflect-metadata'
import { randomBytes } from 'node:crypto'
import { startTemporaryPostgres } from '../../src/local/postgres/temporary-postgres.js'
import { createDataSource } from '../../src/platform/db/data-source.js'
import { onServer, withDatabase } from './server-connection.js'

/**
 * One Postgres and one migrated template for the whole run; each test file clones the template. TEST_DATABASE_URL
 * names a server to use instead of the embedded one; its user must be allowed to make databases.
 */
export async function startTestServer(): Promise<() => Promise<void>> {
  const given = process.env['TEST_DATABASE_URL']
  const embedded = given === undefined || given === '' ? await startTemporaryPostgres('postgres') : undefined
  const serverUrl = embedded?.url ?? given ?? ''
  const template = `tollgate_template_${randomBytes(6).toString('hex')}`
  try {
    await onServer(serverUrl, `create database ${template}`)
    const dataSource = createDataSource({
      url: withDatabase(serverUrl, template),
      poolSize: 1,
      applicationName: 'test-template',
    })
    await dataSource.initialize()
    await dataSource.runMigrations()
    await dataSource.destroy()
  } catch (error) {
    await embedded?.stop()
    throw error
  }
  process.env['TOLLGATE_TEST_SERVER'] = serverUrl
  process.env['TOLLGATE_TEST_TEMPLATE'] = template
  return async () => {
    if (embedded) await embedded.stop()
    else await onServer(serverUrl, `drop database ${template} with (force)`)
  }
}
