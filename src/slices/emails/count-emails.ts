import type { MailOutcome } from './mailer.js'

/** Told of each try that was written down, and of each e-mail that was decided against. */
export type CountEmail = (outcome: MailOutcome['kind'] | 'withheld') => void

export { countWaitingEmails } from './store/email-rows.js'
