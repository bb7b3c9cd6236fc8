import 'reflect-metadata'
import { startTemporaryPostgres } from '../src/local/postgres/temporary-postgres.js'
import { prepareDatabase } from './database/prepare-database.js'
import { connect, SharedConnection } from './database/shared-connection.js'
import { Inspector } from './oracle/inspector.js'
import { runSeed } from './run-seed.js'
import { asItIs } from './world/make-world.js'
import { replaceTimers } from './world/virtual-timers.js'
const server = await startTemporaryPostgres('postgres', { autovacuum: 'off', unix_socket_directories: '/tmp' })
const url = await prepareDatabase(server.url, 'sim1')
const c = await connect(url)
const c2 = await connect(url)
const realSet = setTimeout, realClear = clearTimeout
replaceTimers()
const connection = new SharedConnection(c, new Map())
const inspector = await Inspector.on(c2)
const [from, n] = process.argv.slice(2).map(Number)
let steps = 0, texts = 0
const t = performance.now()
let bad = 0
const verbose = process.argv.includes('-v')
for (let s = from!; s < from! + n!; s++) {
  try {
  const r = await runSeed(s, { connection, inspector, variation: asItIs })
  steps += r.steps; texts += r.texts
  if (verbose || r.violations.length > 0) { bad++; console.log('seed', s, r.violations, verbose || bad < 3 ? '\n' + r.lines.join('\n') : '') }
  } catch (e) { console.log('seed', s, 'threw', e); bad++; break }
}
const ms = performance.now() - t
console.log({ seeds: n, ms, perSeed: ms / n!, steps: steps / n!, texts: texts / n!, stmts: connection.statements / n!, bad })
console.log((await c2.query('select * from simulation_move order by 1,2,3')).rows.map((r) => Object.values(r).join(' ')).join('\n'))
Object.assign(globalThis, { setTimeout: realSet, clearTimeout: realClear })
await c.end(); await c2.end()
await server.stop()
