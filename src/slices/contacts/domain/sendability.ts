import type { ConsentState } from './consent.js'
import type { Purpose } from './contact.js'

export interface Sendability {
  purpose: Purpose
  mayText: boolean
  /** One sentence for people. */
  words: string
}

const howGranted: Readonly<Record<ConsentState['method'], string>> = {
  web_form: 'on a web form',
  keyword: 'by texting a keyword',
  verbal: 'verbally',
  paper: 'on paper',
  import: 'according to an imported file',
  api: 'through your system',
  inbound_sms: 'by text',
  carrier_21610: 'at the carrier',
  admin: 'through an administrator',
}

/** Says in words whether consent allows texts of this purpose, and why. Credits, quiet hours and limits are asked later. */
export function describeSendability(purpose: Purpose, state: ConsentState | undefined): Sendability {
  if (state === undefined)
    return { purpose, mayText: false, words: `No consent for ${purpose} texts is on record.` }
  const day = state.occurredAt.toISOString().slice(0, 10)
  if (state.granted)
    return {
      purpose,
      mayText: true,
      words: `Opted in to ${purpose} texts ${howGranted[state.method]} on ${day}.`,
    }
  if (state.undoesImport)
    return {
      purpose,
      mayText: false,
      words: `The import that granted ${purpose} texts was undone on ${day}.`,
    }
  if (state.method === 'carrier_21610')
    return {
      purpose,
      mayText: false,
      words: `The carrier reported on ${day} that this person has texted STOP.`,
    }
  return {
    purpose,
    mayText: false,
    words: `Opted out of ${purpose} texts ${howGranted[state.method]} on ${day}.`,
  }
}
