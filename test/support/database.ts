import 'reflect-metadata'
import { randomBytes } from 'node:crypto'
import { createDataSource, type Db } from '../../src/platform/db/data-source.js'
import { onServer, withDatabase } from './server-connection.js'

export interface TestDatabase {
  db: Db
  url: string
  name: string
  /** Closes our pool, ends whoever else is connected, and removes the database. */
  drop(): Promise<void>
}

/** A database of its own for one test file: a clone of the migrated template, a few hundredths of a second old. */
export async function createTestDatabase(
  options: {
    poolSize?: number
    /** Another database to clone, one that nobody is connected to. */
    template?: string
  } = {},
): Promise<TestDatabase> {
  const server = required('TOLLGATE_TEST_SERVER')
  const template = options.template ?? required('TOLLGATE_TEST_TEMPLATE')
  const name = `test_${randomBytes(8).toString('hex')}`
  await onServer(server, `create database ${name} template ${template} strategy file_copy`)
  const url = withDatabase(server, name)
  const dataSource = createDataSource({ url, poolSize: options.poolSize ?? 20, applicationName: 'test' })
  await dataSource.initialize()
  return {
    db: { dataSource },
    url,
    name,
    drop: async () => {
      if (dataSource.isInitialized) await dataSource.destroy()
      await onServer(server, `drop database ${name} with (force)`)
    },
  }
}

/** Set by the global setup of this run. */
function required(variable: string): string {
  const value = process.env[variable]
  if (value === undefined)
    throw new Error(`${variable} is missing: run this through Jest, whose global setup sets it`)
  return value
}
