// Our own renderer: the logic-less libraries have sections, partials and dotted paths, and no fallback for one value.
import { fieldValue, type MergeContact } from './merge-fields.js'
import type { ParsedTemplate } from './parse-template.js'

/** The carrier refuses longer bodies. */
export const BODY_LENGTH_MAX = 1_600

export type RenderedText =
  | { ok: true; body: string }
  | { ok: false; reason: 'field_missing'; field: string }
  | { ok: false; reason: 'body_empty' }
  | { ok: false; reason: 'body_too_long'; length: number }

/**
 * The finished text for one contact. Values are put in once and never looked at again, so a contact called
 * `{{first_name}}` gets exactly that. A missing value without a fallback refuses: nobody is greeted as "Hi ,".
 */
export function renderTemplate(
  template: ParsedTemplate,
  footer: string | null,
  contact: MergeContact,
): RenderedText {
  let text = ''
  for (const part of template.parts) {
    if (typeof part === 'string') {
      text += part
      continue
    }
    const value = fieldValue(contact, part.field) ?? part.fallback
    if (value === null) return { ok: false, reason: 'field_missing', field: part.field }
    text += value
  }
  if (text.trim() === '') return { ok: false, reason: 'body_empty' }
  const body = footer === null ? text : `${text}\n${footer}`
  if (body.length > BODY_LENGTH_MAX) return { ok: false, reason: 'body_too_long', length: body.length }
  return { ok: true, body }
}
