import { describe, test } from '@jest/globals'
import { describeJobs } from './jobs-suite.js'
import { openMongodbStore } from './mongodb-under-test.js'

const serverUrl = process.env['TEST_MONGODB_URL'] ?? ''

if (serverUrl !== '') describeJobs('MongoDB', () => openMongodbStore(serverUrl))
else {
  describe('jobs on MongoDB', () => {
    test.skip('skipped: TEST_MONGODB_URL names no server (scripts/ferretdb.mjs starts one)', () => undefined)
  })
}
