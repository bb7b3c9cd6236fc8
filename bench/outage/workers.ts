import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { localAccount } from '../../src/local/carrier/options.js'
import { childEnvironment } from '../../src/local/environment.js'
import type { Stage } from '../support/stage.js'

const compiled = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../src')
const LAST_WORDS_MAX = 4_000

export interface Workers {
  start: () => void
  lastWords: () => string
  stop: () => Promise<void>
}

/** The program's workers as in production; only waiting times that have nothing to do with pace are shortened. */
export function startWorkers(stage: Stage, options: { workers: number; limitPerSecond: number }): Workers {
  const children: ChildProcess[] = []
  let said = ''
  const env = childEnvironment({
    ROLE: 'worker',
    HOST: '127.0.0.1',
    PORT: '0',
    LOG_LEVEL: 'warn',
    DATABASE_URL: stage.databaseUrl,
    MONGODB_URL: '',
    PUBLIC_BASE_URL: 'http://127.0.0.1:9',
    TWILIO_ACCOUNT_SID: localAccount.accountSid,
    TWILIO_AUTH_TOKEN: localAccount.authToken,
    TWILIO_FROM: localAccount.from,
    TWILIO_MESSAGING_SERVICE_SID: '',
    TWILIO_OAUTH_CLIENT_ID: localAccount.oauthClientId,
    TWILIO_OAUTH_CLIENT_SECRET: localAccount.oauthClientSecret,
    TWILIO_API_BASE_URL: stage.carrierUrl,
    SENDER_SEGMENTS_PER_SECOND: String(options.limitPerSecond),
    SEND_CONCURRENCY: '100',
    CARRIER_TIMEOUT_SECONDS: '5',
    CREDENTIAL_TTL_SECONDS: '20',
    CLOCK_SKEW_SECONDS: '1',
    LIST_LAG_SECONDS: '2',
    SWEEP_INTERVAL_SECONDS: '1',
    RETRY_FIRST_SECONDS: '2',
  })
  return {
    start: () => {
      for (let index = 0; index < options.workers; index += 1) {
        const child = fork(path.join(compiled, 'main.js'), [], {
          env,
          execArgv: [
            '--enable-source-maps',
            '--import',
            path.join(compiled, 'local/processes/follow-parent.js'),
          ],
          stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
        })
        const listen = (chunk: Buffer): void => {
          said = (said + chunk.toString()).slice(-LAST_WORDS_MAX)
        }
        child.stdout?.on('data', listen)
        child.stderr?.on('data', listen)
        children.push(child)
      }
    },
    lastWords: () => said,
    stop: async () => {
      await Promise.all(
        children.map(async (child) => {
          if (child.exitCode !== null || child.signalCode !== null) return
          const ended = once(child, 'exit')
          child.kill('SIGTERM')
          await ended
        }),
      )
    },
  }
}
