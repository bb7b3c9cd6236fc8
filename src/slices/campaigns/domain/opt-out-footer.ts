export const DEFAULT_OPT_OUT_FOOTER = 'Reply STOP to opt out.'
const FOOTER_LENGTH_MAX = 160

export type Purpose = 'transactional' | 'marketing'

export type FooterReading =
  | { ok: true; footer: string | null }
  | { ok: false; reason: 'footer-missing' | 'footer-without-stop' | 'footer-unusable' }

/**
 * The line under every text. Marketing always has one, and it names STOP as a word, because that is what people are to
 * reply; nothing said means our wording. Transactional texts have one only when the author gives it.
 */
export function readFooter(purpose: Purpose, given: string | null | undefined): FooterReading {
  if (given === undefined)
    return { ok: true, footer: purpose === 'marketing' ? DEFAULT_OPT_OUT_FOOTER : null }
  if (given === null || given.trim() === '') {
    return purpose === 'marketing' ? { ok: false, reason: 'footer-missing' } : { ok: true, footer: null }
  }
  const footer = given.trim()

  const usable =
    footer.length <= FOOTER_LENGTH_MAX && !/[\u0000-\u001f\u007f-\u009f]|\{\{|\p{Surrogate}/u.test(footer)
  if (!usable) return { ok: false, reason: 'footer-unusable' }
  if (purpose === 'marketing' && !/(?<![A-Za-z0-9_])STOP(?![A-Za-z0-9_])/i.test(footer)) {
    return { ok: false, reason: 'footer-without-stop' }
  }
  return { ok: true, footer }
}
