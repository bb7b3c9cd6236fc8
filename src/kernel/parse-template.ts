/** `{{first_name}}` or `{{first_name|there}}`: the text after the bar stands in for a missing value, even if it is empty. */
export interface MergeField {
  field: string
  fallback: string | null
  /** Of the first brace, counted from 1. */
  position: number
}

export type TemplatePart = string | MergeField

export interface ParsedTemplate {
  parts: readonly TemplatePart[]
  /** In order of appearance; a field that is used twice stands twice. */
  fields: readonly MergeField[]
}

export interface TemplateProblem {
  /** Of the character where it begins, counted from 1. */
  position: number
  message: string
}

export type TemplateReading = { ok: true; template: ParsedTemplate } | { ok: false; problem: TemplateProblem }

export const TEMPLATE_LENGTH_MAX = 1_600
const fieldName = /^[A-Za-z0-9_]{1,60}$/

const unusable = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]|\p{Surrogate}/u

/** Line ends become one character; nothing else of what the author wrote is changed. */
export function tidyTemplate(text: string): string {
  return text.replace(/\r\n?/g, '\n')
}

/** Reads a template once, for any number of recipients. Says where and why when it is not one. */
export function parseTemplate(text: string): TemplateReading {
  if (text.trim() === '') return problem(1, 'The template is empty.')
  if (text.length > TEMPLATE_LENGTH_MAX) {
    return problem(
      TEMPLATE_LENGTH_MAX + 1,
      `The template has more than ${String(TEMPLATE_LENGTH_MAX)} characters.`,
    )
  }
  const bad = unusable.exec(text)
  if (bad !== null) return problem(bad.index + 1, 'This character cannot be sent.')
  const parts: TemplatePart[] = []
  let at = 0
  while (at < text.length) {
    const open = text.indexOf('{{', at)
    if (open === -1) break
    const close = text.indexOf('}}', open + 2)
    if (close === -1) return problem(open + 1, 'This field is not closed: }} is missing.')
    const field = readField(text.slice(open + 2, close), open + 1)
    if ('message' in field) return { ok: false, problem: field }
    if (open > at) parts.push(text.slice(at, open))
    parts.push(field)
    at = close + 2
  }
  if (at < text.length) parts.push(text.slice(at))
  return { ok: true, template: { parts, fields: parts.filter((part) => typeof part !== 'string') } }
}

function readField(inside: string, position: number): MergeField | TemplateProblem {
  const bar = inside.indexOf('|')
  const field = (bar === -1 ? inside : inside.slice(0, bar)).trim()
  const fallback = bar === -1 ? null : inside.slice(bar + 1)
  if (/[{}]/.test(inside)) return { position, message: 'A field cannot contain braces.' }
  if (field === '') return { position, message: 'This field has no name.' }
  if (!fieldName.test(field)) {
    return {
      position,
      message: `${JSON.stringify(field.slice(0, 60))} is not a field name: use letters, digits and _.`,
    }
  }
  if (fallback?.includes('\n')) return { position, message: 'A fallback is one line.' }
  return { field, fallback, position }
}

function problem(position: number, message: string): TemplateReading {
  return { ok: false, problem: { position, message } }
}

/** The first field that is none of the known ones, as a problem with its place; null when all are known. */
export function unknownField(template: ParsedTemplate, known: ReadonlySet<string>): TemplateProblem | null {
  const unknown = template.fields.find(({ field }) => !known.has(field))
  if (unknown === undefined) return null
  return { position: unknown.position, message: `There is no field ${JSON.stringify(unknown.field)}.` }
}
