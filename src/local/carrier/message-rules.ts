import type { Behaviour } from './options.js'
import { refuse, type Refusal } from './refusals.js'

export interface CreateForm {
  to: string
  from: string | null
  messagingServiceSid: string | null
  body: string
  callback: string | null
  validitySeconds: number
}

const e164 = /^\+[1-9]\d{6,14}$/
const shortCode = /^\d{3,8}$/
const alphanumeric = /^(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11}$/
const service = /^MG[0-9a-fA-F]{32}$/
const bodyLengthMax = 1_600
const validitySecondsMax = 36_000

const magicPrefix = '+1500555'
/** The API's own test numbers; they work here beside ordinary ones. */
const magicRecipients: Readonly<Record<string, number>> = {
  '+15005550001': 21211,
  '+15005550002': 21612,
  '+15005550003': 21408,
  '+15005550004': 21610,
  '+15005550009': 21614,
}
const magicSenders: Readonly<Record<string, number>> = {
  '+15005550001': 21212,
  '+15005550007': 21606,
  '+15005550008': 21611,
}
/** `+1 500 54 CCCCC` is refused with code CCCCC; `+1 500 53 CCCCC` is accepted and then reported so. */
const scriptedRefusal = /^\+150054(\d{5})$/
const scriptedDelivery = /^\+150053(\d{5})$/

/** The first rule that the request breaks, in the order in which the API checks. */
export function checkCreate(
  form: CreateForm,
  behaviour: Behaviour,
  optedOut: ReadonlySet<string>,
): Refusal | null {
  return (
    checkShape(form) ??
    checkSender(form, behaviour) ??
    checkRecipient(form.to, behaviour) ??
    (optedOut.size > 0 && optedOut.has(optOutKey(form.messagingServiceSid ?? form.from ?? '', form.to))
      ? refuse(21610)
      : null)
  )
}

function checkShape(form: CreateForm): Refusal | null {
  if (form.to === '') return refuse(21604)
  if (form.from === null && form.messagingServiceSid === null) return refuse(21603)
  if (form.body === '') return refuse(21602)
  if (form.body.length > bodyLengthMax) return refuse(21617)
  const { validitySeconds } = form
  if (!Number.isInteger(validitySeconds) || validitySeconds < 1 || validitySeconds > validitySecondsMax)
    return refuse(21624)
  return form.callback !== null && !isCallbackUrl(form.callback) ? refuse(21609) : null
}

function checkSender(form: CreateForm, behaviour: Behaviour): Refusal | null {
  if (form.messagingServiceSid !== null && !service.test(form.messagingServiceSid)) return refuse(21705)
  if (form.from !== null) {
    const refusal = checkFrom(form.from)
    if (refusal !== null) return refusal
  }
  const sender = form.messagingServiceSid ?? form.from ?? ''
  return behaviour.ownedSenders.length > 0 && !behaviour.ownedSenders.includes(sender) ? refuse(21606) : null
}

function checkFrom(from: string): Refusal | null {
  const magic = from.startsWith(magicPrefix) ? magicSenders[from] : undefined
  if (magic !== undefined) return refuse(magic)
  return e164.test(from) || shortCode.test(from) || alphanumeric.test(from) ? null : refuse(21212)
}

function checkRecipient(to: string, behaviour: Behaviour): Refusal | null {
  const scripted =
    scriptOf(to, behaviour)?.refuse ?? (to.startsWith(magicPrefix) ? magicRecipients[to] : undefined)
  if (scripted !== undefined) return refuse(scripted)
  if (!e164.test(to)) return refuse(21211)
  if (to.startsWith('+150054')) {
    const code = scriptedRefusal.exec(to)?.[1]
    if (code !== undefined) return refuse(Number(code))
  }
  return behaviour.deniedPrefixes.some((prefix) => to.startsWith(prefix)) ? refuse(21408) : null
}

/** A look-up by a text that was never seen before is dear, and almost no number has a script. */
function scriptOf(to: string, behaviour: Behaviour): Behaviour['numbers'][string] | undefined {
  return behaviour.hasScripts ? behaviour.numbers[to] : undefined
}

/** The delivery code that the number itself asks for, null for delivered, undefined when it asks for nothing. */
export function scriptedOutcome(to: string, behaviour: Behaviour): number | null | undefined {
  const scripted = scriptOf(to, behaviour)?.deliver
  if (scripted !== undefined) return scripted
  if (!to.startsWith('+150053')) return undefined
  const code = scriptedDelivery.exec(to)?.[1]
  return code === undefined ? undefined : Number(code)
}

export function optOutKey(sender: string, phone: string): string {
  return `${sender}|${phone}`
}

/** A host name with an underscore is refused too; the API says so, and it surprises people. */
const callbackShape = /^https?:\/\/[^/?#_\s]+([/?#]\S*)?$/

function isCallbackUrl(text: string): boolean {
  return callbackShape.test(text)
}
