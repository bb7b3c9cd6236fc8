export interface Email {
  /** The same for every try, so that a mail server or reader can tell a repetition. */
  messageId: string
  to: string
  /** Who it comes from, as people know them. */
  brandName: string
  text: string
}

/** `sent`: the server took it. `later`, `failed`: it said so, or was never given the e-mail. `uncertain`: nobody knows. */
export type MailOutcome =
  { kind: 'sent' } | { kind: 'later' | 'failed' | 'uncertain'; reason: MailProblem; code: number | null }

export type MailProblem = 'unreachable' | 'sign-in' | 'refused' | 'no-answer'

/** Whatever takes e-mails. Expected trouble is an outcome; it does not throw. */
export interface Mailer {
  send(email: Email): Promise<MailOutcome>
}
