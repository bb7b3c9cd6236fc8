// Our own renderer: the logic-less libraries have sections, partials and dotted paths, and no fallback for one value.
import type { ParsedTemplate } from './parse-template.js'

/** The carrier refuses longer bodies. */
export const BODY_LENGTH_MAX = 1_600

export type RenderedText =
  | { ok: true; body: string }
  | { ok: false; reason: 'field_missing'; field: string }
  | { ok: false; reason: 'body_empty' }
  | { ok: false; reason: 'body_too_long'; length: number }

/**
 * The finished text for one person. Values are put in once and never looked at again, so a contact called
 * `{{first_name}}` gets exactly that. A missing value without a fallback refuses: nobody is greeted as "Hi ,".
 */
export function renderTemplate(
  template: ParsedTemplate,
  footer: string | null,
  valueOf: (field: string) => string | null,
): RenderedText {
  let text = ''
  for (const part of template.parts) {
    if (typeof part === 'string') {
      text += part
      continue
    }
    const value = valueOf(part.field) ?? part.fallback
    if (value === null) return { ok: false, reason: 'field_missing', field: part.field }
    text += value
  }
  if (text.trim() === '') return { ok: false, reason: 'body_empty' }
  const body = footer === null ? text : `${text}\n${footer}`
  if (body.length > BODY_LENGTH_MAX) return { ok: false, reason: 'body_too_long', length: body.length }
  return { ok: true, body }
}

/** Invisible characters that reorder or hide what surrounds them. Joiners stay: emoji and some scripts need them. */
const deceptive = /[\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g

const control = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g
const plainAscii = /^[\x20-\x7e]*$/

/** A value for a field as one line without deceptive characters; null when nothing is left of it. */
export function asFieldValue(value: string): string | null {
  const clean = plainAscii.test(value)
    ? value.trim()
    : value.replace(deceptive, '').replace(control, ' ').trim()
  return clean === '' ? null : clean
}
