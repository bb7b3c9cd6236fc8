import { createHash } from 'node:crypto'
import { verifyTwilioSignature, type CallbackForm } from '../../carrier/index.js'
import type { Inbox } from '../../webhooks/index.js'

export interface TwilioWebhookDeps {
  inbox: Inbox
  /** All tokens in force: two while one is being replaced. */
  authTokens: readonly string[]
  /** Where the carrier reaches us, as it was configured; signatures cover it, and no header may say otherwise. */
  publicBaseUrl: string
}

/** A call as the web server hands it over. */
export interface ProviderCall {
  readonly params: Readonly<Record<string, string>>
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly pathAndQuery: string
  readonly rawBody: Buffer
}

export interface ProviderAnswer {
  readonly status: number
  readonly contentType?: string
  readonly body?: string
}

export type GenuineCall = { genuine: true; form: Form } | { genuine: false; answer: ProviderAnswer }
type Form = Record<string, string | string[]>

const formType = 'application/x-www-form-urlencoded'

/**
 * Is this the carrier? 415 for anything but a form, 400 without a signature, 403 when it is not the signature of
 * exactly this address and form by one of our tokens. Nothing of the call is believed before.
 */
export function readTwilioCall(deps: TwilioWebhookDeps, call: ProviderCall): GenuineCall {
  const type = single(call.headers['content-type']) ?? ''
  if (type.split(';', 1)[0]?.trim().toLowerCase() !== formType) return refuse(415, 'A form is expected.')
  const signature = single(call.headers['x-twilio-signature'])
  if (signature === undefined || signature === '') return refuse(400, 'The signature is missing.')
  const form = readForm(call.rawBody)
  const url = `${deps.publicBaseUrl}${call.pathAndQuery}`
  if (!verifyTwilioSignature(deps.authTokens, url, form, signature))
    return refuse(403, 'The signature is wrong.')
  return { genuine: true, form }
}

/** Tells calls apart that name no message. */
export function hashOf(call: ProviderCall): string {
  return createHash('sha256').update(call.rawBody).digest('hex')
}

export const inboxFull: ProviderAnswer = { status: 503, body: 'Try again later.' }

export function field(form: CallbackForm, name: string): string | undefined {
  return single(form[name])
}

function refuse(status: number, body: string): GenuineCall {
  return { genuine: false, answer: { status, body } }
}

function single(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : value?.[0]
}

/** Every field, unknown ones too: the carrier adds fields without notice, and its signature covers all of them. */
function readForm(body: Buffer): Form {
  const fields = new Map<string, string | string[]>()
  for (const [name, value] of new URLSearchParams(body.toString('utf8'))) {
    const earlier = fields.get(name)
    if (earlier === undefined) fields.set(name, value)
    else fields.set(name, typeof earlier === 'string' ? [earlier, value] : [...earlier, value])
  }
  // Defines own properties only, whatever the names are.
  return Object.fromEntries(fields)
}
