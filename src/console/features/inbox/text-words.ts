import type { ReplyClass } from '../../generated/graphql.js'

interface Mark {
  label: string
  colour: string
}

/** What the classifier read an incoming text as. Anything else is for a person, and needs no mark. */
export const classMarks: Readonly<Record<ReplyClass, Mark | null>> = {
  OPT_OUT: { label: 'Opt-out', colour: 'red' },
  OPT_IN: { label: 'Opt-in', colour: 'teal' },
  HELP: { label: 'Asks for help', colour: 'blue' },
  CONFIRM: { label: 'Confirmation', colour: 'indigo' },
  OTHER: null,
}

/** What an incoming text did by itself. */
export const outcomeWords: Readonly<Record<string, string>> = {
  'opted-out': 'Followed at once: no more texts go to this number.',
  restored: 'Gave back what their STOP had withdrawn.',
  'opted-in': 'Confirmed the agreement that waited for it.',
  confirmed: 'Confirmed what was asked.',
  'nothing-to-restore': 'There was nothing to give back.',
}

/** What we wrote a text for by itself. */
export const automaticWords: Readonly<Record<string, string>> = {
  opt_out: 'Automatic: confirms the opt-out',
  help: 'Automatic: answers HELP',
  opt_in: 'Automatic: confirms the opt-in',
  nothing_to_restore: 'Automatic: says how to agree',
  opt_in_request: 'Automatic: asks to confirm',
  opt_in_confirmed: 'Automatic: the agreement counts',
}
