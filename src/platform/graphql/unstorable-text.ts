import { badUserInput } from './request-errors.js'

/** Variables are JSON of at most 1 MiB, so this bounds cycles and hostile nesting rather than honest input. */
const NESTING_MAX = 32

/**
 * Postgres cannot store U+0000 in text, nor half of a surrogate pair in JSON: refuse both at the door, once for all
 * arguments, instead of failing on some write.
 */
export function refuseUnstorableText(value: unknown, nesting = 0): void {
  if (typeof value === 'string') {
    if (value.includes('\u0000')) throw badUserInput('Text must not contain the character U+0000.')
    if (/\p{Surrogate}/u.test(value)) throw badUserInput('Text must not contain half of a surrogate pair.')
    return
  }
  if (typeof value !== 'object' || value === null) return
  if (nesting > NESTING_MAX) throw badUserInput('The arguments are nested too deeply.')
  if (!Array.isArray(value) && !isPlain(value)) return
  for (const inner of Object.values(value)) refuseUnstorableText(inner, nesting + 1)
}

/** Parsed scalars such as dates are objects of their own class and hold no free text. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || prototype === Object.prototype
}
