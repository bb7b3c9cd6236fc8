/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** What a program with an API key may do. Never as much as an owner. */
export type ApiKeyRole =
  /** Works with contacts, campaigns and messages, and so spends credits. */
  | 'OPERATOR'
  /** Sees everything and changes nothing. */
  | 'VIEWER';

/** Somebody who is to come. */
export type AppointmentClientInput = {
  /** A contact of the account. */
  contactId: string | number;
  /** IANA zone in which texts give the time; the contact’s unless said, else the appointment’s. */
  zone?: string | null | undefined;
};

/** Who is come to. */
export type AppointmentCoachInput = {
  /** A contact, if the coach is to be texted, too. */
  contactId?: string | number | null | undefined;
  /** IANA zone of the coach; the contact’s unless said, else the appointment’s. */
  zone?: string | null | undefined;
};

/** What kind of appointment it is. */
export type AppointmentKind =
  /** A group: one appointment of many clients. */
  | 'COHORT'
  /** One client. */
  | 'INDIVIDUAL'
  /** One of a series. */
  | 'OCCURRENCE';

/** What is done with an appointment and may be told. */
export type AppointmentOccasion =
  /** It is booked. */
  | 'BOOKED'
  /** It is cancelled. */
  | 'CALLED_OFF'
  /** It gets another place or subject. */
  | 'CHANGED'
  /** It took place. */
  | 'COMPLETED'
  /** The client did not come. */
  | 'MISSED'
  /** It gets another time. */
  | 'MOVED';

/** What somebody is in an appointment. */
export type AppointmentRole =
  /** Who comes. */
  | 'CLIENT'
  /** Who is come to. */
  | 'COACH';

/** Where an appointment stands. */
export type AppointmentState =
  /** It was called off. */
  | 'CANCELLED'
  /** It took place. */
  | 'COMPLETED'
  /** The client did not come. */
  | 'NO_SHOW'
  /** It is to take place, or nobody has said how it ended. */
  | 'SCHEDULED';

/** What you state about the consent of the people in the file. Kept as evidence. Without it a yes in the file grants nothing. */
export type AttestationInput = {
  /** What they were shown, when the file itself does not say. */
  exactText?: string | null | undefined;
  /** How firmly. */
  level: ConsentLevel;
  /** What they agreed to. */
  purposes: Array<ConsentPurpose>;
  /** How they agreed, in your own words. */
  statement: string;
};

/** What a part of the balance stands for. */
export type BalancePartKind =
  /** Taken by an administrator. */
  | 'DEDUCTED'
  /** Ran out of time. */
  | 'EXPIRED'
  /** Came into the account. */
  | 'GRANTED'
  /** Set aside for messages in flight. */
  | 'HELD'
  /** Taken back, but not from available: it had been used. Counted up again here. */
  | 'OWED'
  /** Spent on messages, less what was refunded. */
  | 'SPENT'
  /** Grants that were rolled back. */
  | 'TAKEN_BACK';

/** A new appointment. */
export type BookAppointmentInput = {
  /** Who comes: 1 to 500 in a group or series. */
  clients: Array<AppointmentClientInput>;
  /** Who is come to. */
  coach?: AppointmentCoachInput | null | undefined;
  /** How long it takes: 1 to 1,440. */
  durationMinutes: number;
  /** Whether it is a group; no unless said. */
  isCohort?: boolean | null | undefined;
  /** Where it is; one line of at most 100 characters. */
  location?: string | null | undefined;
  /** When it is reminded of, in minutes before; the account’s offsets unless said. An empty list is never. */
  offsets?: Array<number> | null | undefined;
  /** When it begins, the first time. */
  startsAt: string;
  /** What it is about; one line of at most 100 characters. */
  title?: string | null | undefined;
  /** IANA name of the zone where it is, for example `America/New_York`. */
  zone: string;
};

/** New appointments that recur. */
export type BookSeriesInput = {
  /** Who comes: 1 to 500 in a group or series. */
  clients: Array<AppointmentClientInput>;
  /** Who is come to. */
  coach?: AppointmentCoachInput | null | undefined;
  /** How long it takes: 1 to 1,440. */
  durationMinutes: number;
  /** Where it is; one line of at most 100 characters. */
  location?: string | null | undefined;
  /** When it is reminded of, in minutes before; the account’s offsets unless said. An empty list is never. */
  offsets?: Array<number> | null | undefined;
  /** RFC 5545 without DTSTART, at most daily, for example `FREQ=WEEKLY;COUNT=10`. */
  rule: string;
  /** When it begins, the first time. */
  startsAt: string;
  /** What it is about; one line of at most 100 characters. */
  title?: string | null | undefined;
  /** IANA name of the zone where it is, for example `America/New_York`. */
  zone: string;
};

/** Which contacts; all conditions together. Without any, every contact of the account. */
export type CampaignAudienceInput = {
  /** But none of these; at most 50. */
  excludeTags?: Array<string> | null | undefined;
  /** Named by this import last. */
  importId?: string | number | null | undefined;
  /** With at least one of these tags; at most 50. */
  tags?: Array<string> | null | undefined;
};

/** Where a campaign stands. */
export type CampaignState =
  /** Ended by somebody. What was in flight then is still settled. */
  | 'CANCELLED'
  /** Every recipient has come to an end. */
  | 'COMPLETED'
  /** Being written. Only a draft changes what recipients get. */
  | 'DRAFT'
  /** Nothing more is sent until it is resumed; `pause` says why and what to do. */
  | 'PAUSED'
  /** Its texts go out in the frozen order. */
  | 'RUNNING'
  /** Starts by itself at its time, within the credits of the accepted quote. */
  | 'SCHEDULED';

/** What a consent event did. */
export type ConsentAction =
  /** Allowed. */
  | 'GRANT'
  /** Withdrew. */
  | 'REVOKE';

/** Picks contacts by how consent stands. */
export type ConsentFilterInput = {
  /** For this purpose. */
  purpose: ConsentPurpose;
  /** Consent stands like this. */
  standing: ConsentStanding;
};

/** How firmly the person agreed. */
export type ConsentLevel =
  /** Agreed, for example by giving the number for this purpose. */
  | 'EXPRESS'
  /** Signed or ticked a text that was shown, which marketing in the US needs. The text is kept. */
  | 'WRITTEN';

/** The way in which a grant or a revocation came about. */
export type ConsentMethod =
  /** An administrator of the platform. */
  | 'ADMIN'
  /** Another system of the account. */
  | 'API'
  /** The carrier reported that the person has opted out. */
  | 'CARRIER'
  /** A file that was imported. */
  | 'IMPORT'
  /** A text from the person, such as STOP or START. */
  | 'INBOUND_SMS'
  /** A keyword texted to sign up. */
  | 'KEYWORD'
  /** A form on paper. */
  | 'PAPER'
  /** Said, in person or on the phone. */
  | 'VERBAL'
  /** A form on a web page. */
  | 'WEB_FORM';

/** The way in which the person agreed or withdrew, as far as callers can know it. */
export type ConsentMethodInput =
  /** Another system of the account. */
  | 'API'
  /** A keyword texted to sign up. */
  | 'KEYWORD'
  /** A form on paper. */
  | 'PAPER'
  /** Said, in person or on the phone. */
  | 'VERBAL'
  /** A form on a web page. */
  | 'WEB_FORM';

/** What texts may be about. Consent is given and withdrawn for each separately. */
export type ConsentPurpose =
  /** Anything that promotes something. */
  | 'MARKETING'
  /** Appointments, orders and other things that the person asked for. */
  | 'TRANSACTIONAL';

/** How consent stands now. */
export type ConsentStanding =
  /** The newest event granted. */
  | 'GRANTED'
  /** The newest event revoked. */
  | 'REVOKED'
  /** Nothing is on record, so no texts. */
  | 'UNKNOWN';

/** A value for merge fields. */
export type ContactAttributeInput = {
  /** Name; becomes lower-case letters, digits and underscores. */
  name: string;
  /** Value, of at most 1,000 characters. */
  value: string;
};

/** Picks contacts; all conditions together. */
export type ContactFilterInput = {
  /** Consent stands like this. */
  consent?: ConsentFilterInput | null | undefined;
  /** Was named by this import last. */
  importId?: string | number | null | undefined;
  /** Has this text in name, e-mail address or number. */
  search?: string | null | undefined;
  /** Has this tag. */
  tag?: string | null | undefined;
};

/** What is known about a person. What is left out stays as it is; null or an empty text clears it. */
export type ContactInput = {
  /** All values for merge fields from now on. */
  attributes?: Array<ContactAttributeInput> | null | undefined;
  /** E-mail address. */
  email?: string | null | undefined;
  /** First name. */
  firstName?: string | null | undefined;
  /** Last name. */
  lastName?: string | null | undefined;
  /** State, province or region. */
  region?: string | null | undefined;
  /** All tags from now on. */
  tags?: Array<string> | null | undefined;
  /** Time zone: a place like `America/Denver`, or words like `Eastern`. */
  timeZone?: string | null | undefined;
};

/** Whom a kind of notification goes to. */
export type ContextRolesInput = {
  /** Which kind. */
  context: NotificationContext;
  /** Whom; an empty list switches it off. */
  roles: Array<AppointmentRole>;
};

/** Own words for a kind of notification. */
export type ContextTemplateInput = {
  /** Which kind. */
  context: NotificationContext;
  /** In which language. */
  language: NotificationLanguage;
  /** The text with merge fields; null takes ours again. */
  template?: string | null | undefined;
};

/** Why a person should look at a conversation. */
export type ConversationAttention =
  /** Words of an opt-out in a sentence that does not read as one. */
  | 'AMBIGUOUS'
  /** CANCEL, END or their like as the whole text: it counts as an opt-out; perhaps an appointment was meant. */
  | 'KEYWORD_CLASH'
  /** Reads like a confirmation, but no question is open. */
  | 'UNMATCHED_CONFIRMATION';

/** A new draft. */
export type CreateCampaignInput = {
  /** Whom it is for; every contact unless said. */
  audience?: CampaignAudienceInput | null | undefined;
  /** Go on by itself after a pause for credits, its cap or the subscription; no unless said. */
  autoResume?: boolean | null | undefined;
  /** The most that it may use, if less than its quote. */
  capCredits?: number | null | undefined;
  /** What has not left by then is not sent. */
  expiresAt?: string | null | undefined;
  /** Its name, for people. */
  name: string;
  /** The line under every text. For marketing it contains STOP; left out, it is “Reply STOP to opt out.” */
  optOutFooter?: string | null | undefined;
  /** What recipients must have agreed to; marketing unless said. */
  purpose?: MessagePurpose | null | undefined;
  /** The text, at most 1,600 characters, with merge fields: `{{first_name}}` skips whoever has no value, `{{first_name|there}}` puts the fallback in. Fields: first_name, last_name, email, phone, country, region, zone, and the attributes of contacts. */
  template: string;
};

/** What credits were used for. */
export type CreditUseKind =
  /** The messages of one campaign. */
  | 'CAMPAIGN'
  /** Holds without a message; there should be none. */
  | 'NO_MESSAGE'
  /** Messages that belong to no campaign. */
  | 'SINGLE_MESSAGES';

/** A stretch of each day on the recipient’s clock. */
export type DailyHoursInput = {
  /** Until, for example `20:00`; `24:00` is the end of the day. */
  closes: string;
  /** From, for example `08:00`. */
  opens: string;
};

/** How dates like 3/4/2026 are meant. */
export type DateOrder =
  /** The third of April, as nearly everywhere else. */
  | 'DAY_FIRST'
  /** The fourth of March, as in the US. */
  | 'MONTH_FIRST';

/** An appointment as it would be, and what is about to be done with it. */
export type ForecastNotificationsInput = {
  /** Who comes. */
  clients: Array<AppointmentClientInput>;
  /** Who is come to. */
  coach?: AppointmentCoachInput | null | undefined;
  /** Its kind; `OCCURRENCE` for the next one of a series. */
  kind: AppointmentKind;
  /** What is done; left out for what tells nobody anything at once. */
  occasion?: AppointmentOccasion | null | undefined;
  /** Its own offsets; the account’s unless said. */
  offsets?: Array<number> | null | undefined;
  /** When it would begin. */
  startsAt: string;
  /** IANA name of the zone where it is. */
  zone: string;
};

/** That and how a person agreed to texts. */
export type GrantConsentInput = {
  /** What the person was shown, word for word, of at most 2,000 characters. */
  exactText?: string | null | undefined;
  /** Language of that text, for example `en-US`. */
  language?: string | null | undefined;
  /** How firmly. Written consent needs `exactText`. */
  level: ConsentLevel;
  /** How. */
  method: ConsentMethodInput;
  /** When; now, unless said. */
  occurredAt?: string | null | undefined;
  /** The number. */
  phone: string;
  /** What the person agreed to. */
  purposes: Array<ConsentPurpose>;
  /** Where: a page or a form. */
  source?: string | null | undefined;
};

/** Who did something. */
export type HistoryActor =
  /** A program with an API key. */
  | 'API_KEY'
  /** A member, or somebody who was one. */
  | 'PERSON'
  /** The administration of the platform. */
  | 'PLATFORM'
  /** The program itself. */
  | 'PROGRAM'
  /** The history does not say. */
  | 'UNKNOWN';

/** What an entry of the account’s history is about. */
export type HistoryKind =
  /** Campaigns made, started, paused, cancelled. */
  | 'CAMPAIGNS'
  /** Consent that people wrote down or attested for a file. */
  | 'CONSENTS'
  /** Credits that a person moved: grants, corrections. */
  | 'CREDITS'
  /** Decisions about texts whose outcome nobody knew. */
  | 'DECISIONS'
  /** API keys made and revoked. */
  | 'KEYS'
  /** Who came, went, and got which role. */
  | 'MEMBERS'
  /** What stopped the account, and who let it go on. */
  | 'SENDING'
  /** Settings of the account, quiet hours included. */
  | 'SETTINGS';

/** What a column of a file is used for. */
export type ImportColumnField =
  /** Kept for merge fields. */
  | 'ATTRIBUTE'
  /** Whether the person agreed: yes, no, or a purpose. */
  | 'CONSENT'
  /** When the person agreed. */
  | 'CONSENT_DATE'
  /** Where the person agreed. */
  | 'CONSENT_SOURCE'
  /** What the person was shown, word for word. */
  | 'CONSENT_TEXT'
  /** Country; decides how numbers without one are read. */
  | 'COUNTRY'
  /** E-mail address. */
  | 'EMAIL'
  /** First name. */
  | 'FIRST_NAME'
  /** Whole name; used when there is no first or last name. */
  | 'FULL_NAME'
  /** Left out. */
  | 'IGNORE'
  /** Last name. */
  | 'LAST_NAME'
  /** Whether the person has opted out; a no in it is not consent. */
  | 'OPT_OUT'
  /** A phone number. Several columns may be; the preferred one that can be used wins. */
  | 'PHONE'
  /** State, province or region. */
  | 'REGION'
  /** Tags, separated by commas, semicolons or bars. */
  | 'TAGS'
  /** Time zone, as a place or in the usual American words. */
  | 'TIME_ZONE';

/** What a column is used for, instead of the guess. */
export type ImportColumnInput = {
  /** Merge-field name; only for attributes. */
  attribute?: string | null | undefined;
  /** Its heading, or `#3` for the third column. */
  column: string;
  /** What to use it for. Naming a phone column means this one and no other. */
  field: ImportColumnField;
};

/** What the values of a file do to contacts that are there already. An empty cell never erases. */
export type ImportExisting =
  /** They only fill gaps. */
  | 'FILL'
  /** They replace what is known. */
  | 'UPDATE';

/** How to read the file. Everything may be left out. */
export type ImportOptionsInput = {
  /** Whether internet telephone numbers are welcome; no unless said. */
  allowVoip?: boolean | null | undefined;
  /** Only these of the countries that the account sends to. */
  allowedCountries?: Array<string> | null | undefined;
  /** What you state about consent. */
  attestation?: AttestationInput | null | undefined;
  /** Columns whose guess was wrong. */
  columns?: Array<ImportColumnInput> | null | undefined;
  /** How dates are meant; as in the default country unless said. */
  dateOrder?: DateOrder | null | undefined;
  /** Country of numbers that do not name one; US unless said. */
  defaultCountry?: string | null | undefined;
  /** What to do with contacts that are there already; UPDATE unless said. */
  existing?: ImportExisting | null | undefined;
  /** Tags for every contact of the file. */
  tags?: Array<string> | null | undefined;
};

/** Where an import stands. */
export type ImportState =
  /** Every row has become a contact, part of one, or a reject. */
  | 'COMPLETED'
  /** Stopped before the end; `failure` says why. What was read stays until it is undone. */
  | 'FAILED'
  /** Rows are being read. Goes on by itself after any interruption. */
  | 'RUNNING'
  /** Is being taken back. */
  | 'UNDOING'
  /** Has been taken back. */
  | 'UNDONE'
  /** The file is here; nothing has been read yet. */
  | 'UPLOADED'
  /** The file is coming in. */
  | 'UPLOADING';

/** Where a lot of credits came from. */
export type LotSource =
  /** Was added by an administrator. */
  | 'ADJUSTMENT'
  /** Came with a plan. */
  | 'PLAN'
  /** Was given away; spent before paid ones of the same priority and expiry. */
  | 'PROMOTION'
  /** Was bought. */
  | 'PURCHASE';

/** What the recipient must have agreed to. */
export type MessagePurpose =
  /** Promotion. */
  | 'MARKETING'
  /** About something that the recipient booked or bought. */
  | 'TRANSACTIONAL';

/** Where a message stands. Delivery to the handset is told apart from it. */
export type MessageState =
  /** The carrier has it. Charged. */
  | 'ACCEPTED'
  /** Not sent, because somebody cancelled it. Not charged. */
  | 'CANCELLED'
  /** Its credits are held and it is being handed to the carrier. */
  | 'DISPATCHING'
  /** Not sent, because it would have come too late. Not charged. */
  | 'EXPIRED'
  /** The carrier refused it for good. Not charged. */
  | 'FAILED'
  /** Waits for its turn. Holds no credits. */
  | 'PENDING'
  /** Not sent, because the number has not agreed or has opted out. Not charged. */
  | 'SUPPRESSED'
  /** The carrier may have it; nobody can tell yet. Credits stay held, and it is not sent again. */
  | 'UNKNOWN'
  /** Closed without proof that the carrier has it. Charged, and given back if it never turns up. */
  | 'UNPROVEN';

/** What happened to a message. */
export type MessageTimelineKind =
  /** The carrier reported a status. */
  | 'CALLBACK'
  /** The held credits were charged. */
  | 'CAPTURE'
  /** It passed the gate; `facts` has what the gate saw. */
  | 'CLAIMED'
  /** It was written down, with its price. */
  | 'CREATED'
  /** It ended without the carrier having it. */
  | 'DECIDED'
  /** An administrator decided about an unknown outcome; `facts` says who and why. */
  | 'DECISION'
  /** The clock of the recipient, or what was sent today, put it off. */
  | 'DEFERRED'
  /** How far the delivery is. */
  | 'DELIVERY'
  /** What became of the e-mail in its place; `facts` has where it stands. */
  | 'EMAIL'
  /** Its credits were held. */
  | 'HOLD'
  /** What had been given back was charged after all. */
  | 'LATE_CHARGE'
  /** It had been closed without proof, and the carrier has it after all. */
  | 'LATE_PROOF'
  /** The carrier was asked about an unknown outcome. */
  | 'LOOK_UP'
  /** Somebody other than the sending process reported the carrier's id. */
  | 'OBSERVED'
  /** An attempt ended, or its outcome is unknown; `facts` says who gave the evidence. */
  | 'OUTCOME'
  /** Charged credits were given back. */
  | 'REFUND'
  /** The held credits were released. */
  | 'RELEASE'
  /** It is being handed to the carrier. */
  | 'SENT';

/** A kind of notification. */
export type NotificationContext =
  /** An appointment does not take place. */
  | 'CANCELLATION'
  /** A group appointment has another time, place or subject. */
  | 'COHORT_UPDATE'
  /** A client did not come. */
  | 'NO_SHOW_FOLLOW_UP'
  /** A reminder one hour before. */
  | 'REMINDER_1HR'
  /** A reminder one day before. */
  | 'REMINDER_24HR'
  /** A reminder two days before. */
  | 'REMINDER_48HR'
  /** A reminder at any other time before. */
  | 'REMINDER_CUSTOM'
  /** An appointment has a new time. */
  | 'RESCHEDULED_APPOINTMENT'
  /** A new appointment, or a new series. */
  | 'SCHEDULED_APPOINTMENT';

/** The languages of our own words. */
export type NotificationLanguage =
  /** English. */
  | 'EN'
  /** Spanish. */
  | 'ES';

/** What changes; what is left out stays as it is. */
export type NotificationSettingsInput = {
  /** Whether reminders ask for a reply that confirms. */
  asksConfirmation?: boolean | null | undefined;
  /** For recipients whose language is not known. */
  language?: NotificationLanguage | null | undefined;
  /** Minutes before the beginning; at most ten, of 5 to 43,200. */
  offsets?: Array<number> | null | undefined;
  /** Whom the named kinds go to. */
  roles?: Array<ContextRolesInput> | null | undefined;
  /** Own words. */
  templates?: Array<ContextTemplateInput> | null | undefined;
};

/** Where a notification stands, apart from the text that it becomes. */
export type NotificationState =
  /** It waits for its time. */
  | 'PLANNED'
  /** It became a text; what became of that is in the log of messages. */
  | 'QUEUED'
  /** It was not to be sent, or made no sense any more. */
  | 'SKIPPED'
  /** It was taken back before it was authorised. */
  | 'VOIDED';

/** How far an order has come. */
export type OrderState =
  /** Written; its checkout is being opened. */
  | 'CREATED'
  /** Nobody paid in time. */
  | 'EXPIRED'
  /** The payment failed. */
  | 'FAILED'
  /** Can be paid. */
  | 'OPEN'
  /** Paid. */
  | 'PAID'
  /** Paid in a way that takes days; credits come when the money does. */
  | 'PENDING';

/** Why a campaign is paused. */
export type PauseReason =
  /** A payment of this account is disputed with the bank. */
  | 'BILLING_DISPUTE'
  /** The platform stopped sending for this account. */
  | 'BY_ADMINISTRATOR'
  /** Somebody of this account paused the campaign. */
  | 'BY_USER'
  /** The next recipient would exceed the credits that this campaign may use. */
  | 'CAP_REACHED'
  /** The carrier cannot be used at the moment, or it refused the account or the sender. */
  | 'CARRIER_UNAVAILABLE'
  /** The available credits do not cover the next recipient. */
  | 'CREDITS_EXHAUSTED'
  /** Too large a share of the texts failed. */
  | 'ERROR_RATE'
  /** It would use far more credits than any campaign of this account before. */
  | 'RUNAWAY_GUARD'
  /** The subscription of this account is not active. */
  | 'SUBSCRIPTION_INACTIVE';

/** A notification to try out. */
export type PreviewNotificationInput = {
  /** The client’s zone. */
  clientZone?: string | null | undefined;
  /** The coach’s zone. */
  coachZone?: string | null | undefined;
  /** Which kind. */
  context: NotificationContext;
  /** English unless said. */
  language?: NotificationLanguage | null | undefined;
  /** For whom; a client unless said. */
  role?: AppointmentRole | null | undefined;
  /** The words to try out; those in force unless said. */
  template?: string | null | undefined;
};

/** A template to try out. */
export type PreviewTemplateInput = {
  /** Whose first contacts it is tried on. */
  audience?: CampaignAudienceInput | null | undefined;
  /** The line under it; ours unless said. */
  optOutFooter?: string | null | undefined;
  /** Marketing unless said. */
  purpose?: MessagePurpose | null | undefined;
  /** The text with merge fields. */
  template: string;
};

/** What is sold. */
export type PriceListKind =
  /** Credits, bought once. */
  | 'PACK'
  /** A subscription with credits every month. */
  | 'PLAN'
  /** Credits, bought automatically when they run low. */
  | 'TOP_UP';

/** What is left out stays as it is; null goes back to the default. */
export type QuietHoursInput = {
  /** All days without marketing, for example `2026-12-24`. */
  holidays?: Array<string> | null | undefined;
  /** For marketing; only within 08:00 to 20:00. */
  marketing?: DailyHoursInput | null | undefined;
  /** Marketing texts that one number gets within 24 hours: 1 to 10. */
  marketingPerDay?: number | null | undefined;
  /** For transactional texts; may be wider than the default. */
  transactional?: DailyHoursInput | null | undefined;
};

/** Where one recipient of a campaign stands: skipped, or in the state of its message. */
export type RecipientState =
  /** The carrier has it. Charged. */
  | 'ACCEPTED'
  /** Not sent: the campaign was cancelled. Not charged. */
  | 'CANCELLED'
  /** Its credits are held and it is being handed to the carrier. */
  | 'DISPATCHING'
  /** Not sent: it would have come too late. Not charged. */
  | 'EXPIRED'
  /** The carrier refused it for good. Not charged. */
  | 'FAILED'
  /** Waits for its turn. Holds no credits. */
  | 'PENDING'
  /** Gets no text; `skipReason` says why. */
  | 'SKIPPED'
  /** Not sent: the gate found no consent any more. Not charged. */
  | 'SUPPRESSED'
  /** The carrier may have it; nobody can tell yet. It is not sent again meanwhile. */
  | 'UNKNOWN'
  /** Closed without proof that the carrier has it. Charged. */
  | 'UNPROVEN';

/** What an incoming text was read as. */
export type ReplyClass =
  /** Says yes to something: a code like C1, or words like "confirmed". */
  | 'CONFIRM'
  /** Asks who is texting. */
  | 'HELP'
  /** START and the like: what a STOP had withdrawn was given back, and nothing more. */
  | 'OPT_IN'
  /** Wants no more texts, in whatever words. It was followed at once. */
  | 'OPT_OUT'
  /** Anything else: for a person to read. */
  | 'OTHER';

/** That and how a person withdrew. */
export type RevokeConsentInput = {
  /** How. */
  method: ConsentMethodInput;
  /** When; now, unless said. */
  occurredAt?: string | null | undefined;
  /** The number. */
  phone: string;
  /** What the person withdrew from; everything, unless said. */
  purposes?: Array<ConsentPurpose> | null | undefined;
  /** Where: a page, a call, a letter. */
  source?: string | null | undefined;
};

/** What a member may do in an account. */
export type Role =
  /** Works with contacts, campaigns and messages, and so spends credits. */
  | 'OPERATOR'
  /** Everything, members, API keys and settings included. */
  | 'OWNER'
  /** Sees everything and changes nothing. */
  | 'VIEWER';

/** Why somebody in the audience gets no text. */
export type SkipReason =
  /** The finished text is empty. */
  | 'BODY_EMPTY'
  /** The finished text is longer than the carrier takes. */
  | 'BODY_TOO_LONG'
  /** The number of the contact was changed after the start. */
  | 'CONTACT_CHANGED'
  /** The contact was deleted after the start. */
  | 'CONTACT_DELETED'
  /** The country of the number is not on the list of allowed countries. */
  | 'COUNTRY_NOT_ALLOWED'
  /** A merge field has no value for this contact, and the template has no fallback for it. */
  | 'FIELD_MISSING'
  /** There is no consent of the person for this kind of text. */
  | 'NO_CONSENT'
  /** There is no price for the country of the number. */
  | 'NO_PRICE'
  /** The number is of a kind that cannot or must not be texted. */
  | 'NUMBER_TYPE'
  /** The person has opted out of this kind of text. */
  | 'OPTED_OUT'
  /** The carrier says that the number cannot take texts: a landline, or not in use. */
  | 'UNREACHABLE';

/** What keeps an account from sending. */
export type StopCause =
  /** An administrator of the platform has stopped this account. */
  | 'ADMINISTRATOR'
  /** The audit found a rule broken in this account. */
  | 'AUDIT_BREACH'
  /** The platform was restored and compares with the carrier first. */
  | 'DATABASE_RESTORED'
  /** A payment of this account is disputed, or was reported as fraud. */
  | 'PAYMENT'
  /** All sending of all accounts is stopped. */
  | 'PLATFORM_STOPPED'
  /** The subscription does not allow sending. */
  | 'SUBSCRIPTION';

/** State of an account's subscription. Only ACTIVE and TRIALING let messages go out. */
export type SubscriptionState =
  /** Paid; messages go out. */
  | 'ACTIVE'
  /** Ended; nothing goes out. */
  | 'CANCELED'
  /** The first payment is not complete; nothing goes out. */
  | 'INCOMPLETE'
  /** There never was a subscription. */
  | 'NONE'
  /** A payment is late; nothing goes out. */
  | 'PAST_DUE'
  /** Paused; nothing goes out. */
  | 'PAUSED'
  /** On trial; messages go out. */
  | 'TRIALING'
  /** Payments have failed; nothing goes out. */
  | 'UNPAID';

/** Which way a text went. */
export type TextDirection =
  /** From the person to us. */
  | 'INBOUND'
  /** From us to the person. */
  | 'OUTBOUND';

/** What a single text is for. */
export type TextPurpose =
  /** Promotion. */
  | 'MARKETING'
  /** An answer to a text of the recipient, or the request to opt in. */
  | 'SERVICE'
  /** About something that the recipient booked or bought. */
  | 'TRANSACTIONAL';

/** How much a top-up buys. */
export type TopUpMode =
  /** Always the same number of credits. */
  | 'FIXED'
  /** As many as are missing to a number of credits. */
  | 'TARGET';

/** How far a top-up has come. */
export type TopUpState =
  /** Ended without a charge. */
  | 'CANCELED'
  /** Declined; nothing was charged. */
  | 'FAILED'
  /** Charged; the answer is awaited. */
  | 'PROCESSING'
  /** About to be charged. */
  | 'REQUESTED'
  /** The bank asks the card holder to confirm it. */
  | 'REQUIRES_ACTION'
  /** Paid. */
  | 'SUCCEEDED';

/** What a transfer of credits was for. */
export type TransferKind =
  /** A hold was spent: the carrier took the message. */
  | 'CAPTURE'
  /** A grant was taken back. */
  | 'CLAWBACK'
  /** A grant was taken back after it had been used, and is owed. */
  | 'DEBT_CHARGE'
  /** Credits paid what was owed. */
  | 'DEBT_REPAYMENT'
  /** An administrator took credits. */
  | 'DEDUCTION'
  /** The rest of a lot ran out of time. */
  | 'EXPIRY'
  /** A lot of credits came into the account. */
  | 'GRANT'
  /** Set aside for a message about to be sent. */
  | 'HOLD'
  /** What had been given back was charged again: the carrier was proved to have the message after all. */
  | 'LATE_CHARGE'
  /** What a message had cost came back. */
  | 'REFUND'
  /** A hold came back: the message was not sent. */
  | 'RELEASE';

/** What an administrator may decide about an unknown outcome. A later proof still counts. */
export type UnknownDecision =
  /** Close it, charged, for good; it is never sent again. */
  | 'CHARGE'
  /** Close it and give its credits back; it is never sent again. */
  | 'GIVE_BACK'
  /** Release it and send it again. Only where the carrier was proved to refuse late calls, and does not have it. */
  | 'SEND_AGAIN';

/** What happens by itself when nobody decides and nothing is proved. */
export type UnknownNextStep =
  /** It is closed as unproven, and charged. */
  | 'CLOSE'
  /** The list is asked once more, and the charge is given back. */
  | 'GIVE_BACK'
  /** The carrier's list is asked; under P1 a list without it means that it is sent again. */
  | 'LOOK_UP'
  /** Nothing. */
  | 'NONE';

/** Where the credits of the call are. */
export type UnknownOutcomeMoney =
  /** Charged. */
  | 'CHARGED'
  /** Given back, and charged when the proof came. */
  | 'CHARGED_LATE'
  /** Released, or charged and given back. */
  | 'GIVEN_BACK'
  /** Held. */
  | 'HELD';

/** What is known of a call to the carrier whose answer got lost. */
export type UnknownOutcomeState =
  /** Closed without proof, and proved since that the carrier has it. */
  | 'LATE_PROVED'
  /** Known in time, or not over yet; never in a list of unknown outcomes. */
  | 'SETTLED'
  /** Nothing. Its credits stay held. */
  | 'UNKNOWN'
  /** Closed without proof, by policy or by an administrator; never sent again. */
  | 'UNPROVEN';

/** What happens to a message when the outcome of its call to the carrier cannot be known yet. */
export type UnknownPolicy =
  /** Never send again while the first call may have been accepted. */
  | 'P0'
  /** Send again once it is proved that the carrier did not accept the first call. */
  | 'P1';

/** What changes; what is left out stays as it is. */
export type UpdateAppointmentInput = {
  /** All members of a group, as it is to be. */
  clients?: Array<AppointmentClientInput> | null | undefined;
  /** How long it takes. */
  durationMinutes?: number | null | undefined;
  /** Where it is; null removes it. */
  location?: string | null | undefined;
  /** When it is reminded of; null takes the account’s offsets. */
  offsets?: Array<number> | null | undefined;
  /** What it is about; null removes it. */
  title?: string | null | undefined;
  /** The zone where it is. */
  zone?: string | null | undefined;
};

/** What changes; what is left out stays as it is. */
export type UpdateCampaignInput = {
  /** Whom it is for, as a whole. */
  audience?: CampaignAudienceInput | null | undefined;
  /** Go on by itself; may change until it has ended. */
  autoResume?: boolean | null | undefined;
  /** The most that it may use; null removes the limit. */
  capCredits?: number | null | undefined;
  /** What has not left by then is not sent; null removes it. */
  expiresAt?: string | null | undefined;
  /** Its name; may change until it has ended. */
  name?: string | null | undefined;
  /** The line under every text; an empty one removes it. */
  optOutFooter?: string | null | undefined;
  /** What recipients must have agreed to. */
  purpose?: MessagePurpose | null | undefined;
  /** The text with merge fields. */
  template?: string | null | undefined;
};

/** Where a delivery to a webhook endpoint stands. */
export type WebhookDeliveryState =
  /** The endpoint answered 2xx. */
  | 'DELIVERED'
  /** No try was answered 2xx, and there are no more. It can be asked for again. */
  | 'FAILED'
  /** A process is calling the endpoint, or died while it was; then it is tried again. */
  | 'SENDING'
  /** It waits for its first or next try, or until its endpoint is switched on. */
  | 'WAITING';

/** Why a webhook endpoint is switched off. */
export type WebhookDisabledReason =
  /** Somebody of the account switched it off. */
  | 'BY_USER'
  /** Every try failed for five days. */
  | 'FAILING'
  /** The receiver answered 410 Gone. */
  | 'GONE'
  /** The secret of the installation was changed: roll the secret. */
  | 'SECRET_UNREADABLE';

export type RefusalFragment = { __typename: 'Refused', reason: string, message: string, remedy: string };

export type SessionQueryVariables = Exact<{ [key: string]: never; }>;


export type SessionQuery = { __typename: 'Query', me: { __typename: 'Me', userId: string | null, name: string | null, email: string | null, role: Role | null, isPlatformAdmin: boolean, account: { __typename: 'Account', id: string, name: string } | null, memberships: Array<{ __typename: 'Membership', accountId: string, accountName: string, role: Role }> } };

export type SwitchAccountMutationVariables = Exact<{
  accountId: string | number;
}>;


export type SwitchAccountMutation = { __typename: 'Mutation', switchAccount:
    | { __typename: 'Me', userId: string | null }
    | { __typename: 'Refused', reason: string, message: string, remedy: string }
   };

export type ChangePasswordMutationVariables = Exact<{
  currentPassword: string;
  newPassword: string;
}>;


export type ChangePasswordMutation = { __typename: 'Mutation', changePassword:
    | { __typename: 'Me', userId: string | null }
    | { __typename: 'Refused', reason: string, message: string, remedy: string }
   };

export type CalendarEntryFragment = { __typename: 'Appointment', id: string, kind: AppointmentKind, seriesId: string | null, startsAt: string, durationMinutes: number, zone: string, title: string | null, location: string | null, state: AppointmentState, parties: Array<{ __typename: 'AppointmentParty', partyId: string, role: AppointmentRole, name: string | null, zone: string, confirmedAt: string | null }> };

export type AppointmentsQueryVariables = Exact<{
  from?: string | null | undefined;
  to?: string | null | undefined;
  contactId?: string | number | null | undefined;
  states?: Array<AppointmentState> | AppointmentState | null | undefined;
  after?: string | null | undefined;
}>;


export type AppointmentsQuery = { __typename: 'Query', appointments: { __typename: 'AppointmentConnection', edges: Array<{ __typename: 'AppointmentEdge', node: { __typename: 'Appointment', id: string, kind: AppointmentKind, seriesId: string | null, startsAt: string, durationMinutes: number, zone: string, title: string | null, location: string | null, state: AppointmentState, parties: Array<{ __typename: 'AppointmentParty', partyId: string, role: AppointmentRole, name: string | null, zone: string, confirmedAt: string | null }> } }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean, endCursor: string | null } } };

export type AppointmentEventsSubscriptionVariables = Exact<{
  afterSeq?: number | null | undefined;
}>;


export type AppointmentEventsSubscription = { appointmentEvents: { __typename: 'AppointmentEvent', seq: number, kind: string, appointmentIds: Array<string> } };

export type PlanEntryFragment = { __typename: 'PlannedNotification', id: string, revision: number, context: string, offsetMinutes: number, partyId: string, role: AppointmentRole, contactId: string | null, name: string | null, dueAt: string, dueLocal: string, zone: string, movedMinutes: number, usefulUntil: string, state: NotificationState, reason: string | null, reasonWords: string | null, messageId: string | null, messageState: string | null };

export type AppointmentQueryVariables = Exact<{
  id: string | number;
}>;


export type AppointmentQuery = { __typename: 'Query', appointment: { __typename: 'Appointment', id: string, kind: AppointmentKind, seriesId: string | null, startsAt: string, startsLocal: string, durationMinutes: number, zone: string, title: string | null, location: string | null, offsets: Array<number> | null, state: AppointmentState, revision: number, parties: Array<{ __typename: 'AppointmentParty', partyId: string, role: AppointmentRole, contactId: string | null, name: string | null, code: string | null, zone: string, confirmedAt: string | null }>, plan: Array<{ __typename: 'PlannedNotification', id: string, revision: number, context: string, offsetMinutes: number, partyId: string, role: AppointmentRole, contactId: string | null, name: string | null, dueAt: string, dueLocal: string, zone: string, movedMinutes: number, usefulUntil: string, state: NotificationState, reason: string | null, reasonWords: string | null, messageId: string | null, messageState: string | null }>, history: Array<{ __typename: 'AppointmentChange', fromRevision: number | null, revision: number, kind: string, movedFrom: string | null, changed: Array<string>, joined: number, left: number, actor: string, at: string }> } | null };

export type AppointmentPlanSubscriptionVariables = Exact<{
  appointmentId: string | number;
}>;


export type AppointmentPlanSubscription = { appointmentPlan: Array<{ __typename: 'PlannedNotification', id: string, revision: number, context: string, offsetMinutes: number, partyId: string, role: AppointmentRole, contactId: string | null, name: string | null, dueAt: string, dueLocal: string, zone: string, movedMinutes: number, usefulUntil: string, state: NotificationState, reason: string | null, reasonWords: string | null, messageId: string | null, messageState: string | null }> };

export type ForecastNotificationsQueryVariables = Exact<{
  input: ForecastNotificationsInput;
}>;


export type ForecastNotificationsQuery = { __typename: 'Query', forecastNotifications:
    | { __typename: 'NotificationForecast', told: Array<{ __typename: 'ForecastNotification', context: NotificationContext, offsetMinutes: number, role: AppointmentRole, contactId: string | null, name: string | null, dueAt: string, dueLocal: string, zone: string, movedMinutes: number, reason: string | null, reasonWords: string | null }> }
    | { __typename: 'Refused', reason: string, message: string, remedy: string }
   };

export type BookAppointmentMutationVariables = Exact<{
  input: BookAppointmentInput;
  idempotencyKey: string;
}>;


export type BookAppointmentMutation = { __typename: 'Mutation', bookAppointment:
    | { __typename: 'Appointment', id: string }
    | { __typename: 'Refused', reason: string, message: string, remedy: string }
   };

export type BookSeriesMutationVariables = Exact<{
  input: BookSeriesInput;
  idempotencyKey: string;
}>;


export type BookSeriesMutation = { __typename: 'Mutation', bookSeries:
    | { __typename: 'AppointmentSeries', id: string }
    | { __typename: 'Refused', reason: string, message: string, remedy: string }
   };

export type UpdateAppointmentMutationVariables = Exact<{
  appointmentId: string | number;
  input: UpdateAppointmentInput;
  revision: number;
  idempotencyKey: string;
}>;


export type UpdateAppointmentMutation = { __typename: 'Mutation', updateAppointment:
    | { __typename: 'Appointment', id: string }
    | { __typename: 'Refused', reason: string, message: string, remedy: string }
   };

export type RescheduleAppointmentMutationVariables = Exact<{
  appointmentId: string | number;
  startsAt: string;
  revision: number;
  idempotencyKey: string;
}>;


export type RescheduleAppointmentMutation = { __typename: 'Mutation', rescheduleAppointment:
    | { __typename: 'Appointment', id: string }
    | { __typename: 'Refused', reason: string, message: string, remedy: string }
   };

export type CancelAppointmentMutationVariables = Exact<{
  appointmentId: string | number;
  idempotencyKey: string;
}>;


export type CancelAppointmentMutation = { __typename: 'Mutation', cancelAppointment:
    | { __typename: 'Appointment', id: string }
    | { __typename: 'Refused', reason: string, message: string, remedy: string }
   };

export type CompleteAppointmentMutationVariables = Exact<{
  appointmentId: string | number;
  idempotencyKey: string;
}>;


export type CompleteAppointmentMutation = { __typename: 'Mutation', completeAppointment:
    | { __typename: 'Appointment', id: string }
    | { __typename: 'Refused', reason: string, message: string, remedy: string }
   };

export type MarkNoShowMutationVariables = Exact<{
  appointmentId: string | number;
  idempotencyKey: string;
}>;


export type MarkNoShowMutation = { __typename: 'Mutation', markNoShow:
    | { __typename: 'Appointment', id: string }
    | { __typename: 'Refused', reason: string, message: string, remedy: string }
   };

export type AppointmentSeriesQueryVariables = Exact<{
  id: string | number;
}>;


export type AppointmentSeriesQuery = { __typename: 'Query', appointmentSeries: { __typename: 'AppointmentSeries', id: string, rule: string, localStart: string, zone: string, durationMinutes: number, title: string | null, location: string | null, state: string, remindedId: string | null, occurrences: Array<{ __typename: 'Appointment', id: string, startsAt: string, zone: string, state: AppointmentState, offsets: Array<number> | null, parties: Array<{ __typename: 'AppointmentParty', partyId: string, role: AppointmentRole, contactId: string | null, name: string | null, zone: string, confirmedAt: string | null }> }> } | null };

export type RescheduleSeriesMutationVariables = Exact<{
  seriesId: string | number;
  startsAt: string;
  rule?: string | null | undefined;
  idempotencyKey: string;
}>;


export type RescheduleSeriesMutation = { __typename: 'Mutation', rescheduleSeries:
    | { __typename: 'AppointmentSeries', id: string }
    | { __typename: 'Refused', reason: string, message: string, remedy: string }
   };

export type CancelSeriesMutationVariables = Exact<{
  seriesId: string | number;
  idempotencyKey: string;
}>;


export type CancelSeriesMutation = { __typename: 'Mutation', cancelSeries:
    | { __typename: 'AppointmentSeries', id: string }
    | { __typename: 'Refused', reason: string, message: string, remedy: string }
   };

export type AppointmentSeriesListQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type AppointmentSeriesListQuery = { __typename: 'Query', appointmentSeriesList: { __typename: 'AppointmentSeriesConnection', edges: Array<{ __typename: 'AppointmentSeriesEdge', node: { __typename: 'AppointmentSeries', id: string, rule: string, localStart: string, zone: string, durationMinutes: number, title: string | null, state: string, remindedId: string | null, occurrences: Array<{ __typename: 'Appointment', id: string, startsAt: string, state: AppointmentState, parties: Array<{ __typename: 'AppointmentParty', partyId: string, role: AppointmentRole, name: string | null, zone: string, confirmedAt: string | null }> }> } }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean, endCursor: string | null } } };

export type NotificationChoicesFragment = { __typename: 'NotificationSettings', offsets: Array<number>, language: NotificationLanguage, asksConfirmation: boolean, fields: Array<string>, contexts: Array<{ __typename: 'ContextSetting', context: NotificationContext, what: string, roles: Array<AppointmentRole>, templateEn: string, templateEs: string }> };

export type NotificationSettingsQueryVariables = Exact<{ [key: string]: never; }>;


export type NotificationSettingsQuery = { __typename: 'Query', notificationSettings: { __typename: 'NotificationSettings', offsets: Array<number>, language: NotificationLanguage, asksConfirmation: boolean, fields: Array<string>, contexts: Array<{ __typename: 'ContextSetting', context: NotificationContext, what: string, roles: Array<AppointmentRole>, templateEn: string, templateEs: string }> } };

export type ChangeNotificationSettingsMutationVariables = Exact<{
  input: NotificationSettingsInput;
}>;


export type ChangeNotificationSettingsMutation = { __typename: 'Mutation', changeNotificationSettings:
    | { __typename: 'NotificationSettings', offsets: Array<number>, language: NotificationLanguage, asksConfirmation: boolean, fields: Array<string>, contexts: Array<{ __typename: 'ContextSetting', context: NotificationContext, what: string, roles: Array<AppointmentRole>, templateEn: string, templateEs: string }> }
    | { __typename: 'Refused', reason: string, message: string, remedy: string }
   };

export type PreviewNotificationQueryVariables = Exact<{
  input: PreviewNotificationInput;
}>;


export type PreviewNotificationQuery = { __typename: 'Query', previewNotification:
    | { __typename: 'NotificationPreview', body: string, segments: number, encoding: string }
    | { __typename: 'Refused', reason: string, message: string, remedy: string }
   };

export type ProgressFragment = { __typename: 'CampaignProgress', campaignId: string, state: CampaignState, audienceSize: number, skipped: number, pending: number, unprepared: number, inFlight: number, unknown: number, accepted: number, delivered: number, undelivered: number, unproven: number, failed: number, suppressed: number, cancelled: number, expired: number, heldCredits: number, capturedCredits: number, capCredits: number | null, nextPlace: number | null, ratePerSecond: number, secondsLeft: number | null, seq: number, pause: { __typename: 'CampaignPause', reason: PauseReason, message: string, remedy: string, resumesByItself: boolean } | null, skippedBy: Array<{ __typename: 'SkippedCount', reason: SkipReason, message: string, recipients: number }> };

export type CampaignsQueryVariables = Exact<{
  states?: Array<CampaignState> | CampaignState | null | undefined;
  after?: string | null | undefined;
}>;


export type CampaignsQuery = { __typename: 'Query', campaigns: { __typename: 'CampaignConnection', edges: Array<{ __typename: 'CampaignEdge', node: { __typename: 'Campaign', id: string, name: string, state: CampaignState, purpose: MessagePurpose, createdAt: string, scheduledAt: string | null, startedAt: string | null, finishedAt: string | null, changedAt: string, progress: { __typename: 'CampaignProgress', campaignId: string, state: CampaignState, audienceSize: number, skipped: number, pending: number, unprepared: number, inFlight: number, unknown: number, accepted: number, delivered: number, undelivered: number, unproven: number, failed: number, suppressed: number, cancelled: number, expired: number, heldCredits: number, capturedCredits: number, capCredits: number | null, nextPlace: number | null, ratePerSecond: number, secondsLeft: number | null, seq: number, pause: { __typename: 'CampaignPause', reason: PauseReason, message: string, remedy: string, resumesByItself: boolean } | null, skippedBy: Array<{ __typename: 'SkippedCount', reason: SkipReason, message: string, recipients: number }> } } }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean, endCursor: string | null } } };

export type CampaignQueryVariables = Exact<{
  id: string | number;
}>;


export type CampaignQuery = { __typename: 'Query', campaign: { __typename: 'Campaign', id: string, name: string, state: CampaignState, purpose: MessagePurpose, template: string, optOutFooter: string | null, autoResume: boolean, capCredits: number | null, ownCapCredits: number | null, quoteId: string | null, createdAt: string, updatedAt: string, changedAt: string, scheduledAt: string | null, startedAt: string | null, finishedAt: string | null, expiresAt: string | null, cloneOf: string | null, audience: { __typename: 'CampaignAudience', tags: Array<string>, excludeTags: Array<string>, importId: string | null }, startProblem: { __typename: 'CampaignStartProblem', message: string, remedy: string } | null, progress: { __typename: 'CampaignProgress', campaignId: string, state: CampaignState, audienceSize: number, skipped: number, pending: number, unprepared: number, inFlight: number, unknown: number, accepted: number, delivered: number, undelivered: number, unproven: number, failed: number, suppressed: number, cancelled: number, expired: number, heldCredits: number, capturedCredits: number, capCredits: number | null, nextPlace: number | null, ratePerSecond: number, secondsLeft: number | null, seq: number, pause: { __typename: 'CampaignPause', reason: PauseReason, message: string, remedy: string, resumesByItself: boolean } | null, skippedBy: Array<{ __typename: 'SkippedCount', reason: SkipReason, message: string, recipients: number }> } } | null };

export type CampaignFailuresQueryVariables = Exact<{
  id: string | number;
}>;


export type CampaignFailuresQuery = { __typename: 'Query', campaign: { __typename: 'Campaign', id: string, failures: Array<{ __typename: 'CampaignFailure', errorCode: number | null, messages: number, words: string, remedy: string }> } | null };

export type CampaignRecipientsQueryVariables = Exact<{
  campaignId: string | number;
  states?: Array<RecipientState> | RecipientState | null | undefined;
  after?: string | null | undefined;
}>;


export type CampaignRecipientsQuery = { __typename: 'Query', campaignRecipients: { __typename: 'CampaignRecipientConnection', edges: Array<{ __typename: 'CampaignRecipientEdge', node: { __typename: 'CampaignRecipient', place: number, contactId: string, messageId: string | null, phone: string, state: RecipientState, stateReason: string | null, skipReason: SkipReason | null, segments: number | null, credits: number | null, tries: number | null } }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean, endCursor: string | null } } };

export type CampaignProgressSubscriptionVariables = Exact<{
  campaignId: string | number;
}>;


export type CampaignProgressSubscription = { campaignProgress: { __typename: 'CampaignProgress', campaignId: string, state: CampaignState, audienceSize: number, skipped: number, pending: number, unprepared: number, inFlight: number, unknown: number, accepted: number, delivered: number, undelivered: number, unproven: number, failed: number, suppressed: number, cancelled: number, expired: number, heldCredits: number, capturedCredits: number, capCredits: number | null, nextPlace: number | null, ratePerSecond: number, secondsLeft: number | null, seq: number, pause: { __typename: 'CampaignPause', reason: PauseReason, message: string, remedy: string, resumesByItself: boolean } | null, skippedBy: Array<{ __typename: 'SkippedCount', reason: SkipReason, message: string, recipients: number }> } | null };

export type CampaignsProgressSubscriptionVariables = Exact<{
  campaignIds: Array<string | number> | string | number;
}>;


export type CampaignsProgressSubscription = { campaignsProgress: Array<{ __typename: 'CampaignProgress', campaignId: string, state: CampaignState, audienceSize: number, skipped: number, pending: number, unprepared: number, inFlight: number, unknown: number, accepted: number, delivered: number, undelivered: number, unproven: number, failed: number, suppressed: number, cancelled: number, expired: number, heldCredits: number, capturedCredits: number, capCredits: number | null, nextPlace: number | null, ratePerSecond: number, secondsLeft: number | null, seq: number, pause: { __typename: 'CampaignPause', reason: PauseReason, message: string, remedy: string, resumesByItself: boolean } | null, skippedBy: Array<{ __typename: 'SkippedCount', reason: SkipReason, message: string, recipients: number }> }> };

export type CampaignEventsSubscriptionVariables = Exact<{
  afterSeq?: number | null | undefined;
}>;


export type CampaignEventsSubscription = { campaignEvents: { __typename: 'CampaignEvent', seq: number } };

export type SendingEventsSubscriptionVariables = Exact<{
  campaignId?: string | number | null | undefined;
  afterSeq?: number | null | undefined;
}>;


export type SendingEventsSubscription = { messageEvents: { __typename: 'MessageEvent', seq: number, at: string, kind: string, report: string | null, count: number } };

export type CreateCampaignMutationVariables = Exact<{
  input: CreateCampaignInput;
  idempotencyKey: string;
}>;


export type CreateCampaignMutation = { __typename: 'Mutation', createCampaign:
    | { __typename: 'Campaign', id: string }
    | { __typename: 'Refused', reason: string, message: string, remedy: string }
   };

export type UpdateCampaignMutationVariables = Exact<{
  campaignId: string | number;
  input: UpdateCampaignInput;
}>;


export type UpdateCampaignMutation = { __typename: 'Mutation', updateCampaign:
    | { __typename: 'Campaign', id: string, updatedAt: string }
    | { __typename: 'Refused', reason: string, message: string, remedy: string }
   };

export type PreviewTemplateQueryVariables = Exact<{
  input: PreviewTemplateInput;
}>;


export type PreviewTemplateQuery = { __typename: 'Query', previewTemplate:
    | { __typename: 'Refused', reason: string, message: string, remedy: string }
    | { __typename: 'TemplatePreview', samples: Array<{ __typename: 'TemplateSample', contactId: string, body: string | null, segments: number | null, encoding: string | null, credits: number | null, culprits: Array<string>, skipReason: SkipReason | null }> }
   };

export type SendTestMessageMutationVariables = Exact<{
  campaignId: string | number;
  phone?: string | null | undefined;
  contactId?: string | number | null | undefined;
  idempotencyKey: string;
}>;


export type SendTestMessageMutation = { __typename: 'Mutation', sendTestMessage:
    | { __typename: 'Refused', reason: string, message: string, remedy: string }
    | { __typename: 'TestMessage', messageId: string, credits: number, segments: number }
   };

export type QuoteFragment = { __typename: 'CampaignQuote', id: string, campaignId: string, audienceSize: number, recipients: number, credits: number, creditsMin: number, creditsMax: number, segmentsMin: number, segmentsTypical: number, segmentsMax: number, ucs2Recipients: number, availableCredits: number, shortfallCredits: number, expectedSeconds: number, createdAt: string, isStale: boolean, culprits: Array<{ __typename: 'EncodingCulprit', character: string, recipients: number }>, skipped: Array<{ __typename: 'SkippedCount', reason: SkipReason, message: string, recipients: number }>, countries: Array<{ __typename: 'CountryShare', country: string, recipients: number, segments: number, credits: number }>, hours: { __typename: 'QuoteHours', textableNow: number, waiting: number, firstOpensAt: string | null, lastOpensAt: string | null, neverOpen: number } | null, staleReasons: Array<{ __typename: 'QuoteStaleness', reason: string, message: string }> };

export type QuoteCampaignMutationVariables = Exact<{
  campaignId: string | number;
}>;


export type QuoteCampaignMutation = { __typename: 'Mutation', quoteCampaign:
    | { __typename: 'CampaignQuote', id: string, campaignId: string, audienceSize: number, recipients: number, credits: number, creditsMin: number, creditsMax: number, segmentsMin: number, segmentsTypical: number, segmentsMax: number, ucs2Recipients: number, availableCredits: number, shortfallCredits: number, expectedSeconds: number, createdAt: string, isStale: boolean, culprits: Array<{ __typename: 'EncodingCulprit', character: string, recipients: number }>, skipped: Array<{ __typename: 'SkippedCount', reason: SkipReason, message: string, recipients: number }>, countries: Array<{ __typename: 'CountryShare', country: string, recipients: number, segments: number, credits: number }>, hours: { __typename: 'QuoteHours', textableNow: number, waiting: number, firstOpensAt: string | null, lastOpensAt: string | null, neverOpen: number } | null, staleReasons: Array<{ __typename: 'QuoteStaleness', reason: string, message: string }> }
    | { __typename: 'Refused', reason: string, message: string, remedy: string }
   };

export type StartCampaignMutationVariables = Exact<{
  campaignId: string | number;
  quoteId: string | number;
  capCredits?: number | null | undefined;
  idempotencyKey: string;
}>;


export type StartCampaignMutation = { __typename: 'Mutation', startCampaign:
    | { __typename: 'Campaign', id: string, state: CampaignState }
    | { __typename: 'Refused', reason: string, message: string, remedy: string }
   };

export type ScheduleCampaignMutationVariables = Exact<{
  campaignId: string | number;
  quoteId: string | number;
  startAt: string;
  capCredits?: number | null | undefined;
}>;


export type ScheduleCampaignMutation = { __typename: 'Mutation', scheduleCampaign:
    | { __typename: 'Campaign', id: string, state: CampaignState }
    | { __typename: 'Refused', reason: string, message: string, remedy: string }
   };

export type UnscheduleCampaignMutationVariables = Exact<{
  campaignId: string | number;
}>;


export type UnscheduleCampaignMutation = { __typename: 'Mutation', unscheduleCampaign:
    | { __typename: 'Campaign', id: string, state: CampaignState }
    | { __typename: 'Refused', reason: string, message: string, remedy: string }
   };

export type PauseCampaignMutationVariables = Exact<{
  campaignId: string | number;
}>;


export type PauseCampaignMutation = { __typename: 'Mutation', pauseCampaign:
    | { __typename: 'CampaignDrain', inFlight: number, drainedBy: string | null }
    | { __typename: 'Refused', reason: string, message: string, remedy: string }
   };

export type ResumeCampaignMutationVariables = Exact<{
  campaignId: string | number;
  capCredits?: number | null | undefined;
  idempotencyKey?: string | null | undefined;
}>;


export type ResumeCampaignMutation = { __typename: 'Mutation', resumeCampaign:
    | { __typename: 'Campaign', id: string, state: CampaignState }
    | { __typename: 'Refused', reason: string, message: string, remedy: string }
   };

export type CancelCampaignMutationVariables = Exact<{
  campaignId: string | number;
}>;


export type CancelCampaignMutation = { __typename: 'Mutation', cancelCampaign:
    | { __typename: 'CampaignDrain', inFlight: number, drainedBy: string | null }
    | { __typename: 'Refused', reason: string, message: string, remedy: string }
   };

export type CloneCampaignMutationVariables = Exact<{
  campaignId: string | number;
  name?: string | null | undefined;
  idempotencyKey: string;
}>;


export type CloneCampaignMutation = { __typename: 'Mutation', cloneCampaign:
    | { __typename: 'Campaign', id: string }
    | { __typename: 'Refused', reason: string, message: string, remedy: string }
   };

export type ApproveCampaignMutationVariables = Exact<{
  campaignId: string | number;
  credits?: number | null | undefined;
  reason: string;
}>;


export type ApproveCampaignMutation = { __typename: 'Mutation', approveCampaign:
    | { __typename: 'Campaign', id: string, state: CampaignState }
    | { __typename: 'Refused', reason: string, message: string, remedy: string }
   };

export type ContactsQueryVariables = Exact<{
  filter?: ContactFilterInput | null | undefined;
  after?: string | null | undefined;
}>;


export type ContactsQuery = { __typename: 'Query', contacts: { __typename: 'ContactConnection', edges: Array<{ __typename: 'ContactEdge', node: { __typename: 'Contact', id: string, phone: string, country: string, firstName: string | null, lastName: string | null, email: string | null, tags: Array<string>, timeZone: string | null, sendability: Array<{ __typename: 'Sendability', purpose: ConsentPurpose, mayText: boolean, words: string }> } }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean, endCursor: string | null } } };

export type ContactCountQueryVariables = Exact<{
  filter?: ContactFilterInput | null | undefined;
}>;


export type ContactCountQuery = { __typename: 'Query', contactCount: number };

export type ContactTagsQueryVariables = Exact<{ [key: string]: never; }>;


export type ContactTagsQuery = { __typename: 'Query', contactTags: Array<{ __typename: 'TagCount', tag: string, contacts: number }> };

export type ContactQueryVariables = Exact<{
  id: string | number;
}>;


export type ContactQuery = { __typename: 'Query', contact: { __typename: 'Contact', id: string, phone: string, country: string, numberType: string, firstName: string | null, lastName: string | null, email: string | null, region: string | null, timeZone: string | null, tags: Array<string>, importId: string | null, createdAt: string, updatedAt: string, attributes: Array<{ __typename: 'ContactAttribute', name: string, value: string }>, sendability: Array<{ __typename: 'Sendability', purpose: ConsentPurpose, mayText: boolean, words: string }> } | null };

export type ConsentHistoryQueryVariables = Exact<{
  contactId: string | number;
  after?: string | null | undefined;
}>;


export type ConsentHistoryQuery = { __typename: 'Query', contact: { __typename: 'Contact', id: string, consentEvents: { __typename: 'ConsentEventConnection', edges: Array<{ __typename: 'ConsentEventEdge', node: { __typename: 'ConsentEvent', id: string, action: ConsentAction, purpose: ConsentPurpose, level: ConsentLevel | null, method: ConsentMethod, source: string | null, exactText: string | null, language: string | null, evidence: string, actor: string | null, importId: string | null, occurredAt: string, recordedAt: string } }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean, endCursor: string | null } } } | null };

export type ConsentAtQueryVariables = Exact<{
  phone: string;
  purpose: ConsentPurpose;
  at?: string | null | undefined;
}>;


export type ConsentAtQuery = { __typename: 'Query', consentAt: { __typename: 'ConsentAt', granted: boolean, event: { __typename: 'ConsentEvent', id: string, action: ConsentAction, method: ConsentMethod, source: string | null, exactText: string | null, occurredAt: string, recordedAt: string } | null } };

export type CreateContactMutationVariables = Exact<{
  phone: string;
  defaultCountry?: string | null | undefined;
  details?: ContactInput | null | undefined;
}>;


export type CreateContactMutation = { __typename: 'Mutation', createContact:
    | { __typename: 'Contact', id: string }
    | { __typename: 'Refused', reason: string, message: string, remedy: string }
   };

export type UpdateContactMutationVariables = Exact<{
  contactId: string | number;
  details: ContactInput;
}>;


export type UpdateContactMutation = { __typename: 'Mutation', updateContact:
    | { __typename: 'Contact', id: string }
    | { __typename: 'Refused', reason: string, message: string, remedy: string }
   };

export type DeleteContactMutationVariables = Exact<{
  contactId: string | number;
}>;


export type DeleteContactMutation = { __typename: 'Mutation', deleteContact:
    | { __typename: 'ContactDeleted', contactId: string }
    | { __typename: 'Refused', reason: string, message: string, remedy: string }
   };

export type GrantConsentMutationVariables = Exact<{
  input: GrantConsentInput;
}>;


export type GrantConsentMutation = { __typename: 'Mutation', grantConsent:
    | { __typename: 'ConsentRecorded', eventIds: Array<string> }
    | { __typename: 'Refused', reason: string, message: string, remedy: string }
   };

export type RevokeConsentMutationVariables = Exact<{
  input: RevokeConsentInput;
}>;


export type RevokeConsentMutation = { __typename: 'Mutation', revokeConsent:
    | { __typename: 'ConsentRecorded', eventIds: Array<string> }
    | { __typename: 'Refused', reason: string, message: string, remedy: string }
   };

export type ImportFactsFragment = { __typename: 'Import', id: string, fileName: string, state: ImportState, sizeBytes: number, failure: string | null, createdAt: string, finishedAt: string | null, startedBy: string, consentsGranted: number, consentsRevoked: number, rejectFilePath: string, counts: { __typename: 'ImportCounts', rowsRead: number, created: number, updated: number, unchanged: number, duplicates: number, rejected: number } };

export type ImportsQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type ImportsQuery = { __typename: 'Query', imports: { __typename: 'ImportConnection', edges: Array<{ __typename: 'ImportEdge', node: { __typename: 'Import', id: string, fileName: string, state: ImportState, sizeBytes: number, failure: string | null, createdAt: string, finishedAt: string | null, startedBy: string, consentsGranted: number, consentsRevoked: number, rejectFilePath: string, counts: { __typename: 'ImportCounts', rowsRead: number, created: number, updated: number, unchanged: number, duplicates: number, rejected: number } } }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean, endCursor: string | null } } };

export type ImportStoryFragment = { __typename: 'Import', id: string, fileName: string, state: ImportState, sizeBytes: number, failure: string | null, createdAt: string, finishedAt: string | null, startedBy: string, consentsGranted: number, consentsRevoked: number, rejectFilePath: string, rejectReasons: Array<{ __typename: 'ImportReason', code: string, rows: number, words: string }>, remarks: Array<{ __typename: 'ImportReason', code: string, rows: number, words: string }>, undo: { __typename: 'ImportUndo', removed: number, restored: number, kept: number, consentsRevoked: number } | null, counts: { __typename: 'ImportCounts', rowsRead: number, created: number, updated: number, unchanged: number, duplicates: number, rejected: number } };

export type ImportProgressSubscriptionVariables = Exact<{
  importId: string | number;
}>;


export type ImportProgressSubscription = { importProgress: { __typename: 'Import', id: string, fileName: string, state: ImportState, sizeBytes: number, failure: string | null, createdAt: string, finishedAt: string | null, startedBy: string, consentsGranted: number, consentsRevoked: number, rejectFilePath: string, rejectReasons: Array<{ __typename: 'ImportReason', code: string, rows: number, words: string }>, remarks: Array<{ __typename: 'ImportReason', code: string, rows: number, words: string }>, undo: { __typename: 'ImportUndo', removed: number, restored: number, kept: number, consentsRevoked: number } | null, counts: { __typename: 'ImportCounts', rowsRead: number, created: number, updated: number, unchanged: number, duplicates: number, rejected: number } } | null };

export type ImportPreviewQueryVariables = Exact<{
  importId: string | number;
  options?: ImportOptionsInput | null | undefined;
}>;


export type ImportPreviewQuery = { __typename: 'Query', importPreview:
    | { __typename: 'ImportPreview', hasHeader: boolean, delimiter: string, encoding: string, wholeFile: boolean, optIns: number, optOuts: number, rows: Array<Array<string>>, columns: Array<{ __typename: 'ImportColumn', header: string, field: ImportColumnField, attribute: string | null }>, counts: { __typename: 'ImportCounts', rowsRead: number, created: number, updated: number, unchanged: number, duplicates: number, rejected: number }, rejectReasons: Array<{ __typename: 'ImportReason', code: string, rows: number, words: string }>, rejects: Array<{ __typename: 'ImportReject', line: number, column: string | null, words: string, raw: string | null }> }
    | { __typename: 'Refused', reason: string, message: string, remedy: string }
   };

export type StartImportMutationVariables = Exact<{
  importId: string | number;
  options?: ImportOptionsInput | null | undefined;
}>;


export type StartImportMutation = { __typename: 'Mutation', startImport:
    | { __typename: 'Import', id: string }
    | { __typename: 'Refused', reason: string, message: string, remedy: string }
   };

export type UndoImportMutationVariables = Exact<{
  importId: string | number;
}>;


export type UndoImportMutation = { __typename: 'Mutation', undoImport:
    | { __typename: 'Import', id: string }
    | { __typename: 'Refused', reason: string, message: string, remedy: string }
   };

export type PriceListQueryVariables = Exact<{ [key: string]: never; }>;


export type PriceListQuery = { __typename: 'Query', priceList: Array<{ __typename: 'PriceListItem', code: string, name: string, kind: PriceListKind, credits: number, amountMinor: number, currency: string, rolloverCreditsMax: number, trialCredits: number, trialDays: number }> };

export type BillingFactsFragment = { __typename: 'Billing', hasCard: boolean, isFrozen: boolean, topUpCommittedMinor: number, topUp: { __typename: 'TopUpSetting', enabled: boolean, mode: TopUpMode, credits: number, thresholdCredits: number, monthlyCapMinor: number, disabledReason: string | null } | null, subscription: { __typename: 'BillingSubscription', id: string, code: string | null, status: string, periodEnd: string | null, cancelAt: string | null, pauseCause: string | null } | null };

export type BillingQueryVariables = Exact<{ [key: string]: never; }>;


export type BillingQuery = { __typename: 'Query', billing: { __typename: 'Billing', hasCard: boolean, isFrozen: boolean, topUpCommittedMinor: number, topUp: { __typename: 'TopUpSetting', enabled: boolean, mode: TopUpMode, credits: number, thresholdCredits: number, monthlyCapMinor: number, disabledReason: string | null } | null, subscription: { __typename: 'BillingSubscription', id: string, code: string | null, status: string, periodEnd: string | null, cancelAt: string | null, pauseCause: string | null } | null } };

export type BillingOrdersQueryVariables = Exact<{ [key: string]: never; }>;


export type BillingOrdersQuery = { __typename: 'Query', billingOrders: { __typename: 'BillingOrderConnection', edges: Array<{ __typename: 'BillingOrderEdge', node: { __typename: 'BillingOrder', id: string, code: string, credits: number, amountMinor: number, currency: string, state: OrderState, createdAt: string, expiresAt: string, sessionUrl: string | null } }> } };

export type BillingPaymentsQueryVariables = Exact<{ [key: string]: never; }>;


export type BillingPaymentsQuery = { __typename: 'Query', billingPayments: { __typename: 'BillingPaymentConnection', edges: Array<{ __typename: 'BillingPaymentEdge', node: { __typename: 'BillingPayment', id: string, amountMinor: number, receivedMinor: number, refundedMinor: number, disputedMinor: number, currency: string, status: string, failure: string | null, disputeOpen: boolean, fraudWarned: boolean, receiptUrl: string | null, createdAt: string } }> }, billingInvoices: { __typename: 'BillingInvoiceConnection', edges: Array<{ __typename: 'BillingInvoiceEdge', node: { __typename: 'BillingInvoice', id: string, number: string | null, status: string, totalMinor: number, paidMinor: number, currency: string, hostedUrl: string | null, nextAttemptAt: string | null, createdAt: string } }> }, topUps: { __typename: 'TopUpConnection', edges: Array<{ __typename: 'TopUpEdge', node: { __typename: 'TopUp', id: string, state: TopUpState, credits: number, amountMinor: number, requestedAt: string, failure: string | null } }> } };

export type BillingEventsSubscriptionVariables = Exact<{
  afterSeq?: number | null | undefined;
}>;


export type BillingEventsSubscription = { billingEvents: { __typename: 'BillingEvent', seq: number, at: string, kind: string, state: string | null, credits: number | null, subjectId: string | null } };

export type BuyCreditsMutationVariables = Exact<{
  code: string;
  idempotencyKey: string;
}>;


export type BuyCreditsMutation = { __typename: 'Mutation', buyCredits:
    | { __typename: 'BillingOrder', id: string, state: OrderState, sessionUrl: string | null }
    | { __typename: 'Refused', reason: string, message: string, remedy: string }
   };

export type StartPlanMutationVariables = Exact<{
  code: string;
  idempotencyKey: string;
}>;


export type StartPlanMutation = { __typename: 'Mutation', startPlan:
    | { __typename: 'BillingOrder', id: string, state: OrderState, sessionUrl: string | null }
    | { __typename: 'Refused', reason: string, message: string, remedy: string }
   };

export type ChangePlanMutationVariables = Exact<{
  code: string;
  idempotencyKey: string;
}>;


export type ChangePlanMutation = { __typename: 'Mutation', changePlan:
    | { __typename: 'Billing', hasCard: boolean, isFrozen: boolean, topUpCommittedMinor: number, topUp: { __typename: 'TopUpSetting', enabled: boolean, mode: TopUpMode, credits: number, thresholdCredits: number, monthlyCapMinor: number, disabledReason: string | null } | null, subscription: { __typename: 'BillingSubscription', id: string, code: string | null, status: string, periodEnd: string | null, cancelAt: string | null, pauseCause: string | null } | null }
    | { __typename: 'Refused', reason: string, message: string, remedy: string }
   };

export type CancelPlanMutationVariables = Exact<{ [key: string]: never; }>;


export type CancelPlanMutation = { __typename: 'Mutation', cancelPlan:
    | { __typename: 'Billing', hasCard: boolean, isFrozen: boolean, topUpCommittedMinor: number, topUp: { __typename: 'TopUpSetting', enabled: boolean, mode: TopUpMode, credits: number, thresholdCredits: number, monthlyCapMinor: number, disabledReason: string | null } | null, subscription: { __typename: 'BillingSubscription', id: string, code: string | null, status: string, periodEnd: string | null, cancelAt: string | null, pauseCause: string | null } | null }
    | { __typename: 'Refused', reason: string, message: string, remedy: string }
   };

export type KeepPlanMutationVariables = Exact<{ [key: string]: never; }>;


export type KeepPlanMutation = { __typename: 'Mutation', keepPlan:
    | { __typename: 'Billing', hasCard: boolean, isFrozen: boolean, topUpCommittedMinor: number, topUp: { __typename: 'TopUpSetting', enabled: boolean, mode: TopUpMode, credits: number, thresholdCredits: number, monthlyCapMinor: number, disabledReason: string | null } | null, subscription: { __typename: 'BillingSubscription', id: string, code: string | null, status: string, periodEnd: string | null, cancelAt: string | null, pauseCause: string | null } | null }
    | { __typename: 'Refused', reason: string, message: string, remedy: string }
   };

export type SetTopUpMutationVariables = Exact<{
  enabled: boolean;
  mode: TopUpMode;
  credits: number;
  thresholdCredits: number;
  monthlyCapMinor: number;
}>;


export type SetTopUpMutation = { __typename: 'Mutation', setTopUp:
    | { __typename: 'Billing', hasCard: boolean, isFrozen: boolean, topUpCommittedMinor: number, topUp: { __typename: 'TopUpSetting', enabled: boolean, mode: TopUpMode, credits: number, thresholdCredits: number, monthlyCapMinor: number, disabledReason: string | null } | null, subscription: { __typename: 'BillingSubscription', id: string, code: string | null, status: string, periodEnd: string | null, cancelAt: string | null, pauseCause: string | null } | null }
    | { __typename: 'Refused', reason: string, message: string, remedy: string }
   };

export type ConfirmTopUpMutationVariables = Exact<{
  topUpId: string | number;
}>;


export type ConfirmTopUpMutation = { __typename: 'Mutation', confirmTopUp:
    | { __typename: 'BillingLink', url: string }
    | { __typename: 'Refused', reason: string, message: string, remedy: string }
   };

export type OpenBillingPortalMutationVariables = Exact<{ [key: string]: never; }>;


export type OpenBillingPortalMutation = { __typename: 'Mutation', openBillingPortal:
    | { __typename: 'BillingLink', url: string }
    | { __typename: 'Refused', reason: string, message: string, remedy: string }
   };

export type BalanceFragment = { __typename: 'CreditBalance', available: number, held: number, spent: number, expired: number, debt: number, seq: number };

export type CreditBalanceQueryVariables = Exact<{ [key: string]: never; }>;


export type CreditBalanceQuery = { __typename: 'Query', creditBalance: { __typename: 'CreditBalance', available: number, held: number, spent: number, expired: number, debt: number, seq: number } };

export type LiveBalanceSubscriptionVariables = Exact<{
  afterSeq?: number | null | undefined;
}>;


export type LiveBalanceSubscription = { creditBalance: { __typename: 'CreditBalance', available: number, held: number, spent: number, expired: number, debt: number, seq: number } };

export type CreditLotsQueryVariables = Exact<{ [key: string]: never; }>;


export type CreditLotsQuery = { __typename: 'Query', creditLots: Array<{ __typename: 'CreditLot', lotNo: number, source: LotSource, priority: number, amountCredits: number, remainingCredits: number, createdAt: string, expiresAt: string | null }> };

export type ExplainBalanceQueryVariables = Exact<{ [key: string]: never; }>;


export type ExplainBalanceQuery = { __typename: 'Query', explainBalance: { __typename: 'BalanceExplanation', available: number, parts: Array<{ __typename: 'BalancePart', part: BalancePartKind, source: LotSource | null, credits: number }> } };

export type CreditUsesQueryVariables = Exact<{ [key: string]: never; }>;


export type CreditUsesQuery = { __typename: 'Query', creditUses: Array<{ __typename: 'CreditUse', use: CreditUseKind, campaignId: string | null, messages: number, spent: number, held: number, refunded: number }> };

export type CreditStatementQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type CreditStatementQuery = { __typename: 'Query', creditStatement: { __typename: 'StatementLineConnection', edges: Array<{ __typename: 'StatementLineEdge', node: { __typename: 'StatementLine', seq: number, at: string, kind: TransferKind, description: string, reason: string | null, actor: string, amount: number, available: number, availableChange: number, held: number, heldChange: number, lotNo: number, lotSource: LotSource, messageId: string | null, campaignId: string | null, blockNo: number } }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean, endCursor: string | null } } };

export type ApiKeysQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type ApiKeysQuery = { __typename: 'Query', apiKeys: { __typename: 'ApiKeyConnection', edges: Array<{ __typename: 'ApiKeyEdge', node: { __typename: 'ApiKey', id: string, name: string, prefix: string, role: ApiKeyRole, operationsOnly: boolean, createdAt: string, expiresAt: string | null, lastUsedAt: string | null, revokedAt: string | null, operations: Array<{ __typename: 'RegisteredOperation', hash: string, name: string, document: string, registeredAt: string }> } }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean, endCursor: string | null } } };

export type CreateApiKeyMutationVariables = Exact<{
  name: string;
  role: ApiKeyRole;
  expiresAt?: string | null | undefined;
  operationsOnly: boolean;
}>;


export type CreateApiKeyMutation = { __typename: 'Mutation', createApiKey:
    | { __typename: 'ApiKeyCreated', key: string, apiKey: { __typename: 'ApiKey', id: string } }
    | { __typename: 'Refused', reason: string, message: string, remedy: string }
   };

export type RegisterOperationsMutationVariables = Exact<{
  apiKeyId: string | number;
  documents: Array<string> | string;
}>;


export type RegisterOperationsMutation = { __typename: 'Mutation', registerOperations:
    | { __typename: 'ApiKey', id: string }
    | { __typename: 'Refused', reason: string, message: string, remedy: string }
   };

export type UnregisterOperationMutationVariables = Exact<{
  apiKeyId: string | number;
  hash: string;
}>;


export type UnregisterOperationMutation = { __typename: 'Mutation', unregisterOperation:
    | { __typename: 'ApiKey', id: string }
    | { __typename: 'Refused', reason: string, message: string, remedy: string }
   };

export type RevokeApiKeyMutationVariables = Exact<{
  apiKeyId: string | number;
}>;


export type RevokeApiKeyMutation = { __typename: 'Mutation', revokeApiKey:
    | { __typename: 'ApiKey', id: string }
    | { __typename: 'Refused', reason: string, message: string, remedy: string }
   };

export type EndpointFragment = { __typename: 'WebhookEndpoint', id: string, url: string, description: string, eventTypes: Array<string>, enabled: boolean, failingSince: string | null, lastDeliveredAt: string | null, waiting: number, delivered: number, failed: number, createdAt: string, disabled: { __typename: 'WebhookDisabled', reason: WebhookDisabledReason, message: string, remedy: string } | null };

export type ListedDeliveryFragment = { __typename: 'WebhookDelivery', id: string, type: string, state: WebhookDeliveryState, tries: number, eventAt: string, nextTryAt: string | null, attempts: Array<{ __typename: 'WebhookAttempt', n: number, status: number | null, problem: string | null }> };

export type WebhookEndpointsQueryVariables = Exact<{ [key: string]: never; }>;


export type WebhookEndpointsQuery = { __typename: 'Query', webhookEndpoints: Array<{ __typename: 'WebhookEndpoint', id: string, url: string, description: string, eventTypes: Array<string>, enabled: boolean, failingSince: string | null, lastDeliveredAt: string | null, waiting: number, delivered: number, failed: number, createdAt: string, disabled: { __typename: 'WebhookDisabled', reason: WebhookDisabledReason, message: string, remedy: string } | null }> };

export type WebhookEventTypesQueryVariables = Exact<{ [key: string]: never; }>;


export type WebhookEventTypesQuery = { __typename: 'Query', webhookEventTypes: Array<{ __typename: 'WebhookEventType', name: string, description: string }> };

export type WebhookDeliveriesQueryVariables = Exact<{
  endpointId: string | number;
  states?: Array<WebhookDeliveryState> | WebhookDeliveryState | null | undefined;
  types?: Array<string> | string | null | undefined;
  after?: string | null | undefined;
}>;


export type WebhookDeliveriesQuery = { __typename: 'Query', webhookDeliveries: { __typename: 'WebhookDeliveryConnection', edges: Array<{ __typename: 'WebhookDeliveryEdge', node: { __typename: 'WebhookDelivery', id: string, type: string, state: WebhookDeliveryState, tries: number, eventAt: string, nextTryAt: string | null, attempts: Array<{ __typename: 'WebhookAttempt', n: number, status: number | null, problem: string | null }> } }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean, endCursor: string | null } } };

export type WebhookDeliveryQueryVariables = Exact<{
  deliveryId: string | number;
}>;


export type WebhookDeliveryQuery = { __typename: 'Query', webhookDelivery: { __typename: 'WebhookDelivery', id: string, type: string, state: WebhookDeliveryState, tries: number, eventAt: string, nextTryAt: string | null, body: string | null, attempts: Array<{ __typename: 'WebhookAttempt', n: number, at: string, durationMs: number, status: number | null, answer: string | null, problem: string | null }> } | null };

export type FailedWebhooksQueryVariables = Exact<{
  endpointId: string | number;
}>;


export type FailedWebhooksQuery = { __typename: 'Query', webhookDeliveries: { __typename: 'WebhookDeliveryConnection', edges: Array<{ __typename: 'WebhookDeliveryEdge', node: { __typename: 'WebhookDelivery', id: string, eventAt: string } }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean, endCursor: string | null } } };

export type WebhookLogSubscriptionVariables = Exact<{
  endpointId: string | number;
}>;


export type WebhookLogSubscription = { webhookLog: { __typename: 'WebhookLogState', endpointId: string, enabled: boolean, waiting: number, delivered: number, failed: number, lastChangeAt: string | null } | null };

export type CreateWebhookEndpointMutationVariables = Exact<{
  url: string;
  description: string;
  eventTypes: Array<string> | string;
}>;


export type CreateWebhookEndpointMutation = { __typename: 'Mutation', createWebhookEndpoint:
    | { __typename: 'Refused', reason: string, message: string, remedy: string }
    | { __typename: 'WebhookEndpointCreated', secret: string, endpoint: { __typename: 'WebhookEndpoint', id: string } }
   };

export type UpdateWebhookEndpointMutationVariables = Exact<{
  endpointId: string | number;
  url: string;
  description: string;
  eventTypes: Array<string> | string;
}>;


export type UpdateWebhookEndpointMutation = { __typename: 'Mutation', updateWebhookEndpoint:
    | { __typename: 'Refused', reason: string, message: string, remedy: string }
    | { __typename: 'WebhookEndpoint', id: string }
   };

export type SwitchWebhookEndpointMutationVariables = Exact<{
  endpointId: string | number;
  enabled: boolean;
  skipMissed: boolean;
}>;


export type SwitchWebhookEndpointMutation = { __typename: 'Mutation', updateWebhookEndpoint:
    | { __typename: 'Refused', reason: string, message: string, remedy: string }
    | { __typename: 'WebhookEndpoint', id: string }
   };

export type DeleteWebhookEndpointMutationVariables = Exact<{
  endpointId: string | number;
}>;


export type DeleteWebhookEndpointMutation = { __typename: 'Mutation', deleteWebhookEndpoint:
    | { __typename: 'Refused', reason: string, message: string, remedy: string }
    | { __typename: 'WebhookEndpointDeleted', endpointId: string }
   };

export type RollWebhookSecretMutationVariables = Exact<{
  endpointId: string | number;
}>;


export type RollWebhookSecretMutation = { __typename: 'Mutation', rollWebhookSecret:
    | { __typename: 'Refused', reason: string, message: string, remedy: string }
    | { __typename: 'WebhookSecretRolled', secret: string, oldSignsUntil: string }
   };

export type SendTestEventMutationVariables = Exact<{
  endpointId: string | number;
}>;


export type SendTestEventMutation = { __typename: 'Mutation', sendTestEvent:
    | { __typename: 'Refused', reason: string, message: string, remedy: string }
    | { __typename: 'WebhookDelivery', id: string }
   };

export type RedeliverWebhookMutationVariables = Exact<{
  deliveryId: string | number;
}>;


export type RedeliverWebhookMutation = { __typename: 'Mutation', redeliverWebhook:
    | { __typename: 'Refused', reason: string, message: string, remedy: string }
    | { __typename: 'WebhookDelivery', id: string }
   };

export type RedeliverFailedWebhooksMutationVariables = Exact<{
  endpointId: string | number;
  since: string;
}>;


export type RedeliverFailedWebhooksMutation = { __typename: 'Mutation', redeliverFailedWebhooks:
    | { __typename: 'Refused', reason: string, message: string, remedy: string }
    | { __typename: 'WebhookRedelivery', asked: number }
   };

export type ConversationLineFragment = { __typename: 'Conversation', id: string, phone: string, contactId: string | null, firstName: string | null, lastName: string | null, lastBody: string | null, lastInboundAt: string, lastAt: string, unread: number, attention: ConversationAttention | null, attentionWords: string | null, optedOutAt: string | null, assignedTo: string | null, closedAt: string | null };

export type ConversationsQueryVariables = Exact<{
  unread: boolean;
  attention: boolean;
  closed: boolean;
  after?: string | null | undefined;
}>;


export type ConversationsQuery = { __typename: 'Query', conversations: { __typename: 'ConversationConnection', edges: Array<{ __typename: 'ConversationEdge', node: { __typename: 'Conversation', id: string, phone: string, contactId: string | null, firstName: string | null, lastName: string | null, lastBody: string | null, lastInboundAt: string, lastAt: string, unread: number, attention: ConversationAttention | null, attentionWords: string | null, optedOutAt: string | null, assignedTo: string | null, closedAt: string | null } }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean, endCursor: string | null } } };

export type ConversationQueryVariables = Exact<{
  id: string | number;
}>;


export type ConversationQuery = { __typename: 'Query', conversation: { __typename: 'Conversation', id: string, phone: string, contactId: string | null, firstName: string | null, lastName: string | null, lastBody: string | null, lastInboundAt: string, lastAt: string, unread: number, attention: ConversationAttention | null, attentionWords: string | null, optedOutAt: string | null, assignedTo: string | null, closedAt: string | null, sendability: Array<{ __typename: 'Sendability', purpose: ConsentPurpose, mayText: boolean, words: string }> } | null };

export type ConversationTextsQueryVariables = Exact<{
  id: string | number;
  after?: string | null | undefined;
}>;


export type ConversationTextsQuery = { __typename: 'Query', conversation: { __typename: 'Conversation', id: string, texts: { __typename: 'ConversationTextConnection', edges: Array<{ __typename: 'ConversationTextEdge', node: { __typename: 'ConversationText', id: string, direction: TextDirection, at: string, body: string | null, class: ReplyClass | null, outcome: string | null, mediaCount: number, writtenAs: string | null, answers: string | null, actor: string | null, state: string | null } }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean, endCursor: string | null } } } | null };

export type PreviewReplyQueryVariables = Exact<{
  conversationId: string | number;
  body: string;
}>;


export type PreviewReplyQuery = { __typename: 'Query', previewReply: { __typename: 'ReplyPreview', segments: number | null, credits: number | null, availableCredits: number, isQuiet: boolean, opensAt: string | null, why: string | null, refusal: { __typename: 'Refused', reason: string, message: string, remedy: string } | null } | null };

export type ReplyMutationVariables = Exact<{
  conversationId: string | number;
  body: string;
  idempotencyKey: string;
}>;


export type ReplyMutation = { __typename: 'Mutation', replyToConversation:
    | { __typename: 'Refused', reason: string, message: string, remedy: string }
    | { __typename: 'ReplyWritten', messageId: string, credits: number }
   };

export type MarkReadMutationVariables = Exact<{
  conversationId: string | number;
}>;


export type MarkReadMutation = { __typename: 'Mutation', markConversationRead:
    | { __typename: 'Conversation', id: string }
    | { __typename: 'Refused', reason: string, message: string, remedy: string }
   };

export type CloseConversationMutationVariables = Exact<{
  conversationId: string | number;
  closed: boolean;
}>;


export type CloseConversationMutation = { __typename: 'Mutation', closeConversation:
    | { __typename: 'Conversation', id: string }
    | { __typename: 'Refused', reason: string, message: string, remedy: string }
   };

export type AssignConversationMutationVariables = Exact<{
  conversationId: string | number;
  userId?: string | number | null | undefined;
}>;


export type AssignConversationMutation = { __typename: 'Mutation', assignConversation:
    | { __typename: 'Conversation', id: string }
    | { __typename: 'Refused', reason: string, message: string, remedy: string }
   };

export type InboxEventsSubscriptionVariables = Exact<{
  afterSeq?: number | null | undefined;
}>;


export type InboxEventsSubscription = { inboxEvents: { __typename: 'InboxEvent', seq: number, kind: string, conversationId: string | null, totals: { __typename: 'InboxTotals', conversations: number, unreadConversations: number, unreadTexts: number } } };

export type MessagesQueryVariables = Exact<{
  states?: Array<MessageState> | MessageState | null | undefined;
  campaignId?: string | number | null | undefined;
  contactId?: string | number | null | undefined;
  since?: string | null | undefined;
  after?: string | null | undefined;
}>;


export type MessagesQuery = { __typename: 'Query', messages: { __typename: 'MessageConnection', edges: Array<{ __typename: 'MessageEdge', node: { __typename: 'Message', id: string, campaignId: string | null, place: number | null, phone: string, country: string, purpose: TextPurpose, state: MessageState, reason: string | null, segments: number, cost: number, tries: number, createdAt: string, delivery: { __typename: 'MessageDelivery', status: string, errorWords: string | null } | null, failure: { __typename: 'MessageFailure', words: string } | null } }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean, endCursor: string | null } } };

export type MessageQueryVariables = Exact<{
  id: string | number;
}>;


export type MessageQuery = { __typename: 'Query', message: { __typename: 'Message', id: string, campaignId: string | null, contactId: string | null, place: number | null, phone: string, country: string, purpose: TextPurpose, state: MessageState, reason: string | null, body: string | null, segments: number, cost: number, tries: number, sid: string | null, createdAt: string, notBefore: string | null, expiresAt: string | null, delivery: { __typename: 'MessageDelivery', status: string, errorCode: number | null, errorWords: string | null, updatedAt: string } | null, failure: { __typename: 'MessageFailure', code: number, words: string, remedy: string } | null, timeline: Array<{ __typename: 'MessageTimelineEntry', at: string, kind: MessageTimelineKind, words: string, attempt: number | null, attemptId: string | null, credits: number | null, code: number | null, sid: string | null, facts: Array<{ __typename: 'Fact', name: string, value: string | null }> }> } | null };

export type MessageEventsSubscriptionVariables = Exact<{
  afterSeq?: number | null | undefined;
  campaignId?: string | number | null | undefined;
}>;


export type MessageEventsSubscription = { messageEvents: { __typename: 'MessageEvent', seq: number, at: string, kind: string, report: string | null, count: number, campaignId: string | null, messages: Array<string>, reasons: Array<{ __typename: 'ReasonCount', reason: string, count: number }> } };

export type AccountsQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type AccountsQuery = { __typename: 'Query', accounts: { __typename: 'AccountConnection', edges: Array<{ __typename: 'AccountEdge', node: { __typename: 'Account', id: string, name: string, maySend: boolean, isHeld: boolean, subscriptionState: SubscriptionState, sendingStoppedReason: string | null, singlesPerHour: number | null, sendingStops: Array<{ __typename: 'SendingStop', cause: StopCause, reason: string, remedy: string, since: string }> } }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean, endCursor: string | null } } };

export type PlatformQueryVariables = Exact<{ [key: string]: never; }>;


export type PlatformQuery = { __typename: 'Query', platformSending: { __typename: 'PlatformSending', isStopped: boolean, reason: string | null, lockedSince: string | null }, auditLooks: Array<{ __typename: 'AuditLook', kind: string, endedAt: string, cleanAt: string | null, tookMs: number }>, senders: Array<{ __typename: 'Sender', address: string, isUnlimited: boolean, segmentsPerSecond: number | null }>, billingDifferences: Array<{ __typename: 'BillingDifference', id: string, what: string, objectKind: string, objectId: string, foundAt: string }> };

export type AuditBreachesQueryVariables = Exact<{
  openOnly: boolean;
  after?: string | null | undefined;
}>;


export type AuditBreachesQuery = { __typename: 'Query', auditBreaches: { __typename: 'AuditBreachConnection', edges: Array<{ __typename: 'AuditBreachEdge', node: { __typename: 'AuditBreach', id: string, accountId: string | null, invariant: string, rule: string, what: string, why: string, stopsSending: boolean, firstSeenAt: string, clearedAt: string | null, acknowledgedAt: string | null, acknowledgedBy: string | null, acknowledgedReason: string | null } }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean, endCursor: string | null } } };

export type AuditBreachFoundSubscriptionVariables = Exact<{
  afterId?: string | number | null | undefined;
}>;


export type AuditBreachFoundSubscription = { auditBreachFound: { __typename: 'AuditBreach', id: string, invariant: string, what: string, accountId: string | null } };

export type UnknownOutcomesOfQueryVariables = Exact<{
  accountId: string | number;
  states?: Array<UnknownOutcomeState> | UnknownOutcomeState | null | undefined;
  after?: string | null | undefined;
}>;


export type UnknownOutcomesOfQuery = { __typename: 'Query', unknownOutcomesOf: { __typename: 'UnknownOutcomeConnection', edges: Array<{ __typename: 'UnknownOutcomeEdge', node: { __typename: 'UnknownOutcome', accountId: string, attemptId: string, messageId: string, campaignId: string | null, state: UnknownOutcomeState, money: UnknownOutcomeMoney, policy: string, cost: number, heldCredits: number, claimedAt: string, notAfter: string, lookUps: number, lastVerdict: string | null, nextStep: UnknownNextStep, nextStepAt: string | null } }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean, endCursor: string | null } } };

export type UnknownOutcomeOfQueryVariables = Exact<{
  accountId: string | number;
  attemptId: string | number;
}>;


export type UnknownOutcomeOfQuery = { __typename: 'Query', unknownOutcomeOf: { __typename: 'UnknownOutcomeInspection', attempt: number, cause: string | null, country: string, phone: string, sid: string | null, worker: string, evidence: string | null, messageState: MessageState, resolvedAt: string | null, usefulUntil: string | null, outcome: { __typename: 'UnknownOutcome', attemptId: string, state: UnknownOutcomeState, money: UnknownOutcomeMoney, policy: string, heldCredits: number, notAfter: string, nextStep: UnknownNextStep, nextStepAt: string | null }, lookUps: Array<{ __typename: 'LookUp', at: string, verdict: string, candidates: number }>, callbacks: Array<{ __typename: 'CarrierReport', at: string, status: string | null, outcome: string | null }>, decisions: Array<{ __typename: 'UnknownDecisionMade', at: string, actor: string, decision: UnknownDecision, reason: string }>, gate: Array<{ __typename: 'Fact', name: string, value: string | null }>, timeline: Array<{ __typename: 'MessageTimelineEntry', at: string, kind: MessageTimelineKind, words: string, attempt: number | null, attemptId: string | null, credits: number | null, code: number | null, sid: string | null, facts: Array<{ __typename: 'Fact', name: string, value: string | null }> }> } | null };

export type QuarantinedWebhooksQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type QuarantinedWebhooksQuery = { __typename: 'Query', quarantinedWebhooks: { __typename: 'StoredWebhookConnection', edges: Array<{ __typename: 'StoredWebhookEdge', node: { __typename: 'StoredWebhook', id: string, provider: string, route: string, tries: number, problem: string | null, outcome: string | null, receivedAt: string, quarantinedAt: string | null, replayedAt: string | null, appliedAt: string | null } }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean, endCursor: string | null } } };

export type StopAllSendingMutationVariables = Exact<{
  reason: string;
}>;


export type StopAllSendingMutation = { __typename: 'Mutation', stopAllSending: { __typename: 'PlatformSending', isStopped: boolean } };

export type ResumeAllSendingMutationVariables = Exact<{ [key: string]: never; }>;


export type ResumeAllSendingMutation = { __typename: 'Mutation', resumeAllSending: { __typename: 'PlatformSending', isStopped: boolean } };

export type StopSendingMutationVariables = Exact<{
  accountId: string | number;
  reason: string;
}>;


export type StopSendingMutation = { __typename: 'Mutation', stopSending:
    | { __typename: 'Account', id: string }
    | { __typename: 'Refused', reason: string, message: string, remedy: string }
   };

export type ResumeSendingMutationVariables = Exact<{
  accountId: string | number;
}>;


export type ResumeSendingMutation = { __typename: 'Mutation', resumeSending:
    | { __typename: 'Account', id: string }
    | { __typename: 'Refused', reason: string, message: string, remedy: string }
   };

export type AcknowledgeBreachMutationVariables = Exact<{
  id: string | number;
  reason: string;
}>;


export type AcknowledgeBreachMutation = { __typename: 'Mutation', acknowledgeBreach:
    | { __typename: 'AuditBreach', id: string }
    | { __typename: 'Refused', reason: string, message: string, remedy: string }
   };

export type DecideUnknownOutcomeMutationVariables = Exact<{
  accountId: string | number;
  attemptId: string | number;
  decision: UnknownDecision;
  reason: string;
  idempotencyKey: string;
}>;


export type DecideUnknownOutcomeMutation = { __typename: 'Mutation', decideUnknownOutcome:
    | { __typename: 'Refused', reason: string, message: string, remedy: string }
    | { __typename: 'UnknownOutcomeInspection', attempt: number }
   };

export type SetSenderPaceMutationVariables = Exact<{
  address: string;
  isUnlimited: boolean;
  segmentsPerSecond?: number | null | undefined;
}>;


export type SetSenderPaceMutation = { __typename: 'Mutation', setSenderPace:
    | { __typename: 'Refused', reason: string, message: string, remedy: string }
    | { __typename: 'Sender', address: string }
   };

export type ReplayWebhookMutationVariables = Exact<{
  id: string | number;
}>;


export type ReplayWebhookMutation = { __typename: 'Mutation', replayWebhook:
    | { __typename: 'Refused', reason: string, message: string, remedy: string }
    | { __typename: 'StoredWebhook', id: string }
   };

export type CorrectBillingDifferenceMutationVariables = Exact<{
  id: string | number;
}>;


export type CorrectBillingDifferenceMutation = { __typename: 'Mutation', correctBillingDifference:
    | { __typename: 'CorrectedDifference', resolved: boolean }
    | { __typename: 'Refused', reason: string, message: string, remedy: string }
   };

export type GrantCreditsToMutationVariables = Exact<{
  accountId: string | number;
  credits: number;
  source: LotSource;
  reason: string;
  idempotencyKey: string;
}>;


export type GrantCreditsToMutation = { __typename: 'Mutation', grantCredits:
    | { __typename: 'CreditBalance', available: number }
    | { __typename: 'Refused', reason: string, message: string, remedy: string }
   };

export type AccountHealthQueryVariables = Exact<{ [key: string]: never; }>;


export type AccountHealthQuery = { __typename: 'Query', account: { __typename: 'Account', id: string, name: string, maySend: boolean, isHeld: boolean, subscriptionState: SubscriptionState, reserveCredits: number, sendingStops: Array<{ __typename: 'SendingStop', cause: StopCause, reason: string, remedy: string, since: string }>, auditBreaches: Array<{ __typename: 'AccountBreach', id: string, invariant: string, rule: string, what: string, why: string, stopsSending: boolean, firstSeenAt: string, acknowledgedAt: string | null }> } };

export type MessageTallyQueryVariables = Exact<{
  since: string;
}>;


export type MessageTallyQuery = { __typename: 'Query', messageTally: { __typename: 'MessageTally', seq: number, counts: Array<{ __typename: 'MessageTallyCount', kind: string, report: string | null, messages: number }> } };

export type UnknownNowQueryVariables = Exact<{ [key: string]: never; }>;


export type UnknownNowQuery = { __typename: 'Query', unknownOutcomes: { __typename: 'UnknownOutcomeConnection', edges: Array<{ __typename: 'UnknownOutcomeEdge', node: { __typename: 'UnknownOutcome', attemptId: string, messageId: string, campaignId: string | null, heldCredits: number, claimedAt: string, nextStep: UnknownNextStep, nextStepAt: string | null } }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean } } };

export type OperationFragment = { __typename: 'OperationEvent', seq: number, at: string, kind: string, campaignId: string | null, messages: Array<string>, facts: Array<{ __typename: 'OperationFact', name: string, value: string | null }> };

export type RecentOperationsQueryVariables = Exact<{ [key: string]: never; }>;


export type RecentOperationsQuery = { __typename: 'Query', recentOperations: { __typename: 'RecentOperations', seq: number, events: Array<{ __typename: 'OperationEvent', seq: number, at: string, kind: string, campaignId: string | null, messages: Array<string>, facts: Array<{ __typename: 'OperationFact', name: string, value: string | null }> }> } };

export type OperationEventsSubscriptionVariables = Exact<{
  afterSeq?: number | null | undefined;
}>;


export type OperationEventsSubscription = { operationEvents: { __typename: 'OperationEvent', seq: number, at: string, kind: string, campaignId: string | null, messages: Array<string>, facts: Array<{ __typename: 'OperationFact', name: string, value: string | null }> } };

export type ApproveHeldTextsMutationVariables = Exact<{
  reason: string;
}>;


export type ApproveHeldTextsMutation = { __typename: 'Mutation', approveHeldTexts:
    | { __typename: 'HeldTextsApproved', approvedUntil: string }
    | { __typename: 'Refused', reason: string, message: string, remedy: string }
   };

export type QuietHoursQueryVariables = Exact<{ [key: string]: never; }>;


export type QuietHoursQuery = { __typename: 'Query', quietHours: { __typename: 'QuietHoursSettings', holidays: Array<string>, marketingPerDay: number, waiver: string | null, transactional: { __typename: 'DailyHours', opens: string, closes: string, isOwn: boolean }, marketing: { __typename: 'DailyHours', opens: string, closes: string, isOwn: boolean } } };

export type SetQuietHoursMutationVariables = Exact<{
  input: QuietHoursInput;
}>;


export type SetQuietHoursMutation = { __typename: 'Mutation', setQuietHours:
    | { __typename: 'QuietHoursSettings', marketingPerDay: number }
    | { __typename: 'Refused', reason: string, message: string, remedy: string }
   };

export type SimulateHoursQueryVariables = Exact<{
  campaignId: string | number;
  startAt?: string | null | undefined;
}>;


export type SimulateHoursQuery = { __typename: 'Query', simulateCampaignHours: { __typename: 'HoursSimulation', startAt: string, recipients: number, openAtStart: number, lastOpensAt: string | null, neverOpen: number, otherRecipients: number, groups: Array<{ __typename: 'HoursGroup', recipients: number, zones: Array<string>, regions: Array<string>, source: string, isOpen: boolean, opensAt: string | null, opensAtLocal: Array<string>, why: string | null }> } | null };

export type MembersQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type MembersQuery = { __typename: 'Query', members: { __typename: 'MemberConnection', edges: Array<{ __typename: 'MemberEdge', node: { __typename: 'Member', userId: string, name: string, email: string, role: Role, memberSince: string } }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean, endCursor: string | null } } };

export type AccountSettingsQueryVariables = Exact<{ [key: string]: never; }>;


export type AccountSettingsQuery = { __typename: 'Query', account: { __typename: 'Account', id: string, name: string, allowedCountries: Array<string>, reserveCredits: number, unknownPolicy: UnknownPolicy, singleUnknownPolicy: UnknownPolicy, singlesPerHour: number | null } };

export type AddMemberMutationVariables = Exact<{
  name: string;
  email: string;
  password: string;
  role: Role;
}>;


export type AddMemberMutation = { __typename: 'Mutation', addMember:
    | { __typename: 'Member', userId: string }
    | { __typename: 'Refused', reason: string, message: string, remedy: string }
   };

export type ChangeRoleMutationVariables = Exact<{
  userId: string | number;
  role: Role;
}>;


export type ChangeRoleMutation = { __typename: 'Mutation', changeRole:
    | { __typename: 'Member', userId: string }
    | { __typename: 'Refused', reason: string, message: string, remedy: string }
   };

export type RemoveMemberMutationVariables = Exact<{
  userId: string | number;
}>;


export type RemoveMemberMutation = { __typename: 'Mutation', removeMember:
    | { __typename: 'MemberRemoved', userId: string }
    | { __typename: 'Refused', reason: string, message: string, remedy: string }
   };

export type UpdateAccountMutationVariables = Exact<{
  name?: string | null | undefined;
  allowedCountries?: Array<string> | string | null | undefined;
  reserveCredits?: number | null | undefined;
  unknownPolicy?: UnknownPolicy | null | undefined;
  singleUnknownPolicy?: UnknownPolicy | null | undefined;
}>;


export type UpdateAccountMutation = { __typename: 'Mutation', updateAccount:
    | { __typename: 'Account', id: string }
    | { __typename: 'Refused', reason: string, message: string, remedy: string }
   };

export type AccountHistoryQueryVariables = Exact<{
  kinds?: Array<HistoryKind> | HistoryKind | null | undefined;
  userId?: string | number | null | undefined;
  after?: string | null | undefined;
}>;


export type AccountHistoryQuery = { __typename: 'Query', accountHistory: { __typename: 'HistoryEntryConnection', edges: Array<{ __typename: 'HistoryEntryEdge', node: { __typename: 'HistoryEntry', id: string, at: string, kind: HistoryKind, words: string, actor: HistoryActor, actorName: string | null, subjectId: string | null, details: Array<{ __typename: 'HistoryFact', name: string, value: string }> } }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean, endCursor: string | null } } };

export type EventPositionQueryVariables = Exact<{ [key: string]: never; }>;


export type EventPositionQuery = { __typename: 'Query', eventPosition: number };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const RefusalFragmentDoc = new TypedDocumentString(`
    fragment Refusal on Refused {
  __typename
  reason
  message
  remedy
}
    `, {"fragmentName":"Refusal"}) as unknown as TypedDocumentString<RefusalFragment, unknown>;
export const CalendarEntryFragmentDoc = new TypedDocumentString(`
    fragment CalendarEntry on Appointment {
  __typename
  id
  kind
  seriesId
  startsAt
  durationMinutes
  zone
  title
  location
  state
  parties {
    __typename
    partyId
    role
    name
    zone
    confirmedAt
  }
}
    `, {"fragmentName":"CalendarEntry"}) as unknown as TypedDocumentString<CalendarEntryFragment, unknown>;
export const PlanEntryFragmentDoc = new TypedDocumentString(`
    fragment PlanEntry on PlannedNotification {
  __typename
  id
  revision
  context
  offsetMinutes
  partyId
  role
  contactId
  name
  dueAt
  dueLocal
  zone
  movedMinutes
  usefulUntil
  state
  reason
  reasonWords
  messageId
  messageState
}
    `, {"fragmentName":"PlanEntry"}) as unknown as TypedDocumentString<PlanEntryFragment, unknown>;
export const NotificationChoicesFragmentDoc = new TypedDocumentString(`
    fragment NotificationChoices on NotificationSettings {
  __typename
  offsets
  language
  asksConfirmation
  fields
  contexts {
    __typename
    context
    what
    roles
    templateEn
    templateEs
  }
}
    `, {"fragmentName":"NotificationChoices"}) as unknown as TypedDocumentString<NotificationChoicesFragment, unknown>;
export const ProgressFragmentDoc = new TypedDocumentString(`
    fragment Progress on CampaignProgress {
  __typename
  campaignId
  state
  pause {
    __typename
    reason
    message
    remedy
    resumesByItself
  }
  audienceSize
  skipped
  skippedBy {
    __typename
    reason
    message
    recipients
  }
  pending
  unprepared
  inFlight
  unknown
  accepted
  delivered
  undelivered
  unproven
  failed
  suppressed
  cancelled
  expired
  heldCredits
  capturedCredits
  capCredits
  nextPlace
  ratePerSecond
  secondsLeft
  seq
}
    `, {"fragmentName":"Progress"}) as unknown as TypedDocumentString<ProgressFragment, unknown>;
export const QuoteFragmentDoc = new TypedDocumentString(`
    fragment Quote on CampaignQuote {
  __typename
  id
  campaignId
  audienceSize
  recipients
  credits
  creditsMin
  creditsMax
  segmentsMin
  segmentsTypical
  segmentsMax
  ucs2Recipients
  culprits {
    __typename
    character
    recipients
  }
  skipped {
    __typename
    reason
    message
    recipients
  }
  countries {
    __typename
    country
    recipients
    segments
    credits
  }
  availableCredits
  shortfallCredits
  expectedSeconds
  hours {
    __typename
    textableNow
    waiting
    firstOpensAt
    lastOpensAt
    neverOpen
  }
  createdAt
  isStale
  staleReasons {
    __typename
    reason
    message
  }
}
    `, {"fragmentName":"Quote"}) as unknown as TypedDocumentString<QuoteFragment, unknown>;
export const ImportFactsFragmentDoc = new TypedDocumentString(`
    fragment ImportFacts on Import {
  __typename
  id
  fileName
  state
  sizeBytes
  failure
  createdAt
  finishedAt
  startedBy
  consentsGranted
  consentsRevoked
  rejectFilePath
  counts {
    __typename
    rowsRead
    created
    updated
    unchanged
    duplicates
    rejected
  }
}
    `, {"fragmentName":"ImportFacts"}) as unknown as TypedDocumentString<ImportFactsFragment, unknown>;
export const ImportStoryFragmentDoc = new TypedDocumentString(`
    fragment ImportStory on Import {
  __typename
  ...ImportFacts
  rejectReasons {
    __typename
    code
    rows
    words
  }
  remarks {
    __typename
    code
    rows
    words
  }
  undo {
    __typename
    removed
    restored
    kept
    consentsRevoked
  }
}
    fragment ImportFacts on Import {
  __typename
  id
  fileName
  state
  sizeBytes
  failure
  createdAt
  finishedAt
  startedBy
  consentsGranted
  consentsRevoked
  rejectFilePath
  counts {
    __typename
    rowsRead
    created
    updated
    unchanged
    duplicates
    rejected
  }
}`, {"fragmentName":"ImportStory"}) as unknown as TypedDocumentString<ImportStoryFragment, unknown>;
export const BillingFactsFragmentDoc = new TypedDocumentString(`
    fragment BillingFacts on Billing {
  __typename
  hasCard
  isFrozen
  topUpCommittedMinor
  topUp {
    __typename
    enabled
    mode
    credits
    thresholdCredits
    monthlyCapMinor
    disabledReason
  }
  subscription {
    __typename
    id
    code
    status
    periodEnd
    cancelAt
    pauseCause
  }
}
    `, {"fragmentName":"BillingFacts"}) as unknown as TypedDocumentString<BillingFactsFragment, unknown>;
export const BalanceFragmentDoc = new TypedDocumentString(`
    fragment Balance on CreditBalance {
  __typename
  available
  held
  spent
  expired
  debt
  seq
}
    `, {"fragmentName":"Balance"}) as unknown as TypedDocumentString<BalanceFragment, unknown>;
export const EndpointFragmentDoc = new TypedDocumentString(`
    fragment Endpoint on WebhookEndpoint {
  __typename
  id
  url
  description
  eventTypes
  enabled
  disabled {
    __typename
    reason
    message
    remedy
  }
  failingSince
  lastDeliveredAt
  waiting
  delivered
  failed
  createdAt
}
    `, {"fragmentName":"Endpoint"}) as unknown as TypedDocumentString<EndpointFragment, unknown>;
export const ListedDeliveryFragmentDoc = new TypedDocumentString(`
    fragment ListedDelivery on WebhookDelivery {
  __typename
  id
  type
  state
  tries
  eventAt
  nextTryAt
  attempts {
    __typename
    n
    status
    problem
  }
}
    `, {"fragmentName":"ListedDelivery"}) as unknown as TypedDocumentString<ListedDeliveryFragment, unknown>;
export const ConversationLineFragmentDoc = new TypedDocumentString(`
    fragment ConversationLine on Conversation {
  __typename
  id
  phone
  contactId
  firstName
  lastName
  lastBody
  lastInboundAt
  lastAt
  unread
  attention
  attentionWords
  optedOutAt
  assignedTo
  closedAt
}
    `, {"fragmentName":"ConversationLine"}) as unknown as TypedDocumentString<ConversationLineFragment, unknown>;
export const OperationFragmentDoc = new TypedDocumentString(`
    fragment Operation on OperationEvent {
  __typename
  seq
  at
  kind
  campaignId
  messages
  facts {
    __typename
    name
    value
  }
}
    `, {"fragmentName":"Operation"}) as unknown as TypedDocumentString<OperationFragment, unknown>;
export const SessionDocument = {"__meta__":{"hash":"sha256:ea5c427051a59e58fbec544f929cd2146f6b682f85f018390b5c303f88b89418"}} as unknown as TypedDocumentString<SessionQuery, SessionQueryVariables>;
export const SwitchAccountDocument = {"__meta__":{"hash":"sha256:ade2907660655fec15b9e47f097c3e51e3e3e8b92f53d6eee4796f492448669b"}} as unknown as TypedDocumentString<SwitchAccountMutation, SwitchAccountMutationVariables>;
export const ChangePasswordDocument = {"__meta__":{"hash":"sha256:5baa0dadeb619096ba0bd5ec2849585a305f93a7978041661a446899c6df7014"}} as unknown as TypedDocumentString<ChangePasswordMutation, ChangePasswordMutationVariables>;
export const AppointmentsDocument = {"__meta__":{"hash":"sha256:686e07c51dfc9a4d0b235c6b97dde4650dd82fe05720fb6e556ffac9e3b3bda6"}} as unknown as TypedDocumentString<AppointmentsQuery, AppointmentsQueryVariables>;
export const AppointmentEventsDocument = {"__meta__":{"hash":"sha256:b44c1d4bd1623c07d51ab549e1bed3604ad413dff3a5d5448edbec6e361f9c30"}} as unknown as TypedDocumentString<AppointmentEventsSubscription, AppointmentEventsSubscriptionVariables>;
export const AppointmentDocument = {"__meta__":{"hash":"sha256:34a2147f758cd3c06e523b31a86ba4c254f7c138d303635eaafe88185e1b178c"}} as unknown as TypedDocumentString<AppointmentQuery, AppointmentQueryVariables>;
export const AppointmentPlanDocument = {"__meta__":{"hash":"sha256:88fc6e41a2bfb397bafe1f8e2a89f31da23d2bfebbaea2541339852a95977e70"}} as unknown as TypedDocumentString<AppointmentPlanSubscription, AppointmentPlanSubscriptionVariables>;
export const ForecastNotificationsDocument = {"__meta__":{"hash":"sha256:5bf5669b3c4c6a610f5424ad43a90b868f288aaaef57201a79a807cc6e950eed"}} as unknown as TypedDocumentString<ForecastNotificationsQuery, ForecastNotificationsQueryVariables>;
export const BookAppointmentDocument = {"__meta__":{"hash":"sha256:e47955328209a92a9688a4164a6c5d8ec3e7358fd89832d4b2a93d0ed0066da2"}} as unknown as TypedDocumentString<BookAppointmentMutation, BookAppointmentMutationVariables>;
export const BookSeriesDocument = {"__meta__":{"hash":"sha256:48534e5cde6fbd160f00d77c31710e40b169e4832585ef149804c098cd353f84"}} as unknown as TypedDocumentString<BookSeriesMutation, BookSeriesMutationVariables>;
export const UpdateAppointmentDocument = {"__meta__":{"hash":"sha256:848d09b301e0e0417c89722620a3ae40864921edb53c9a5d018b5754d7c65d05"}} as unknown as TypedDocumentString<UpdateAppointmentMutation, UpdateAppointmentMutationVariables>;
export const RescheduleAppointmentDocument = {"__meta__":{"hash":"sha256:dd2a08ca5fdf25df521ecddc76ceb94622992a388c02e7d74934006c8dc8ef48"}} as unknown as TypedDocumentString<RescheduleAppointmentMutation, RescheduleAppointmentMutationVariables>;
export const CancelAppointmentDocument = {"__meta__":{"hash":"sha256:593e5c3dae92eafeaab136aec32aab1acfabf2b2884c04e9fe435dfc1dc1dfde"}} as unknown as TypedDocumentString<CancelAppointmentMutation, CancelAppointmentMutationVariables>;
export const CompleteAppointmentDocument = {"__meta__":{"hash":"sha256:9f8cedea24ebf80d9efda0e0cdab0230f25ae95f6f0ce96a27caf7ff82a756ca"}} as unknown as TypedDocumentString<CompleteAppointmentMutation, CompleteAppointmentMutationVariables>;
export const MarkNoShowDocument = {"__meta__":{"hash":"sha256:b0992d775ada2cca8eb839d4736e0ca86d98ba834180fe7cb40d9d70827d6267"}} as unknown as TypedDocumentString<MarkNoShowMutation, MarkNoShowMutationVariables>;
export const AppointmentSeriesDocument = {"__meta__":{"hash":"sha256:df1957253a3f702fd48caffee306ecb9b1141820436090835b89b045807777ed"}} as unknown as TypedDocumentString<AppointmentSeriesQuery, AppointmentSeriesQueryVariables>;
export const RescheduleSeriesDocument = {"__meta__":{"hash":"sha256:0b307428a4f44f6d9f897b69249afa0234fa98eaea963477d4e9e3db48c66f76"}} as unknown as TypedDocumentString<RescheduleSeriesMutation, RescheduleSeriesMutationVariables>;
export const CancelSeriesDocument = {"__meta__":{"hash":"sha256:a7273b63a341f568aaede375bb7fb361726fc2ff149de0dd15a7412f5392313e"}} as unknown as TypedDocumentString<CancelSeriesMutation, CancelSeriesMutationVariables>;
export const AppointmentSeriesListDocument = {"__meta__":{"hash":"sha256:4d96c75ee9492dd753f9f4268e20357115be371fb012cad6fd6f7b6d573f93b8"}} as unknown as TypedDocumentString<AppointmentSeriesListQuery, AppointmentSeriesListQueryVariables>;
export const NotificationSettingsDocument = {"__meta__":{"hash":"sha256:19d2e225e14477516a1ea5a7e76633109541b44b54475ef2ed125ac0eae2260a"}} as unknown as TypedDocumentString<NotificationSettingsQuery, NotificationSettingsQueryVariables>;
export const ChangeNotificationSettingsDocument = {"__meta__":{"hash":"sha256:9c5095a2ceebeec13ea96cbedc4dfde2fbe381c3baa9ec422a5fb233827e2720"}} as unknown as TypedDocumentString<ChangeNotificationSettingsMutation, ChangeNotificationSettingsMutationVariables>;
export const PreviewNotificationDocument = {"__meta__":{"hash":"sha256:141e12cbacb7497536a079d5373adcd22a7ed921338e6f7f3c5b0c689e70b7a4"}} as unknown as TypedDocumentString<PreviewNotificationQuery, PreviewNotificationQueryVariables>;
export const CampaignsDocument = {"__meta__":{"hash":"sha256:01af21681ea20b232a14005c6630aef766bb244bfad2869d64f47231f64fcb61"}} as unknown as TypedDocumentString<CampaignsQuery, CampaignsQueryVariables>;
export const CampaignDocument = {"__meta__":{"hash":"sha256:8591a794e4e77bb819712be8ed41565e80275d28303b5f20b93f308390af72c6"}} as unknown as TypedDocumentString<CampaignQuery, CampaignQueryVariables>;
export const CampaignFailuresDocument = {"__meta__":{"hash":"sha256:f49a44bcef0391652cd987112ca3110cbcbae9d3edff3974e09d91ebe0b0a448"}} as unknown as TypedDocumentString<CampaignFailuresQuery, CampaignFailuresQueryVariables>;
export const CampaignRecipientsDocument = {"__meta__":{"hash":"sha256:5292e445f9f85cbf3c858ff7f6af3408ebe5e85c49a0f1cd1d02fcfc681af23e"}} as unknown as TypedDocumentString<CampaignRecipientsQuery, CampaignRecipientsQueryVariables>;
export const CampaignProgressDocument = {"__meta__":{"hash":"sha256:7a9f34f52772a61b498d9eb6511fd5856113547e1de560bc55c838a3baf8f234"}} as unknown as TypedDocumentString<CampaignProgressSubscription, CampaignProgressSubscriptionVariables>;
export const CampaignsProgressDocument = {"__meta__":{"hash":"sha256:9616e9cc12f4f9d3c9343e3affb325f1ecb29a6604fc8394506e4ec9c0e9c4a5"}} as unknown as TypedDocumentString<CampaignsProgressSubscription, CampaignsProgressSubscriptionVariables>;
export const CampaignEventsDocument = {"__meta__":{"hash":"sha256:bc3e4a3fcaa2e4b42a9c96d44774cbc1ff570ef2089b822416b759620ed79904"}} as unknown as TypedDocumentString<CampaignEventsSubscription, CampaignEventsSubscriptionVariables>;
export const SendingEventsDocument = {"__meta__":{"hash":"sha256:f3e7d7253a877fc921bc65330bfbc7cf8415aea5e08e43c7506e691633be63bc"}} as unknown as TypedDocumentString<SendingEventsSubscription, SendingEventsSubscriptionVariables>;
export const CreateCampaignDocument = {"__meta__":{"hash":"sha256:b5a0508e4db36a62eff82aa5a678c9f4e4f8b9b8b9d8fac46e01b8f8842e2632"}} as unknown as TypedDocumentString<CreateCampaignMutation, CreateCampaignMutationVariables>;
export const UpdateCampaignDocument = {"__meta__":{"hash":"sha256:182ac8dcfab88dbbe8a448df5833fe8cc195bc514e28a552ed13b5b5ba4dc61b"}} as unknown as TypedDocumentString<UpdateCampaignMutation, UpdateCampaignMutationVariables>;
export const PreviewTemplateDocument = {"__meta__":{"hash":"sha256:995abd7f6e8909b684fcecc5726722c6acfd36b3f1936e5eaf554998319aea4f"}} as unknown as TypedDocumentString<PreviewTemplateQuery, PreviewTemplateQueryVariables>;
export const SendTestMessageDocument = {"__meta__":{"hash":"sha256:eddd4e291dd4eb4cb2e3a991f30b9d1a931cc18d32318d35c5f55942270f94f0"}} as unknown as TypedDocumentString<SendTestMessageMutation, SendTestMessageMutationVariables>;
export const QuoteCampaignDocument = {"__meta__":{"hash":"sha256:45e307fa599be009bcc9d2fefa5149dded54773f23ce4d487946ee6df60c592a"}} as unknown as TypedDocumentString<QuoteCampaignMutation, QuoteCampaignMutationVariables>;
export const StartCampaignDocument = {"__meta__":{"hash":"sha256:1084c485a6eb0be53eb96c0c39898f5a7b28de5fa48eaa9710d2b6691ff9b84a"}} as unknown as TypedDocumentString<StartCampaignMutation, StartCampaignMutationVariables>;
export const ScheduleCampaignDocument = {"__meta__":{"hash":"sha256:42b0e138a992f6a5afb0d24f35cf9112ed5aa64ef31ba7d91bef141e3dc11773"}} as unknown as TypedDocumentString<ScheduleCampaignMutation, ScheduleCampaignMutationVariables>;
export const UnscheduleCampaignDocument = {"__meta__":{"hash":"sha256:a0f7d36f84ba8c35feccdfce5b8ae29b776eef6f517803f0499927c3af41a66a"}} as unknown as TypedDocumentString<UnscheduleCampaignMutation, UnscheduleCampaignMutationVariables>;
export const PauseCampaignDocument = {"__meta__":{"hash":"sha256:1bd18b418146a0d1e4bd08a8019d29c0cfac145b1b762984d28f3d6c19879c52"}} as unknown as TypedDocumentString<PauseCampaignMutation, PauseCampaignMutationVariables>;
export const ResumeCampaignDocument = {"__meta__":{"hash":"sha256:73b0f027be4416777439abb1fb16cd3ab3526b42fa95813c206cb3bb3392f380"}} as unknown as TypedDocumentString<ResumeCampaignMutation, ResumeCampaignMutationVariables>;
export const CancelCampaignDocument = {"__meta__":{"hash":"sha256:d259c497bfdf77ec53e808aa0b253305f2bd9fbee60f79d1de00c4545bb30e9a"}} as unknown as TypedDocumentString<CancelCampaignMutation, CancelCampaignMutationVariables>;
export const CloneCampaignDocument = {"__meta__":{"hash":"sha256:76aa1e4cd2ab1a9cc6d04f146ac6d824685cf06536af130e0bdc6198f958cfcb"}} as unknown as TypedDocumentString<CloneCampaignMutation, CloneCampaignMutationVariables>;
export const ApproveCampaignDocument = {"__meta__":{"hash":"sha256:f3bcb44a3e1141f9e788e3c16e0e3a49e3ae7160e10b5144b278bf133808bc48"}} as unknown as TypedDocumentString<ApproveCampaignMutation, ApproveCampaignMutationVariables>;
export const ContactsDocument = {"__meta__":{"hash":"sha256:358ae627ceb16449c4ac6272f2819c9156354e94e667b4c54b389bb9785341c0"}} as unknown as TypedDocumentString<ContactsQuery, ContactsQueryVariables>;
export const ContactCountDocument = {"__meta__":{"hash":"sha256:7e5ba107bb2c1394818267b320322caecabfa5d07db0b0f742d735ac7cf41f92"}} as unknown as TypedDocumentString<ContactCountQuery, ContactCountQueryVariables>;
export const ContactTagsDocument = {"__meta__":{"hash":"sha256:82295e93d1dc2b4d0ed89acaa82e48a30836188ce9654d4f6364f23d0231cffb"}} as unknown as TypedDocumentString<ContactTagsQuery, ContactTagsQueryVariables>;
export const ContactDocument = {"__meta__":{"hash":"sha256:61fa082d83b9eaefe625717353549820963610d1b1dd30767aaad07b49ece142"}} as unknown as TypedDocumentString<ContactQuery, ContactQueryVariables>;
export const ConsentHistoryDocument = {"__meta__":{"hash":"sha256:2e2d3f54f334fa37520d7d304b8b21544831e565f9a4b37900c1115c4bbc566a"}} as unknown as TypedDocumentString<ConsentHistoryQuery, ConsentHistoryQueryVariables>;
export const ConsentAtDocument = {"__meta__":{"hash":"sha256:6d02bbe60b5c5d97d3f79b701954128cc0c913227da2b6809480425d3f234533"}} as unknown as TypedDocumentString<ConsentAtQuery, ConsentAtQueryVariables>;
export const CreateContactDocument = {"__meta__":{"hash":"sha256:3952b720b1060b70ba45c77266580b6969fa55b9c02e3c7b7aeea4c8ecd94843"}} as unknown as TypedDocumentString<CreateContactMutation, CreateContactMutationVariables>;
export const UpdateContactDocument = {"__meta__":{"hash":"sha256:ee4b80b65967309087cd827e289f35eb63f5b4fcc4a922f3409f744ec8c5c9d4"}} as unknown as TypedDocumentString<UpdateContactMutation, UpdateContactMutationVariables>;
export const DeleteContactDocument = {"__meta__":{"hash":"sha256:b0c427fa5b9e41394999bdb29ca053fc86e027d1f46d375482c22321971413b0"}} as unknown as TypedDocumentString<DeleteContactMutation, DeleteContactMutationVariables>;
export const GrantConsentDocument = {"__meta__":{"hash":"sha256:a671e7974c9c39bce617ba1dd51b18d3ed53da43c2b3b0a5149b827d7665a573"}} as unknown as TypedDocumentString<GrantConsentMutation, GrantConsentMutationVariables>;
export const RevokeConsentDocument = {"__meta__":{"hash":"sha256:31b201e1dce4dade6ca06656179f8861d6e4ec3d445332120a9ee9bdce0180c2"}} as unknown as TypedDocumentString<RevokeConsentMutation, RevokeConsentMutationVariables>;
export const ImportsDocument = {"__meta__":{"hash":"sha256:315eae1c3482039bda5a575fe009402d594a4786b52f9bb06e7a949d6447f7ad"}} as unknown as TypedDocumentString<ImportsQuery, ImportsQueryVariables>;
export const ImportProgressDocument = {"__meta__":{"hash":"sha256:4f5e18981130107700ff0a354f5f47b067f2227212e3bb17bb6799b549aa71cf"}} as unknown as TypedDocumentString<ImportProgressSubscription, ImportProgressSubscriptionVariables>;
export const ImportPreviewDocument = {"__meta__":{"hash":"sha256:7b78a73e05646fa784eb1133e1054d7b6aa59f54419f35ce6315e64e4c52f5bc"}} as unknown as TypedDocumentString<ImportPreviewQuery, ImportPreviewQueryVariables>;
export const StartImportDocument = {"__meta__":{"hash":"sha256:f9696721aa7684ee26a80bc56c271b76b3c9312aa8a3dad4a75246c3d5f9ea2c"}} as unknown as TypedDocumentString<StartImportMutation, StartImportMutationVariables>;
export const UndoImportDocument = {"__meta__":{"hash":"sha256:b33bf866f0d06c9dac860263cc17e5d180e6a14444b440e7f7e8316af82d7185"}} as unknown as TypedDocumentString<UndoImportMutation, UndoImportMutationVariables>;
export const PriceListDocument = {"__meta__":{"hash":"sha256:ac668a8de5c0e1babb0fc65b2cb401f7813f79a5c647eae1a5eb098bed033c52"}} as unknown as TypedDocumentString<PriceListQuery, PriceListQueryVariables>;
export const BillingDocument = {"__meta__":{"hash":"sha256:6869dcd77e63033a240a873fceec3cf047613bcc30d901ff01e8785840c7f100"}} as unknown as TypedDocumentString<BillingQuery, BillingQueryVariables>;
export const BillingOrdersDocument = {"__meta__":{"hash":"sha256:d5d4332d0ef73ae36713478221f5f640ed24364d9c4d2978a08c344c4d6793b2"}} as unknown as TypedDocumentString<BillingOrdersQuery, BillingOrdersQueryVariables>;
export const BillingPaymentsDocument = {"__meta__":{"hash":"sha256:506d5e237d6fe04f91a41c09c29f335a41245da7e4bc874a7a9dc3271ae7cd7b"}} as unknown as TypedDocumentString<BillingPaymentsQuery, BillingPaymentsQueryVariables>;
export const BillingEventsDocument = {"__meta__":{"hash":"sha256:a90c1d9ddea38b33366abee16f6bd60097f690aafcaa094d06e5caaa05e44f72"}} as unknown as TypedDocumentString<BillingEventsSubscription, BillingEventsSubscriptionVariables>;
export const BuyCreditsDocument = {"__meta__":{"hash":"sha256:5039f8e8a6575b904e8d7f87fc5cbe35b9134a8ba06ada4dc741f13358a32390"}} as unknown as TypedDocumentString<BuyCreditsMutation, BuyCreditsMutationVariables>;
export const StartPlanDocument = {"__meta__":{"hash":"sha256:986ef2abc15902daa9b19dbed86056be43e545af5a2c5119e2e12d311efb445e"}} as unknown as TypedDocumentString<StartPlanMutation, StartPlanMutationVariables>;
export const ChangePlanDocument = {"__meta__":{"hash":"sha256:a37cf19b040dc9f7592de15267fce50cd52dc7534bfe74783dcb31cf247f12f8"}} as unknown as TypedDocumentString<ChangePlanMutation, ChangePlanMutationVariables>;
export const CancelPlanDocument = {"__meta__":{"hash":"sha256:e71c4f83f20617d1c1869ac99ac5631eb8cf1c95ad5a5bee00ba856b125c4b76"}} as unknown as TypedDocumentString<CancelPlanMutation, CancelPlanMutationVariables>;
export const KeepPlanDocument = {"__meta__":{"hash":"sha256:15c85f06c725e9d73cd6431602f70429348c305c394c95c04a317d90fcdd4d06"}} as unknown as TypedDocumentString<KeepPlanMutation, KeepPlanMutationVariables>;
export const SetTopUpDocument = {"__meta__":{"hash":"sha256:3a634582e51295b37c2c584c2244cc5eaa3525e124711b2311f293a9a49e0427"}} as unknown as TypedDocumentString<SetTopUpMutation, SetTopUpMutationVariables>;
export const ConfirmTopUpDocument = {"__meta__":{"hash":"sha256:c38475670e1e16855a98bf47b2bf57c1ee332be29a3dc19e5983b11201e85a3a"}} as unknown as TypedDocumentString<ConfirmTopUpMutation, ConfirmTopUpMutationVariables>;
export const OpenBillingPortalDocument = {"__meta__":{"hash":"sha256:e54c3d2bdda897a645d1654ffd446ef9dcbf755139f82a4be4a3ba9a58908c6a"}} as unknown as TypedDocumentString<OpenBillingPortalMutation, OpenBillingPortalMutationVariables>;
export const CreditBalanceDocument = {"__meta__":{"hash":"sha256:a14a985e2f88d36a929a79910a96b7525b10a8e04bd7ec31401226d1c71ef788"}} as unknown as TypedDocumentString<CreditBalanceQuery, CreditBalanceQueryVariables>;
export const LiveBalanceDocument = {"__meta__":{"hash":"sha256:3858ecfdabbdbfe16ca8a9a62b50f4c3755d92ad22ecaad0892ce99b59a28bcc"}} as unknown as TypedDocumentString<LiveBalanceSubscription, LiveBalanceSubscriptionVariables>;
export const CreditLotsDocument = {"__meta__":{"hash":"sha256:e81d8abfd48dddf5c874d1547862ba1dd9cd56dd611c86da0e15b894c9116caf"}} as unknown as TypedDocumentString<CreditLotsQuery, CreditLotsQueryVariables>;
export const ExplainBalanceDocument = {"__meta__":{"hash":"sha256:9d00146f8b9baa125913266e6312ce63fca8a60cc3d480a0a42f753265b51a4e"}} as unknown as TypedDocumentString<ExplainBalanceQuery, ExplainBalanceQueryVariables>;
export const CreditUsesDocument = {"__meta__":{"hash":"sha256:d603083973888b16a3b95c7c8ba0bf8170cb5f71c2b8ad212d9f688c18c22ac5"}} as unknown as TypedDocumentString<CreditUsesQuery, CreditUsesQueryVariables>;
export const CreditStatementDocument = {"__meta__":{"hash":"sha256:8650ef5ce205bc44f4e69bb95ac9f804ff4a9a3ee5449980ea7861496c890629"}} as unknown as TypedDocumentString<CreditStatementQuery, CreditStatementQueryVariables>;
export const ApiKeysDocument = {"__meta__":{"hash":"sha256:4cd60fa53da26b890712bf3e8c7191d01ccf2c2ce67eda1c172289e2ca3ade81"}} as unknown as TypedDocumentString<ApiKeysQuery, ApiKeysQueryVariables>;
export const CreateApiKeyDocument = {"__meta__":{"hash":"sha256:597e8237f7a815aca72cd38b013043feaf63cfcda41524a3a3210c4d804c6a29"}} as unknown as TypedDocumentString<CreateApiKeyMutation, CreateApiKeyMutationVariables>;
export const RegisterOperationsDocument = {"__meta__":{"hash":"sha256:14953043841d9f219ee8c1436af9e52647635f28409e45d79ffa920aca4271ba"}} as unknown as TypedDocumentString<RegisterOperationsMutation, RegisterOperationsMutationVariables>;
export const UnregisterOperationDocument = {"__meta__":{"hash":"sha256:fa84058600cea14741f55c2a7a05ca7975b0c24a2dc76f47254dcc029b0d29e8"}} as unknown as TypedDocumentString<UnregisterOperationMutation, UnregisterOperationMutationVariables>;
export const RevokeApiKeyDocument = {"__meta__":{"hash":"sha256:7d2ad8db2ebc8a27702a6c72cf2026eddf77e37b08aae243c8e9ba4fb671ee35"}} as unknown as TypedDocumentString<RevokeApiKeyMutation, RevokeApiKeyMutationVariables>;
export const WebhookEndpointsDocument = {"__meta__":{"hash":"sha256:e6e6502fbbe8409bd1ab56ef06e214473b5d7c91fc562e0936d73a54db41bef7"}} as unknown as TypedDocumentString<WebhookEndpointsQuery, WebhookEndpointsQueryVariables>;
export const WebhookEventTypesDocument = {"__meta__":{"hash":"sha256:6942754e6a5354b5d7592177c25d6a6876f242b92269be9276f449ef753e9027"}} as unknown as TypedDocumentString<WebhookEventTypesQuery, WebhookEventTypesQueryVariables>;
export const WebhookDeliveriesDocument = {"__meta__":{"hash":"sha256:81a383f8da8b330af179ed826641cd71f49b9e14c444375b360de46f700fde5c"}} as unknown as TypedDocumentString<WebhookDeliveriesQuery, WebhookDeliveriesQueryVariables>;
export const WebhookDeliveryDocument = {"__meta__":{"hash":"sha256:449296d8c73c76e401814fbf5aedc43098587a4dd4cdab736376eb85e232361a"}} as unknown as TypedDocumentString<WebhookDeliveryQuery, WebhookDeliveryQueryVariables>;
export const FailedWebhooksDocument = {"__meta__":{"hash":"sha256:c397c4bed79c6733918c6da8f10c75e1b9337a12ccd213a7b662e843dfcebe29"}} as unknown as TypedDocumentString<FailedWebhooksQuery, FailedWebhooksQueryVariables>;
export const WebhookLogDocument = {"__meta__":{"hash":"sha256:e8821c361307da5bafaa724eca18885a13031a71a5458d64af4b72e15f88052c"}} as unknown as TypedDocumentString<WebhookLogSubscription, WebhookLogSubscriptionVariables>;
export const CreateWebhookEndpointDocument = {"__meta__":{"hash":"sha256:eb497f55482c65a4eafb3c44f5ba48dd24660b76484b03f9f4aa654172efd8d4"}} as unknown as TypedDocumentString<CreateWebhookEndpointMutation, CreateWebhookEndpointMutationVariables>;
export const UpdateWebhookEndpointDocument = {"__meta__":{"hash":"sha256:9537743cc7fd0a9098298b9e9b718b672c3e8b5c82748909bde5aa439ee60ee7"}} as unknown as TypedDocumentString<UpdateWebhookEndpointMutation, UpdateWebhookEndpointMutationVariables>;
export const SwitchWebhookEndpointDocument = {"__meta__":{"hash":"sha256:412e2de108135cba69bd27c5f50fb3f8f464b494b5eda2932a24d4fe8b05fd5e"}} as unknown as TypedDocumentString<SwitchWebhookEndpointMutation, SwitchWebhookEndpointMutationVariables>;
export const DeleteWebhookEndpointDocument = {"__meta__":{"hash":"sha256:882d21a9c608a62fad71b54d600a1bd2f895aeed8c083a27a69e12f67dee7054"}} as unknown as TypedDocumentString<DeleteWebhookEndpointMutation, DeleteWebhookEndpointMutationVariables>;
export const RollWebhookSecretDocument = {"__meta__":{"hash":"sha256:facaf00dd43d8825bda8ac62287cf9f64c1add84ad85f033e4d622e7c2254fd4"}} as unknown as TypedDocumentString<RollWebhookSecretMutation, RollWebhookSecretMutationVariables>;
export const SendTestEventDocument = {"__meta__":{"hash":"sha256:7d386512d006a3e6fea4082a197b7450ba724b03f0307eef2a441857416349b0"}} as unknown as TypedDocumentString<SendTestEventMutation, SendTestEventMutationVariables>;
export const RedeliverWebhookDocument = {"__meta__":{"hash":"sha256:e7d6ec8ef19b277a8fb1a314e11436ac12cba3ecef51f5e51670a237224152be"}} as unknown as TypedDocumentString<RedeliverWebhookMutation, RedeliverWebhookMutationVariables>;
export const RedeliverFailedWebhooksDocument = {"__meta__":{"hash":"sha256:f430da832e75bae1a3f80f2af920b672d41f772c622b3edf190f1afef1b6eef8"}} as unknown as TypedDocumentString<RedeliverFailedWebhooksMutation, RedeliverFailedWebhooksMutationVariables>;
export const ConversationsDocument = {"__meta__":{"hash":"sha256:71032a75d2005d76b8d3d2c36096533fb4c1f675bf8e585ad0e662d5343f8047"}} as unknown as TypedDocumentString<ConversationsQuery, ConversationsQueryVariables>;
export const ConversationDocument = {"__meta__":{"hash":"sha256:084503f417be0a00638dcc50f72c1e8f1178d643897d1bae2201bfc564816ba4"}} as unknown as TypedDocumentString<ConversationQuery, ConversationQueryVariables>;
export const ConversationTextsDocument = {"__meta__":{"hash":"sha256:c07d3c2b5d3555f78f8387b7f832ba2e6de77a7c9c31a0acd052dd232e2496cc"}} as unknown as TypedDocumentString<ConversationTextsQuery, ConversationTextsQueryVariables>;
export const PreviewReplyDocument = {"__meta__":{"hash":"sha256:243b0f6cfff1afe4d071e791301ec23942de85a99310f82e6522d014ef1475c0"}} as unknown as TypedDocumentString<PreviewReplyQuery, PreviewReplyQueryVariables>;
export const ReplyDocument = {"__meta__":{"hash":"sha256:cc371feeebf6c4e9ab7b79bbeb05dfe478a3dc8e3c03024e0f418fe33086dcc8"}} as unknown as TypedDocumentString<ReplyMutation, ReplyMutationVariables>;
export const MarkReadDocument = {"__meta__":{"hash":"sha256:44fae06b2ff0767f5c21459358c7b5c674d93007c54df589ebeab527064d8a13"}} as unknown as TypedDocumentString<MarkReadMutation, MarkReadMutationVariables>;
export const CloseConversationDocument = {"__meta__":{"hash":"sha256:4050d1c43562e4e96e5fb0a77d873c8923ba354e9b3d6ab4ba67b7992aa70a02"}} as unknown as TypedDocumentString<CloseConversationMutation, CloseConversationMutationVariables>;
export const AssignConversationDocument = {"__meta__":{"hash":"sha256:44908ee7b41de9dd49acb6a7c60ab2ab5773804f20d1de7d968d6024311fabe2"}} as unknown as TypedDocumentString<AssignConversationMutation, AssignConversationMutationVariables>;
export const InboxEventsDocument = {"__meta__":{"hash":"sha256:bb796e8acc69d627566eadb635028a8c937b0434a417b1762d5b972b9389778b"}} as unknown as TypedDocumentString<InboxEventsSubscription, InboxEventsSubscriptionVariables>;
export const MessagesDocument = {"__meta__":{"hash":"sha256:bbddc052593891426c76cd5550957469d33862e65f1e4939ec2fadd511f388aa"}} as unknown as TypedDocumentString<MessagesQuery, MessagesQueryVariables>;
export const MessageDocument = {"__meta__":{"hash":"sha256:e4905826c896aeddeaa862efc7d3990afa9d35e3165aa19fe0469e8ae767b59c"}} as unknown as TypedDocumentString<MessageQuery, MessageQueryVariables>;
export const MessageEventsDocument = {"__meta__":{"hash":"sha256:c6c79ac39d1960bea906cb1615484054221693b4538394a0c29f21663b8f1b0b"}} as unknown as TypedDocumentString<MessageEventsSubscription, MessageEventsSubscriptionVariables>;
export const AccountsDocument = {"__meta__":{"hash":"sha256:b1b5288eed582e528166804e74fdf98fe23db151d021b19bfc6a56ae8662fce0"}} as unknown as TypedDocumentString<AccountsQuery, AccountsQueryVariables>;
export const PlatformDocument = {"__meta__":{"hash":"sha256:f3de47fc9e46affb384570971f97261bb2264a69724eedc4881d6ec86df6d897"}} as unknown as TypedDocumentString<PlatformQuery, PlatformQueryVariables>;
export const AuditBreachesDocument = {"__meta__":{"hash":"sha256:c1c0ea83bfd0f1fffd1416136be9b35890eddb5159c095346795cca7b1aa989a"}} as unknown as TypedDocumentString<AuditBreachesQuery, AuditBreachesQueryVariables>;
export const AuditBreachFoundDocument = {"__meta__":{"hash":"sha256:3beef81eebee4dc5735a7a234831fc399fe4d2371ad4b8b2fcbae7dbc33e6447"}} as unknown as TypedDocumentString<AuditBreachFoundSubscription, AuditBreachFoundSubscriptionVariables>;
export const UnknownOutcomesOfDocument = {"__meta__":{"hash":"sha256:c85392719006e1243c2c994ab882988c9a79ba9852098713156f819d7bc9da78"}} as unknown as TypedDocumentString<UnknownOutcomesOfQuery, UnknownOutcomesOfQueryVariables>;
export const UnknownOutcomeOfDocument = {"__meta__":{"hash":"sha256:8846fb11943f5366415b39c23b21477896acba9330895c51a907542eb875d4c9"}} as unknown as TypedDocumentString<UnknownOutcomeOfQuery, UnknownOutcomeOfQueryVariables>;
export const QuarantinedWebhooksDocument = {"__meta__":{"hash":"sha256:c3bd41b90b293ede0f2b78b85401317814ef451b97b3a19dccf10e8d085a99b2"}} as unknown as TypedDocumentString<QuarantinedWebhooksQuery, QuarantinedWebhooksQueryVariables>;
export const StopAllSendingDocument = {"__meta__":{"hash":"sha256:f08b888bfe477a2df218b5a05d0ec5bf48bb31b3e8fce717a96da7448902a931"}} as unknown as TypedDocumentString<StopAllSendingMutation, StopAllSendingMutationVariables>;
export const ResumeAllSendingDocument = {"__meta__":{"hash":"sha256:58845a393dfe378a15e0d0f8e99613a86ad944657f90204a4935090e0740eb10"}} as unknown as TypedDocumentString<ResumeAllSendingMutation, ResumeAllSendingMutationVariables>;
export const StopSendingDocument = {"__meta__":{"hash":"sha256:8d675ee1784b4bacc80914ed1c53f363eeda7b3f8c8bcd02186af8f594ead8cb"}} as unknown as TypedDocumentString<StopSendingMutation, StopSendingMutationVariables>;
export const ResumeSendingDocument = {"__meta__":{"hash":"sha256:e91b4d3709287288aa2a21f0f576fc8d138e731f47c350ccc41ea2aab42fa3b2"}} as unknown as TypedDocumentString<ResumeSendingMutation, ResumeSendingMutationVariables>;
export const AcknowledgeBreachDocument = {"__meta__":{"hash":"sha256:75c71bc5682843655913dfc4e7b62879150d7d7fe42498b8d034bb1047423bc3"}} as unknown as TypedDocumentString<AcknowledgeBreachMutation, AcknowledgeBreachMutationVariables>;
export const DecideUnknownOutcomeDocument = {"__meta__":{"hash":"sha256:d74f0b36f7ebfdc58988c679daa9067556164ad5f8cf1f962690a844778f3ff7"}} as unknown as TypedDocumentString<DecideUnknownOutcomeMutation, DecideUnknownOutcomeMutationVariables>;
export const SetSenderPaceDocument = {"__meta__":{"hash":"sha256:c535372dcf20e485222e16b230f18fab16f9c7b4814185ded16be69dd09f9f9a"}} as unknown as TypedDocumentString<SetSenderPaceMutation, SetSenderPaceMutationVariables>;
export const ReplayWebhookDocument = {"__meta__":{"hash":"sha256:74a1495ce3d919e9399dd1b0b25b7151bd40cbcc21413d172344f871a39a6934"}} as unknown as TypedDocumentString<ReplayWebhookMutation, ReplayWebhookMutationVariables>;
export const CorrectBillingDifferenceDocument = {"__meta__":{"hash":"sha256:9b24f3cb856bab736fb413e2851de4666412ec7496ab6c47549434e5afe8eb36"}} as unknown as TypedDocumentString<CorrectBillingDifferenceMutation, CorrectBillingDifferenceMutationVariables>;
export const GrantCreditsToDocument = {"__meta__":{"hash":"sha256:935facc74ad6a9b03f64e6595466584ad9f24259d8d81b0d6cb239227d509d71"}} as unknown as TypedDocumentString<GrantCreditsToMutation, GrantCreditsToMutationVariables>;
export const AccountHealthDocument = {"__meta__":{"hash":"sha256:d9d7dfca19c1c1a81d904964a5c9b59b0691d51af31cfa1dd8a47f254e1439b0"}} as unknown as TypedDocumentString<AccountHealthQuery, AccountHealthQueryVariables>;
export const MessageTallyDocument = {"__meta__":{"hash":"sha256:bd63d0ac2d86e78bfe50ebab36919a726c1e44a853a2325049671108647949a9"}} as unknown as TypedDocumentString<MessageTallyQuery, MessageTallyQueryVariables>;
export const UnknownNowDocument = {"__meta__":{"hash":"sha256:a0cf9d480acc491f2b695042b281605724d9facc8fadc75d1683e3b4d0b45495"}} as unknown as TypedDocumentString<UnknownNowQuery, UnknownNowQueryVariables>;
export const RecentOperationsDocument = {"__meta__":{"hash":"sha256:5ba48125ec27e780b0b05d73de5c65b53e8c990b216d95b06d21d3b6de6991c0"}} as unknown as TypedDocumentString<RecentOperationsQuery, RecentOperationsQueryVariables>;
export const OperationEventsDocument = {"__meta__":{"hash":"sha256:65a39ef8d4d4d90d8c7f86b70fb19f15a49a6d12b32480bb103b0e4bd735706b"}} as unknown as TypedDocumentString<OperationEventsSubscription, OperationEventsSubscriptionVariables>;
export const ApproveHeldTextsDocument = {"__meta__":{"hash":"sha256:1cdbff06b37960933420566d1a05fc6de34518e5592824130d1cbebbfd2feed0"}} as unknown as TypedDocumentString<ApproveHeldTextsMutation, ApproveHeldTextsMutationVariables>;
export const QuietHoursDocument = {"__meta__":{"hash":"sha256:facc2d904ba0fa3cdfd4d831b9267e0a171b07b49a22790c0db1b954a72fcf23"}} as unknown as TypedDocumentString<QuietHoursQuery, QuietHoursQueryVariables>;
export const SetQuietHoursDocument = {"__meta__":{"hash":"sha256:691af24d7ee708665a4ceba5f9e9ab07747331e41442660e5a9c52e0552843a4"}} as unknown as TypedDocumentString<SetQuietHoursMutation, SetQuietHoursMutationVariables>;
export const SimulateHoursDocument = {"__meta__":{"hash":"sha256:1cdc36bf3a3b1121a8af7658c9d6bd6fa6b99ee643bf19044f901610ea121935"}} as unknown as TypedDocumentString<SimulateHoursQuery, SimulateHoursQueryVariables>;
export const MembersDocument = {"__meta__":{"hash":"sha256:18d18b90f1d24b2ecde2cafbd37adaa76478cf4cb2f25f27dcf0d9492c7bce40"}} as unknown as TypedDocumentString<MembersQuery, MembersQueryVariables>;
export const AccountSettingsDocument = {"__meta__":{"hash":"sha256:6b258d399f295a23781bc51f9b0ecc7cccc9c3e879431daca9656ef26491ebf8"}} as unknown as TypedDocumentString<AccountSettingsQuery, AccountSettingsQueryVariables>;
export const AddMemberDocument = {"__meta__":{"hash":"sha256:8b5b0ae27dd23b6dccd96039f68916b6f2ab2c6a38c2d11ef53fe1fd8ebfa9db"}} as unknown as TypedDocumentString<AddMemberMutation, AddMemberMutationVariables>;
export const ChangeRoleDocument = {"__meta__":{"hash":"sha256:626d48bd5083e8c97ce1d22441d6a92a710f5fdd1e201e3d66ad9dc44716458c"}} as unknown as TypedDocumentString<ChangeRoleMutation, ChangeRoleMutationVariables>;
export const RemoveMemberDocument = {"__meta__":{"hash":"sha256:25d6b9ec630caf01743b6801c57691f546b8a2e2359b6ec0c2e61895cef3c9dd"}} as unknown as TypedDocumentString<RemoveMemberMutation, RemoveMemberMutationVariables>;
export const UpdateAccountDocument = {"__meta__":{"hash":"sha256:d7c31076671d5c8bfd9bf213a2b53cf31ae65929050e5e6b6e997af54755f8ff"}} as unknown as TypedDocumentString<UpdateAccountMutation, UpdateAccountMutationVariables>;
export const AccountHistoryDocument = {"__meta__":{"hash":"sha256:199e2de44ad19f1036003c0887316a33b74ff027fe759dfc310c3afc9fae5d91"}} as unknown as TypedDocumentString<AccountHistoryQuery, AccountHistoryQueryVariables>;
export const EventPositionDocument = {"__meta__":{"hash":"sha256:1c288542174bdce2fbaa48ae04f1e06aff4bf023517f73d1cfb426841781409f"}} as unknown as TypedDocumentString<EventPositionQuery, EventPositionQueryVariables>;