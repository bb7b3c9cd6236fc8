import 'reflect-metadata'
import { readEnv } from './src/config/env.js'
import { createDataSource } from './src/platform/db/data-source.js'

/** For the TypeORM command line (`npm run typeorm -- migration:show`); the program makes its own. */
export const AppDataSource = createDataSource({
  url: readEnv().DATABASE_URL ?? '',
  poolSize: 2,
  applicationName: 'typeorm-cli',
})
