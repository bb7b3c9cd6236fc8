import type { ContactId } from '../../kernel/ids.js'
import { currentPriceBook, priceOf } from '../credits/index.js'
import type { CampaignDeps, Caller, TextMeasure } from './campaign-deps.js'
import { readTemplate, type TemplateCheck } from './check-content.js'
import { checkAudience, type AudienceCheck } from './check-audience.js'
import type { AudienceInput } from './domain/audience.js'
import { readFooter, type FooterReading, type Purpose } from './domain/opt-out-footer.js'
import { tidyTemplate } from '../../kernel/parse-template.js'
import { renderTemplate } from '../../kernel/render-template.js'
import type { SkipReason } from './domain/skip-reason.js'
import { fieldsOf } from './domain/merge-fields.js'
import { readAccountRules } from './store/account-rules.js'
import { readAudiencePage, type AudienceMember } from './store/audience.js'

export interface PreviewInput {
  purpose: Purpose
  template: string
  optOutFooter?: string | null
  audience?: AudienceInput
}

export interface PreviewSample {
  contactId: ContactId
  /** Null when this contact would be skipped. */
  body: string | null
  skipReason: SkipReason | null
  measure: TextMeasure | null
  credits: number | null
}

export type PreviewResult =
  | { ok: true; samples: PreviewSample[] }
  | Extract<AudienceCheck, { ok: false }>
  | Extract<TemplateCheck, { ok: false }>
  | Extract<FooterReading, { ok: false }>

const SAMPLES_MAX = 5

/** How a template reads for the first contacts of an audience, without a campaign and without storing anything. */
export async function previewTemplate(
  deps: CampaignDeps,
  caller: Caller,
  input: PreviewInput,
): Promise<PreviewResult> {
  const { accountId } = caller
  const reading = await readTemplate(deps, accountId, tidyTemplate(input.template))
  if (!reading.ok) return reading
  const footer = readFooter(input.purpose, input.optOutFooter)
  if (!footer.ok) return footer
  const chosen = await checkAudience(deps, accountId, input.audience ?? {})
  if (!chosen.ok) return chosen
  const { audience } = chosen
  const book = await currentPriceBook(deps.db, deps.clock.now().toJSDate())
  const { allowedCountries } = await readAccountRules(deps.db, accountId)
  const pricedCountries = [...book.creditsPerSegment.keys()]
  const query = { accountId, audience, purpose: input.purpose, allowedCountries, pricedCountries }
  const members = await readAudiencePage(deps.db, query, { after: null, limit: SAMPLES_MAX })

  const sample = ({ contactId, contact, skipReason }: AudienceMember): PreviewSample => {
    const text = renderTemplate(reading.template, footer.footer, fieldsOf(contact))
    if (!text.ok) return { contactId, body: null, skipReason: text.reason, measure: null, credits: null }
    const measure = deps.measureSegments(text.body)
    return {
      contactId,
      body: text.body,
      skipReason,
      measure,
      credits: priceOf(book, contact.country, measure.segments),
    }
  }
  return { ok: true, samples: members.map(sample) }
}
