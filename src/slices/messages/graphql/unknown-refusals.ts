import { commonRefusals, type RefusalTable } from '../../../platform/graphql/index.js'

export const decideRefusals = {
  ...commonRefusals,
  'reason-missing': {
    message: 'A decision needs a reason.',
    remedy: 'Say why; the reason stays in the history of the message.',
  },
  'outcome-known': {
    message: 'The outcome of this call is known, or the call is not over yet.',
    remedy: 'There is nothing to decide; look at the call again.',
  },
  'too-early': {
    message: 'The carrier may still take this call, or may not show yet that it has.',
    remedy: 'Wait until `nextStepAt`; then the list of the carrier is complete.',
  },
  'closed-already': {
    message: 'This call was closed without proof and is never made again.',
    remedy: 'Send the text as a new message if it is worth the risk that it arrives twice.',
  },
  'given-back-already': {
    message: 'The credits of this call were given back already.',
    remedy: 'There is nothing to do; a proof that comes later is charged by itself.',
  },
  'fence-not-proved': {
    message:
      'It was not proved that the carrier refuses late calls when this one was made: it may still arrive.',
    remedy:
      'Charge it or give it back. To take the risk that it arrives twice, send it as a new message, which is paid for itself.',
  },
  'not-looked-up': {
    message: 'The list of the carrier has not been read since it must be complete, or it has the text.',
    remedy: 'Wait for the next look-up; when it finds nothing, decide again.',
  },
  'no-calls-left': {
    message: 'This message has used up its calls to the carrier.',
    remedy: 'Charge it or give it back, and send it as a new message.',
  },
} as const satisfies RefusalTable<string>
