import { describeJobs } from './jobs-suite.js'
import { openPostgresStore } from './postgres-under-test.js'

describeJobs('Postgres', openPostgresStore)
