import type { AccountId } from '../../kernel/ids.js'
import type { CampaignDeps } from './campaign-deps.js'
import { checkAudience, type AudienceCheck } from './check-audience.js'
import type { AudienceInput } from './domain/audience.js'
import { contactFieldNames } from './domain/merge-fields.js'
import { readFooter, type FooterReading, type Purpose } from './domain/opt-out-footer.js'
import {
  parseTemplate,
  tidyTemplate,
  unknownField,
  type ParsedTemplate,
  type TemplateProblem,
} from '../../kernel/parse-template.js'
import { knownAttributes } from './store/audience.js'
import type { CampaignContent } from './store/campaigns.js'

/** What an author writes. */
export interface ContentInput {
  purpose: Purpose
  template: string
  /** Left out: our wording for marketing, none for transactional. */
  optOutFooter?: string | null
  audience: AudienceInput
  ownCapCredits?: number | null
  expiresAt?: Date | null
}

export type ContentRefusal =
  | { ok: false; reason: 'template-invalid' | 'field-unknown'; problem: TemplateProblem }
  | { ok: false; reason: 'cap-out-of-range' | 'expiry-in-the-past' }
  | Extract<AudienceCheck, { ok: false }>
  | Extract<FooterReading, { ok: false }>

export type ContentCheck = { ok: true; content: CampaignContent } | ContentRefusal

const CAP_CREDITS_MAX = 1_000_000_000

/** Everything that can be refused about a campaign's content before anybody is quoted or texted. */
export async function checkContent(
  deps: CampaignDeps,
  accountId: AccountId,
  input: ContentInput,
): Promise<ContentCheck> {
  const template = tidyTemplate(input.template)
  const reading = await readTemplate(deps, accountId, template)
  if (!reading.ok) return reading
  const footer = readFooter(input.purpose, input.optOutFooter)
  if (!footer.ok) return footer
  const chosen = await checkAudience(deps, accountId, input.audience)
  if (!chosen.ok) return chosen
  const cap = input.ownCapCredits ?? null
  if (cap !== null && !isCap(cap)) return { ok: false, reason: 'cap-out-of-range' }
  const expiresAt = input.expiresAt ?? null
  if (expiresAt !== null && expiresAt <= deps.clock.now().toJSDate())
    return { ok: false, reason: 'expiry-in-the-past' }
  return {
    ok: true,
    content: {
      purpose: input.purpose,
      template,
      optOutFooter: footer.footer,
      audience: chosen.audience,
      ownCapCredits: cap,
      expiresAt,
    },
  }
}

export function isCap(credits: number): boolean {
  return Number.isSafeInteger(credits) && credits >= 1 && credits <= CAP_CREDITS_MAX
}

export type TemplateCheck =
  | { ok: true; template: ParsedTemplate }
  | { ok: false; reason: 'template-invalid' | 'field-unknown'; problem: TemplateProblem }

/** Reads a template and refuses fields that no contact of the account has: a misspelt field would skip everybody. */
export async function readTemplate(
  deps: Pick<CampaignDeps, 'db'>,
  accountId: AccountId,
  text: string,
): Promise<TemplateCheck> {
  const reading = parseTemplate(text)
  if (!reading.ok) return { ok: false, reason: 'template-invalid', problem: reading.problem }
  const names = new Set(reading.template.fields.map(({ field }) => field))
  const attributes = [...names].filter((name) => !contactFieldNames.includes(name))
  const known = await knownAttributes(deps.db, accountId, attributes)
  const problem = unknownField(reading.template, new Set([...contactFieldNames, ...known]))
  return problem === null ? reading : { ok: false, reason: 'field-unknown', problem }
}
