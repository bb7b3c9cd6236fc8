/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
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

/** How firmly the person agreed. */
export type ConsentLevel =
  /** Agreed, for example by giving the number for this purpose. */
  | 'EXPRESS'
  /** Signed or ticked a text that was shown, which marketing in the US needs. The text is kept. */
  | 'WRITTEN';

/** What texts may be about. Consent is given and withdrawn for each separately. */
export type ConsentPurpose =
  /** Anything that promotes something. */
  | 'MARKETING'
  /** Appointments, orders and other things that the person asked for. */
  | 'TRANSACTIONAL';

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

/** How dates like 3/4/2026 are meant. */
export type DateOrder =
  /** The third of April, as nearly everywhere else. */
  | 'DAY_FIRST'
  /** The fourth of March, as in the US. */
  | 'MONTH_FIRST';

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

/** What happens to a message when the outcome of its call to the carrier cannot be known yet. */
export type UnknownPolicy =
  /** Never send again while the first call may have been accepted. */
  | 'P0'
  /** Send again once it is proved that the carrier did not accept the first call. */
  | 'P1';

export type RefusalFragment = { __typename: 'Refused', reason: string, message: string, remedy: string };

export type StartImportMutationVariables = Exact<{
  importId: string | number;
  options?: ImportOptionsInput | null | undefined;
}>;


export type StartImportMutation = { __typename: 'Mutation', startImport:
    | { __typename: 'Import', id: string }
    | { __typename: 'Refused', reason: string, message: string, remedy: string }
   };

export type ImportStateQueryVariables = Exact<{
  id: string | number;
}>;


export type ImportStateQuery = { __typename: 'Query', import: { __typename: 'Import', state: ImportState, failure: string | null, consentsGranted: number, counts: { __typename: 'ImportCounts', rowsRead: number, created: number, updated: number, unchanged: number, duplicates: number, rejected: number } } | null };

export type CreateCampaignMutationVariables = Exact<{
  input: CreateCampaignInput;
}>;


export type CreateCampaignMutation = { __typename: 'Mutation', createCampaign:
    | { __typename: 'Campaign', id: string }
    | { __typename: 'Refused', reason: string, message: string, remedy: string }
   };

export type QuoteCampaignMutationVariables = Exact<{
  campaignId: string | number;
}>;


export type QuoteCampaignMutation = { __typename: 'Mutation', quoteCampaign:
    | { __typename: 'CampaignQuote', id: string, audienceSize: number, recipients: number, segmentsMin: number, segmentsTypical: number, segmentsMax: number, credits: number, expectedSeconds: number, skipped: Array<{ __typename: 'SkippedCount', reason: SkipReason, recipients: number }> }
    | { __typename: 'Refused', reason: string, message: string, remedy: string }
   };

export type StartCampaignMutationVariables = Exact<{
  campaignId: string | number;
  quoteId: string | number;
  idempotencyKey: string;
}>;


export type StartCampaignMutation = { __typename: 'Mutation', startCampaign:
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
}>;


export type ResumeCampaignMutation = { __typename: 'Mutation', resumeCampaign:
    | { __typename: 'Campaign', id: string, state: CampaignState }
    | { __typename: 'Refused', reason: string, message: string, remedy: string }
   };

export type CampaignProgressSubscriptionVariables = Exact<{
  campaignId: string | number;
}>;


export type CampaignProgressSubscription = { campaignProgress: { __typename: 'CampaignProgress', state: CampaignState, audienceSize: number, skipped: number, pending: number, inFlight: number, unknown: number, accepted: number, unproven: number, failed: number, suppressed: number, cancelled: number, expired: number, heldCredits: number, capturedCredits: number, nextPlace: number | null, ratePerSecond: number, seq: number, pause: { __typename: 'CampaignPause', reason: PauseReason, message: string, remedy: string } | null, skippedBy: Array<{ __typename: 'SkippedCount', reason: SkipReason, recipients: number }> } | null };

export type CreditBalanceQueryVariables = Exact<{ [key: string]: never; }>;


export type CreditBalanceQuery = { __typename: 'Query', creditBalance: { __typename: 'CreditBalance', available: number, held: number, spent: number, expired: number, debt: number } };

export type GrantCreditsMutationVariables = Exact<{
  accountId: string | number;
  credits: number;
  source: LotSource;
  reason: string;
  idempotencyKey: string;
}>;


export type GrantCreditsMutation = { __typename: 'Mutation', grantCredits:
    | { __typename: 'CreditBalance', available: number }
    | { __typename: 'Refused', reason: string, message: string, remedy: string }
   };

export type ChooseUnknownPolicyMutationVariables = Exact<{
  unknownPolicy: UnknownPolicy;
}>;


export type ChooseUnknownPolicyMutation = { __typename: 'Mutation', updateAccount:
    | { __typename: 'Account', id: string, unknownPolicy: UnknownPolicy }
    | { __typename: 'Refused', reason: string, message: string, remedy: string }
   };

export type CampaignFailuresQueryVariables = Exact<{
  id: string | number;
}>;


export type CampaignFailuresQuery = { __typename: 'Query', campaign: { __typename: 'Campaign', failures: Array<{ __typename: 'CampaignFailure', errorCode: number | null, messages: number, words: string }> } | null };

export type BuyCreditsMutationVariables = Exact<{
  code: string;
  idempotencyKey: string;
}>;


export type BuyCreditsMutation = { __typename: 'Mutation', buyCredits:
    | { __typename: 'BillingOrder', id: string, state: OrderState, sessionUrl: string | null }
    | { __typename: 'Refused', reason: string, message: string }
   };

export type SignInMutationVariables = Exact<{
  email: string;
  password: string;
}>;


export type SignInMutation = { __typename: 'Mutation', signIn:
    | { __typename: 'Refused', reason: string, message: string, remedy: string }
    | { __typename: 'SignedIn', token: string, expiresAt: string }
   };

export type WhoAmIQueryVariables = Exact<{ [key: string]: never; }>;


export type WhoAmIQuery = { __typename: 'Query', me: { __typename: 'Me', name: string | null, role: Role | null, account: { __typename: 'Account', name: string, subscriptionState: SubscriptionState } | null } };

export const RefusalFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Refusal"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Refused"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"remedy"}}]}}]} as unknown as DocumentNode<RefusalFragment, unknown>;
export const StartImportDocument = {"__meta__":{"hash":"sha256:f9696721aa7684ee26a80bc56c271b76b3c9312aa8a3dad4a75246c3d5f9ea2c"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"StartImport"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"importId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"options"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ImportOptionsInput"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"startImport"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"importId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"importId"}}},{"kind":"Argument","name":{"kind":"Name","value":"options"},"value":{"kind":"Variable","name":{"kind":"Name","value":"options"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Import"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Refusal"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Refusal"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Refused"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"remedy"}}]}}]} as unknown as DocumentNode<StartImportMutation, StartImportMutationVariables>;
export const ImportStateDocument = {"__meta__":{"hash":"sha256:f6aeb4229358c4fb1b6d41d9d26e70db319929f0d89e342fb8e650bed96d4675"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ImportState"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"import"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"failure"}},{"kind":"Field","name":{"kind":"Name","value":"consentsGranted"}},{"kind":"Field","name":{"kind":"Name","value":"counts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"rowsRead"}},{"kind":"Field","name":{"kind":"Name","value":"created"}},{"kind":"Field","name":{"kind":"Name","value":"updated"}},{"kind":"Field","name":{"kind":"Name","value":"unchanged"}},{"kind":"Field","name":{"kind":"Name","value":"duplicates"}},{"kind":"Field","name":{"kind":"Name","value":"rejected"}}]}}]}}]}}]} as unknown as DocumentNode<ImportStateQuery, ImportStateQueryVariables>;
export const CreateCampaignDocument = {"__meta__":{"hash":"sha256:be2016711615cdfaf0b26314089cc8573108677087e5afb3edeae29421b3054a"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateCampaign"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateCampaignInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"createCampaign"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Campaign"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Refusal"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Refusal"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Refused"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"remedy"}}]}}]} as unknown as DocumentNode<CreateCampaignMutation, CreateCampaignMutationVariables>;
export const QuoteCampaignDocument = {"__meta__":{"hash":"sha256:3ab369d9b3649b5cc7937ab26d4e7f2116756edc515ce107abd8969a8c807e90"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"QuoteCampaign"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"campaignId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"quoteCampaign"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"campaignId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"campaignId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CampaignQuote"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"audienceSize"}},{"kind":"Field","name":{"kind":"Name","value":"recipients"}},{"kind":"Field","name":{"kind":"Name","value":"skipped"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"recipients"}}]}},{"kind":"Field","name":{"kind":"Name","value":"segmentsMin"}},{"kind":"Field","name":{"kind":"Name","value":"segmentsTypical"}},{"kind":"Field","name":{"kind":"Name","value":"segmentsMax"}},{"kind":"Field","name":{"kind":"Name","value":"credits"}},{"kind":"Field","name":{"kind":"Name","value":"expectedSeconds"}}]}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Refusal"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Refusal"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Refused"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"remedy"}}]}}]} as unknown as DocumentNode<QuoteCampaignMutation, QuoteCampaignMutationVariables>;
export const StartCampaignDocument = {"__meta__":{"hash":"sha256:68bfc24dab51c72bf3cbb4e590c2a764c9eb8f0fe0d38d598c1be0f62e06f747"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"StartCampaign"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"campaignId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"quoteId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"idempotencyKey"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"IdempotencyKey"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"startCampaign"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"campaignId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"campaignId"}}},{"kind":"Argument","name":{"kind":"Name","value":"quoteId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"quoteId"}}},{"kind":"Argument","name":{"kind":"Name","value":"idempotencyKey"},"value":{"kind":"Variable","name":{"kind":"Name","value":"idempotencyKey"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Campaign"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"state"}}]}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Refusal"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Refusal"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Refused"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"remedy"}}]}}]} as unknown as DocumentNode<StartCampaignMutation, StartCampaignMutationVariables>;
export const PauseCampaignDocument = {"__meta__":{"hash":"sha256:1bd18b418146a0d1e4bd08a8019d29c0cfac145b1b762984d28f3d6c19879c52"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"PauseCampaign"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"campaignId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"pauseCampaign"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"campaignId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"campaignId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CampaignDrain"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"inFlight"}},{"kind":"Field","name":{"kind":"Name","value":"drainedBy"}}]}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Refusal"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Refusal"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Refused"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"remedy"}}]}}]} as unknown as DocumentNode<PauseCampaignMutation, PauseCampaignMutationVariables>;
export const ResumeCampaignDocument = {"__meta__":{"hash":"sha256:3f3f8aecfcdea6be8fffcf6becb2d86ada69cb88ae6bfd0ece5dd672b070fd75"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ResumeCampaign"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"campaignId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"resumeCampaign"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"campaignId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"campaignId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Campaign"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"state"}}]}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Refusal"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Refusal"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Refused"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"remedy"}}]}}]} as unknown as DocumentNode<ResumeCampaignMutation, ResumeCampaignMutationVariables>;
export const CampaignProgressDocument = {"__meta__":{"hash":"sha256:830963c64dd7c5ec83aed13c9beba33b3409bb6be29948369cab89840276029a"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"CampaignProgress"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"campaignId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"campaignProgress"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"campaignId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"campaignId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"pause"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"remedy"}}]}},{"kind":"Field","name":{"kind":"Name","value":"audienceSize"}},{"kind":"Field","name":{"kind":"Name","value":"skipped"}},{"kind":"Field","name":{"kind":"Name","value":"skippedBy"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"recipients"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pending"}},{"kind":"Field","name":{"kind":"Name","value":"inFlight"}},{"kind":"Field","name":{"kind":"Name","value":"unknown"}},{"kind":"Field","name":{"kind":"Name","value":"accepted"}},{"kind":"Field","name":{"kind":"Name","value":"unproven"}},{"kind":"Field","name":{"kind":"Name","value":"failed"}},{"kind":"Field","name":{"kind":"Name","value":"suppressed"}},{"kind":"Field","name":{"kind":"Name","value":"cancelled"}},{"kind":"Field","name":{"kind":"Name","value":"expired"}},{"kind":"Field","name":{"kind":"Name","value":"heldCredits"}},{"kind":"Field","name":{"kind":"Name","value":"capturedCredits"}},{"kind":"Field","name":{"kind":"Name","value":"nextPlace"}},{"kind":"Field","name":{"kind":"Name","value":"ratePerSecond"}},{"kind":"Field","name":{"kind":"Name","value":"seq"}}]}}]}}]} as unknown as DocumentNode<CampaignProgressSubscription, CampaignProgressSubscriptionVariables>;
export const CreditBalanceDocument = {"__meta__":{"hash":"sha256:27c783666a856c3e5b1a0bc3f85c634b02c83ada0022e4b800cb3a690ad563ef"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"CreditBalance"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"creditBalance"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"available"}},{"kind":"Field","name":{"kind":"Name","value":"held"}},{"kind":"Field","name":{"kind":"Name","value":"spent"}},{"kind":"Field","name":{"kind":"Name","value":"expired"}},{"kind":"Field","name":{"kind":"Name","value":"debt"}}]}}]}}]} as unknown as DocumentNode<CreditBalanceQuery, CreditBalanceQueryVariables>;
export const GrantCreditsDocument = {"__meta__":{"hash":"sha256:1e63615a8baa4cbc476ba96119331af73a778868983a58bb1f50f1bd15efdc1a"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"GrantCredits"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"accountId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"credits"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Credits"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"source"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"LotSource"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"reason"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ShortText"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"idempotencyKey"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"IdempotencyKey"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"grantCredits"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"accountId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"accountId"}}},{"kind":"Argument","name":{"kind":"Name","value":"credits"},"value":{"kind":"Variable","name":{"kind":"Name","value":"credits"}}},{"kind":"Argument","name":{"kind":"Name","value":"source"},"value":{"kind":"Variable","name":{"kind":"Name","value":"source"}}},{"kind":"Argument","name":{"kind":"Name","value":"reason"},"value":{"kind":"Variable","name":{"kind":"Name","value":"reason"}}},{"kind":"Argument","name":{"kind":"Name","value":"idempotencyKey"},"value":{"kind":"Variable","name":{"kind":"Name","value":"idempotencyKey"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CreditBalance"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"available"}}]}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Refusal"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Refusal"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Refused"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"remedy"}}]}}]} as unknown as DocumentNode<GrantCreditsMutation, GrantCreditsMutationVariables>;
export const ChooseUnknownPolicyDocument = {"__meta__":{"hash":"sha256:12b7a7d6fe54e6d6ceef693d4c50afca3c70111bd8f5f42ad1d5f7722324bc54"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ChooseUnknownPolicy"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"unknownPolicy"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UnknownPolicy"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"updateAccount"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"unknownPolicy"},"value":{"kind":"Variable","name":{"kind":"Name","value":"unknownPolicy"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Account"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"unknownPolicy"}}]}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Refusal"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Refusal"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Refused"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"remedy"}}]}}]} as unknown as DocumentNode<ChooseUnknownPolicyMutation, ChooseUnknownPolicyMutationVariables>;
export const CampaignFailuresDocument = {"__meta__":{"hash":"sha256:1e741602346a2e20b2c4984cc898f8e262beb7fac859c9b6b3f4f5848eb7eb2d"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"CampaignFailures"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"campaign"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"failures"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"errorCode"}},{"kind":"Field","name":{"kind":"Name","value":"messages"}},{"kind":"Field","name":{"kind":"Name","value":"words"}}]}}]}}]}}]} as unknown as DocumentNode<CampaignFailuresQuery, CampaignFailuresQueryVariables>;
export const BuyCreditsDocument = {"__meta__":{"hash":"sha256:de6f9b1296c18526f6fb1e43be7783d9ff179461702352d1c56606d63be1c4e4"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"BuyCredits"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"code"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ShortText"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"idempotencyKey"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"IdempotencyKey"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"buyCredits"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"code"},"value":{"kind":"Variable","name":{"kind":"Name","value":"code"}}},{"kind":"Argument","name":{"kind":"Name","value":"idempotencyKey"},"value":{"kind":"Variable","name":{"kind":"Name","value":"idempotencyKey"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"BillingOrder"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"sessionUrl"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Refused"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<BuyCreditsMutation, BuyCreditsMutationVariables>;
export const SignInDocument = {"__meta__":{"hash":"sha256:5badbf5ebe032537a6c1a1115aaacbbd4de0a29728a47d56b16bda1e0069d8cd"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SignIn"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"email"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"EmailAddress"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"password"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Password"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"signIn"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"email"},"value":{"kind":"Variable","name":{"kind":"Name","value":"email"}}},{"kind":"Argument","name":{"kind":"Name","value":"password"},"value":{"kind":"Variable","name":{"kind":"Name","value":"password"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SignedIn"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"token"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Refused"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"remedy"}}]}}]}}]}}]} as unknown as DocumentNode<SignInMutation, SignInMutationVariables>;
export const WhoAmIDocument = {"__meta__":{"hash":"sha256:70ce186787c56b7b2489a07e501cb4d7e2ce8b3a723485a1d3c95aea8b5690ab"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"WhoAmI"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"me"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"role"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"subscriptionState"}}]}}]}}]}}]} as unknown as DocumentNode<WhoAmIQuery, WhoAmIQueryVariables>;