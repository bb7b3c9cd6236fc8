import { commonRefusals, type RefusalTable } from '../../../platform/graphql/index.js'
import type { ApproveCampaignResult } from '../approve-campaign.js'
import type { ContentRefusal } from '../check-content.js'
import type { StateRefusal } from '../domain/campaign-state.js'
import type { GoOnRefusal } from '../domain/may-go-on.js'
import type { TemplateProblem } from '../../../kernel/parse-template.js'
import type { QuoteCampaignResult } from '../quote-campaign.js'
import type { ResumeCampaignResult } from '../resume-campaign.js'
import type { ScheduleCampaignResult } from '../schedule-campaign.js'
import type { SendTestResult } from '../send-test.js'
import type { StartCampaignResult } from '../start-campaign.js'
import type { UpdateCampaignResult } from '../update-campaign.js'

type ReasonOf<Result> =
  Extract<Result, { ok: false }> extends { reason: infer Reason } ? Reason & string : never

const states: RefusalTable<StateRefusal> = {
  'not-draft': { message: 'The campaign is no longer a draft.', remedy: 'Clone it and change the copy.' },
  'not-scheduled': { message: 'The campaign is not scheduled.', remedy: 'Schedule it first.' },
  'not-started': { message: 'The campaign has not started.', remedy: 'Start it first.' },
  'already-started': { message: 'The campaign has started already.', remedy: 'Clone it to send it again.' },
  finished: { message: 'The campaign has ended.', remedy: 'Clone it to send it again.' },
}

const template: RefusalTable<'template-invalid' | 'field-unknown'> = {
  'template-invalid': {
    message: 'The template cannot be read.',
    remedy: 'Correct it at the place that is named.',
  },
  'field-unknown': {
    message: 'The template has a field that no contact has.',
    remedy: 'Correct its name, or import contacts that have it.',
  },
}

const content: RefusalTable<ContentRefusal['reason']> = {
  ...template,
  'audience-invalid': {
    message: 'The audience cannot be read.',
    remedy: 'Use at most 50 tags of 1 to 60 characters.',
  },
  'import-unknown': { message: 'There is no such import.', remedy: 'Choose one from the list of imports.' },
  'cap-out-of-range': {
    message: 'The cap is out of range.',
    remedy: 'Use 1 to 1,000,000,000 credits, or none.',
  },
  'expiry-in-the-past': { message: 'The expiry has passed.', remedy: 'Choose a later moment, or none.' },
  'footer-missing': {
    message: 'A marketing text tells people how to opt out.',
    remedy: 'Leave the footer out to get ours, or write one with the word STOP.',
  },
  'footer-without-stop': {
    message: 'The footer does not contain the word STOP.',
    remedy: 'Say that people can reply STOP.',
  },
  'footer-unusable': {
    message: 'The footer is not one line of plain text.',
    remedy: 'Use at most 160 characters, without fields and line breaks.',
  },
}

const name: RefusalTable<'name-invalid'> = {
  'name-invalid': { message: 'The name cannot be used.', remedy: 'Use one line of 1 to 200 characters.' },
}

export const createRefusals = {
  ...content,
  ...name,
  'idempotency-key-reused': commonRefusals['idempotency-key-reused'],
} as const

export const updateRefusals: RefusalTable<ReasonOf<UpdateCampaignResult>> = {
  ...content,
  ...name,
  'not-found': commonRefusals['not-found'],
  'not-draft': {
    message: 'Only a draft changes what recipients get.',
    remedy: 'Unschedule it, or clone it if it has started.',
  },
  finished: states.finished,
  'changed-meanwhile': {
    message: 'Somebody else changed it at the same moment.',
    remedy: 'Look at it again, then repeat.',
  },
}

export const cloneRefusals = { ...commonRefusals, ...name } as const

export const quoteRefusals: RefusalTable<ReasonOf<QuoteCampaignResult>> = {
  ...states,
  ...template,
  'not-found': commonRefusals['not-found'],
  'body-too-long': {
    message: 'A finished text is longer than the carrier takes.',
    remedy: 'Shorten the text, or the value of the contact that is named.',
  },
}

const goOn: RefusalTable<GoOnRefusal> = {
  'account-stopped': {
    message: 'Sending is stopped for this account.',
    remedy: '`account { sendingStops { reason remedy } }` says why, and what to do.',
  },
  'billing-dispute': {
    message: 'A payment of this account is disputed.',
    remedy: 'Settle the dispute with the bank, then repeat.',
  },
  'subscription-inactive': { message: 'The subscription is not active.', remedy: 'Renew it, then repeat.' },
  'in-debt': {
    message: 'The account owes credits.',
    remedy: 'Buy credits; what is owed is paid from them first.',
  },
  'insufficient-credits': {
    message: 'The available credits do not cover the next text.',
    remedy: 'Buy credits or lower the reserve, then repeat.',
  },
  'cap-reached': {
    message: 'The next text would exceed the cap.',
    remedy: 'Resume with a higher `capCredits`.',
  },
}

export const startRefusals: RefusalTable<ReasonOf<StartCampaignResult>> = {
  ...commonRefusals,
  ...states,
  'account-stopped': goOn['account-stopped'],
  'billing-dispute': goOn['billing-dispute'],
  'subscription-inactive': goOn['subscription-inactive'],
  'cap-out-of-range': content['cap-out-of-range'],
  'quote-not-found': {
    message: 'This campaign has no such quote.',
    remedy: 'Quote it, then start with that quote.',
  },
  'quote-stale': {
    message: 'The quote no longer holds.',
    remedy: 'Quote it again and look at the new figures.',
  },
  'audience-empty': {
    message: 'Nobody in the audience would get a text.',
    remedy: 'Look at the skipped in the quote.',
  },
  'audience-grew': {
    message: 'More people would get it than were quoted.',
    remedy: 'Quote it again and look at the new figures.',
  },
  'too-late': { message: 'The campaign has expired.', remedy: 'Choose a later expiry, or none.' },
}

export const scheduleRefusals: RefusalTable<ReasonOf<ScheduleCampaignResult>> = {
  ...startRefusals,
  'time-out-of-range': {
    message: 'The time has passed or is too far ahead.',
    remedy: 'Choose a moment within a year.',
  },
  'starts-after-expiry': {
    message: 'The campaign would expire before it starts.',
    remedy: 'Choose an earlier start or a later expiry.',
  },
}

export const stateRefusals = { ...states, 'not-found': commonRefusals['not-found'] } as const

export const resumeRefusals: RefusalTable<ReasonOf<ResumeCampaignResult>> = {
  ...commonRefusals,
  ...states,
  ...goOn,
  'cap-out-of-range': content['cap-out-of-range'],
  'paused-by-administrator': {
    message: 'The platform paused this campaign.',
    remedy: 'Ask the platform; an administrator resumes it.',
  },
  'approval-needed': {
    message: 'It would use far more credits than any campaign of this account before.',
    remedy: 'Ask an owner of the account to approve it.',
  },
}

export const approveRefusals: RefusalTable<ReasonOf<ApproveCampaignResult>> = {
  'not-found': commonRefusals['not-found'],
  'cap-out-of-range': content['cap-out-of-range'],
  'nothing-held': { message: 'The campaign is not held.', remedy: 'Only what is paused can be approved.' },
}

export const testRefusals: RefusalTable<ReasonOf<SendTestResult>> = {
  ...commonRefusals,
  'contact-not-found': {
    message: 'There is no such contact in this account.',
    remedy: 'Add yourself as a contact first.',
  },
  'account-stopped': goOn['account-stopped'],
  'billing-dispute': goOn['billing-dispute'],
  'subscription-inactive': goOn['subscription-inactive'],
  'insufficient-credits': { message: 'There are not enough credits.', remedy: 'Buy credits, then repeat.' },
  'may-not-text': {
    message: 'This contact would get no text.',
    remedy: 'A test needs consent as every text does: record it for your own number first.',
  },
}

export const audienceRefusals = {
  'audience-invalid': content['audience-invalid'],
  'import-unknown': content['import-unknown'],
} as const

export const previewRefusals = {
  ...template,
  ...audienceRefusals,
  'footer-missing': content['footer-missing'],
  'footer-without-stop': content['footer-without-stop'],
  'footer-unusable': content['footer-unusable'],
} as const

/** What is particular about a refused template or quote, in a sentence. */
export function problemWords(refusal: {
  reason: string
  problem?: TemplateProblem
  contactId?: string
  length?: number
}): string | null {
  const { problem, contactId, length } = refusal
  if (problem !== undefined) return `Character ${String(problem.position)}: ${problem.message}`
  if (contactId === undefined || length === undefined) return null
  return `The finished text for contact ${contactId} has ${String(length)} characters; the carrier takes 1,600.`
}
