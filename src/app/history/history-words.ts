import { pauseWords } from '../../slices/campaigns/index.js'

/** What the administrative history tells of, as people look for it. */
export type HistoryKind =
  'members' | 'keys' | 'settings' | 'consents' | 'campaigns' | 'decisions' | 'credits' | 'sending'

const settingWords: Readonly<Record<string, string>> = {
  account: 'the settings of the account',
  inbox: 'how texts are answered by themselves',
  email: 'e-mails in place of texts',
  appointments: 'the texts about appointments',
}

const fixed: Readonly<Record<string, string>> = {
  hours_set: 'Set the quiet hours',
  decided_charge: 'Decided to charge a text whose outcome nobody knew',
  decided_give_back: 'Decided to give back the credits of a text whose outcome nobody knew',
  decided_send_again: 'Decided to send a text again whose outcome nobody knew',
  guard_held: 'The runaway guard held texts back',
  guard_approved: 'Let go what the runaway guard had held',
  may_send: 'The account may send',
  may_not_send: 'The account may not send',
  campaign_draft: 'Made a draft of the campaign',
  campaign_scheduled: 'Scheduled the campaign',
  campaign_running: 'Started or resumed the campaign',
  campaign_paused: 'Paused the campaign',
  campaign_completed: 'The campaign was completed',
  campaign_cancelled: 'Cancelled the campaign',
  consent_grant: 'Wrote down consent',
  consent_revoke: 'Wrote down an opt-out',
  imported: 'Imported contacts',
  credits_moved: 'Moved credits',
}

type Text = (name: string) => string

/** Sentences with something of the details in them. */
const sentences: Readonly<Record<string, (text: Text) => string>> = {
  member_added: (text) => `Added ${text('name')} as ${text('role')}`,
  member_role_changed: (text) => `Made ${text('name')} ${text('role')}`,
  member_removed: (text) => `Removed ${text('name')}`,
  key_created: (text) => `Made the API key “${text('name')}”`,
  key_revoked: (text) => `Revoked the API key “${text('name')}”`,
  operation_registered: (text) => `Registered ${text('operation')} for the key “${text('name')}”`,
  operation_removed: (text) => `Took ${text('operation')} from the key “${text('name')}”`,
  webhook_created: (text) => `Made a webhook endpoint at ${text('host')}`,
  webhook_changed: (text) => `Changed the webhook endpoint at ${text('host')}`,
  webhook_secret_rolled: (text) => `Rolled the secret of the webhook endpoint at ${text('host')}`,
  webhook_deleted: (text) => `Deleted the webhook endpoint at ${text('host')}`,
  webhook_disabled: (text) => `The webhook endpoint at ${text('host')} was switched off by itself`,
  settings_changed: (text) => `Changed ${settingWords[text('of')] ?? 'settings'}`,
}

/** What was done, in words; the details say the rest. */
export function actionWords(action: string, details: Readonly<Record<string, unknown>>): string {
  const text: Text = (name) => (typeof details[name] === 'string' ? details[name] : '')
  return sentences[action]?.(text) ?? fixed[action] ?? action.replaceAll('_', ' ')
}

/** In the sentence already, or of no use to people. */
const NOT_SHOWN = new Set(['of', 'name', 'role', 'operation', 'host', 'endpoint'])

interface Fact {
  name: string
  value: string
}

/** The details, flat, in an order that stays. */
export function detailFacts(action: string, details: Readonly<Record<string, unknown>>): Fact[] {
  const isCampaign = action.startsWith('campaign_')
  return Object.entries(details)
    .filter(([name]) => !NOT_SHOWN.has(name) || (isCampaign && name === 'name'))
    .flatMap(([name, value]) => (isCampaign && name === 'reason' ? pauseFacts(value) : factsOf(name, value)))
}

/** Why a campaign was paused, in the words that its own screen has for it. */
function pauseFacts(reason: unknown): Fact[] {
  if (typeof reason !== 'string') return []
  const known: Readonly<Record<string, { message: string }>> = pauseWords
  return [{ name: 'reason', value: known[reason]?.message ?? reason }]
}

/** What holds further values gives a fact for each of them; what is empty gives none. */
function factsOf(name: string, value: unknown): Fact[] {
  if (Array.isArray(value)) return value.length === 0 ? [] : [{ name, value: value.map(String).join(', ') }]
  if (typeof value !== 'object') return [{ name, value: plain(value) }]
  if (value === null) return []
  if ('opens' in value && 'closes' in value)
    return [{ name, value: `${clock(value.opens)} to ${clock(value.closes)}` }]
  return Object.entries(value).flatMap(([inner, held]) => factsOf(inner, held))
}

function plain(value: unknown): string {
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value)
}

/** Minutes since midnight, as the hours of an account are kept. */
function clock(minutes: unknown): string {
  if (typeof minutes !== 'number') return String(minutes)
  const two = (part: number): string => String(part).padStart(2, '0')
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}
