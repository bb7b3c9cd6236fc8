import { cleanLine } from './text.js'

const EMAIL_MAX = 254
const shape = /^[^\s@"<>]+@[^\s@"<>]+\.[^\s@"<>]{2,}$/

/** An address as it is, or null when it plainly is none. Whether it works only a mail would show. */
export function emailFromText(text: string): string | null {
  const written = cleanLine(text, EMAIL_MAX)
  return shape.test(written) ? written : null
}
