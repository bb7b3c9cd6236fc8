import SMTPConnection from 'nodemailer/lib/smtp-connection'
import { assertNoTransaction } from '../../../platform/db/transaction.js'
import { crashPoint } from '../../../platform/faults/crash-point.js'
import type { Email, Mailer, MailOutcome } from '../mailer.js'
import { composeEmail } from './compose-email.js'

export interface SmtpSettings {
  url: string
  from: string
}

const CONNECT_TIMEOUT_MS = 10_000
const IDLE_TIMEOUT_MS = 30_000
/** For the whole conversation, however slowly the server drips. */
const DEADLINE_MS = 120_000

/**
 * Speaks SMTP through nodemailer, one connection for one e-mail. The steps are taken one by one, because only they tell
 * what a broken connection means: before the e-mail is offered nothing was sent; afterwards, without an answer, nobody knows.
 */
export function createSmtpMailer(settings: SmtpSettings, deadlineMs = DEADLINE_MS): Mailer {
  return {
    send: async (email) => {
      assertNoTransaction()
      const bytes = await composeEmail(email, settings.from)
      crashPoint('emails.smtp:begins')
      const outcome = await converse(settings, email, bytes, deadlineMs)
      crashPoint('emails.smtp:answered')
      return outcome
    },
  }
}

function converse(
  settings: SmtpSettings,
  email: Email,
  bytes: Buffer,
  deadlineMs: number,
): Promise<MailOutcome> {
  const { connection, auth } = connectionTo(settings.url)
  let step: Step = 'connect'
  return new Promise((resolve) => {
    const end = (outcome: MailOutcome): void => {
      clearTimeout(timer)
      connection.close()
      resolve(outcome)
    }
    const fail = (error: { responseCode?: number | undefined } | null): void => {
      end(outcomeOf(step, error?.responseCode ?? null))
    }
    const timer = setTimeout(() => {
      fail(null)
    }, deadlineMs)
    // Stays for as long as the socket may say something: an error that nobody hears ends the process.
    connection.on('error', fail)
    const offer = (): void => {
      step = 'offer'
      connection.send({ from: settings.from, to: email.to }, bytes, (error) => {
        if (error) fail(error)
        else end({ kind: 'sent' })
      })
    }
    connection.connect((error) => {
      if (error) {
        fail(error)
      } else if (auth === null) {
        offer()
      } else {
        step = 'sign-in'
        connection.login(auth, (refused) => {
          if (refused) fail(refused)
          else offer()
        })
      }
    })
  })
}

type Step = 'connect' | 'sign-in' | 'offer'

/** An answer of the server to the e-mail decides; without one it depends on whether the server had been offered it. */
function outcomeOf(step: Step, code: number | null): MailOutcome {
  if (step === 'connect') return { kind: 'later', reason: 'unreachable', code }
  // Nothing is wrong with the e-mail: somebody may mend the password.
  if (step === 'sign-in') return { kind: 'later', reason: 'sign-in', code }
  if (code === null || code < 400) return { kind: 'uncertain', reason: 'no-answer', code }
  return { kind: code < 500 ? 'later' : 'failed', reason: 'refused', code }
}

function connectionTo(address: string): {
  connection: SMTPConnection
  auth: { user: string; pass: string } | null
} {
  const url = new URL(address)
  const secure = url.protocol === 'smtps:'
  const user = decodeURIComponent(url.username)
  const connection = new SMTPConnection({
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (secure ? 465 : 587) : Number(url.port),
    secure,
    // A password is not said in the clear.
    requireTLS: !secure && user !== '',
    connectionTimeout: CONNECT_TIMEOUT_MS,
    greetingTimeout: CONNECT_TIMEOUT_MS,
    socketTimeout: IDLE_TIMEOUT_MS,
  })
  return { connection, auth: user === '' ? null : { user, pass: decodeURIComponent(url.password) } }
}
