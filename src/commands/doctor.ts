import 'reflect-metadata'
import { createAppContext } from '../app/app-context.js'
import { loadConfig } from '../config/config.js'
import { clockOffsetMs, isClockRight } from '../platform/db/clock-offset.js'
import { readDotEnv } from '../local/environment.js'
import { complain, say } from '../local/print.js'
import { recordFence } from '../slices/accounts/index.js'
import { currentPriceBook } from '../slices/credits/index.js'
import { checkPayments } from './doctor/check-payments.js'

/**
 * Checks what the program rests on, without sending a text or moving money: the database, the price book, payments, the
 * carrier account, and whether the carrier refuses an expired credential. Only when it does may accounts choose policy P1
 * (resend after proof).
 */
async function main(): Promise<number> {
  readDotEnv()
  const app = await createAppContext(loadConfig())
  try {
    const book = await currentPriceBook(app.db, app.clock.now().toJSDate())
    say(
      `database   answers; price book ${String(book.version)} with ${String(book.creditsPerSegment.size)} countries is in force`,
    )
    const offMs = await clockOffsetMs(app.db, app.clock)
    const isRight = isClockRight(offMs, app.config.protocol.clockSkewMs)
    say(
      `clock      ${isRight ? 'agrees with' : `is ${String(offMs)} ms off`} the database's${isRight ? '' : '; nothing is sent until it is right'}`,
    )
    const payments = await checkPayments(app)
    for (const line of payments.lines) say(line)
    const balance = await app.carrier.balance()
    say(
      `carrier    ${balance.kind === 'found' ? `answers; its balance is ${balance.balance} ${balance.currency}` : `does not tell its balance: ${balance.cause}`}`,
    )
    const proof = await app.carrier.proveFence()
    await recordFence({ db: app.db, clock: app.clock }, proof.proved)
    if (proof.proved) {
      say(
        `fence      proved: a valid credential was taken (${String(proof.validStatus)}), an expired one refused (${String(proof.expiredStatus)})`,
      )
      say('           Accounts may choose policy P1: what the carrier provably never took is sent again.')
      return payments.healthy && isRight ? 0 : 1
    }
    say(`fence      not proved: ${proof.detail}`)
    say('           Every account works under policy P0: what is not proved is never sent again.')
    return proof.reason === 'no-fence' && payments.healthy && isRight ? 0 : 1
  } finally {
    await app.dispose()
  }
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    complain(error instanceof Error ? error.message : String(error))
    process.exit(1)
  },
)
