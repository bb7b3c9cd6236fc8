import type { EmailState } from './email-state.js'

/** Where an e-mail stands, in a sentence for people. */
export const emailWords: Readonly<Record<EmailState, string>> = {
  waiting: 'It waits to be sent as an e-mail instead.',
  sending:
    'It is being sent as an e-mail instead; if this stays, nobody knows whether it went, and it is not repeated.',
  sent: 'Sent as e-mail instead.',
  withheld: 'It was not sent as an e-mail either: nothing allowed it any more.',
  failed: 'The mail server did not take it as an e-mail either.',
  uncertain: 'It may have gone as an e-mail: the mail server never said. It is not repeated.',
}
