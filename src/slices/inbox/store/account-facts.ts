import { assert } from '../../../kernel/assert.js'
import type { AccountId } from '../../../kernel/ids.js'
import type { Db } from '../../../platform/db/data-source.js'
import { readQuery, type Tx } from '../../../platform/db/transaction.js'
import type { CarrierAnswerSetting } from '../domain/carrier-keyword.js'
import type { ReplyLanguage } from '../domain/reply-language.js'

export interface InboxSettings {
  /** As texts name the account. */
  brandName: string
  helpContact: string | null
  language: ReplyLanguage
  carrierAnswers: CarrierAnswerSetting
  doubleOptIn: boolean
  optInHours: number
}

const SETTINGS_SQL = `select coalesce(s.brand_name, a.name) as "brandName", s.help_contact as "helpContact",
  coalesce(s.language, 'en') as language, coalesce(s.carrier_answers, 'by_sender') as "carrierAnswers",
  coalesce(s.double_opt_in, false) as "doubleOptIn", coalesce(s.opt_in_hours, 24)::int as "optInHours"
  from account a left join inbox_setting s on s.account_id = a.id where a.id = $1`

export async function readSettings(tx: Tx, accountId: AccountId): Promise<InboxSettings> {
  const [row] = await tx.query<InboxSettings>(`/* inbox.settings */ ${SETTINGS_SQL}`, [accountId])
  assert(row !== undefined, 'settings are asked for an account that is there')
  return row
}

export async function showSettings(db: Db, accountId: AccountId): Promise<InboxSettings> {
  const [row] = await readQuery<InboxSettings>(db, `/* inbox.showSettings */ ${SETTINGS_SQL}`, [accountId])
  assert(row !== undefined, 'settings are asked for an account that is there')
  return row
}

export interface SettingsChange {
  brandName?: string | null | undefined
  helpContact?: string | null | undefined
  language?: ReplyLanguage | undefined
  carrierAnswers?: CarrierAnswerSetting | undefined
  doubleOptIn?: boolean | undefined
  optInHours?: number | undefined
}

/** What is left out stays; null for the name or the contact takes it away. */
export async function writeSettings(
  tx: Tx,
  accountId: AccountId,
  change: SettingsChange,
  by: { actor: string; now: Date },
): Promise<void> {
  await tx.query(
    `/* inbox.writeSettings */
     insert into inbox_setting as s (account_id, brand_name, help_contact, language, carrier_answers, double_opt_in, opt_in_hours,
       changed_at, changed_by)
     values ($1, $3, $5, coalesce($6, 'en'), coalesce($7, 'by_sender'), coalesce($8, false), coalesce($9, 24), $10, $11)
     on conflict (account_id) do update set
       brand_name = case when $2 then $3 else s.brand_name end, help_contact = case when $4 then $5 else s.help_contact end,
       language = coalesce($6, s.language), carrier_answers = coalesce($7, s.carrier_answers),
       double_opt_in = coalesce($8, s.double_opt_in), opt_in_hours = coalesce($9, s.opt_in_hours), changed_at = $10, changed_by = $11`,
    [
      accountId,
      change.brandName !== undefined,
      change.brandName ?? null,
      change.helpContact !== undefined,
      change.helpContact ?? null,
      change.language ?? null,
      change.carrierAnswers ?? null,
      change.doubleOptIn ?? null,
      change.optInHours ?? null,
      by.now,
      by.actor,
    ],
  )
}

/** What a person is told at once instead of letting the gate refuse or hold the text. */
export interface SendingFacts {
  stopped: boolean
  subscriptionActive: boolean
  allowedCountries: string[]
  available: number
}

export async function readSendingFacts(tx: Tx, accountId: AccountId): Promise<SendingFacts> {
  const [row] = await tx.query<{
    stopped: boolean
    active: boolean
    allowed_countries: string[]
    available: string | null
  }>(
    `/* inbox.sendingFacts */
     select coalesce(c.sending_stopped_reason, c.billing_freeze) is not null as stopped,
       c.subscription_state in ('active', 'trialing') as active, c.allowed_countries, b.available
     from account_control c left join credit_balance b on b.account_id = c.account_id
     where c.account_id = $1 for share of c`,
    [accountId],
  )
  return {
    stopped: row?.stopped ?? true,
    subscriptionActive: row?.active ?? false,
    allowedCountries: row?.allowed_countries ?? [],
    available: Number(row?.available ?? 0),
  }
}
