import { v7, validate } from 'uuid'

declare const brand: unique symbol
export type Brand<T, Name extends string> = T & { readonly [brand]: Name }

export type AccountId = Brand<string, 'AccountId'>
export type UserId = Brand<string, 'UserId'>
export type SessionId = Brand<string, 'SessionId'>
export type ApiKeyId = Brand<string, 'ApiKeyId'>
export type ContactId = Brand<string, 'ContactId'>
export type ImportId = Brand<string, 'ImportId'>
export type TemplateId = Brand<string, 'TemplateId'>
export type CampaignId = Brand<string, 'CampaignId'>
export type QuoteId = Brand<string, 'QuoteId'>
export type MessageId = Brand<string, 'MessageId'>
export type AttemptId = Brand<string, 'AttemptId'>
export type AppointmentId = Brand<string, 'AppointmentId'>
export type SeriesId = Brand<string, 'SeriesId'>

type AnyId = Brand<string, string>

/** A new time-ordered id (UUID version 7), so that new rows land at the end of their indexes. */
export function newId<Id extends AnyId>(): Id {
  return v7() as Id
}

/** Text from outside becomes an id, or null when it is not a UUID. Says nothing about whether the row exists. */
export function parseId<Id extends AnyId>(text: string): Id | null {
  return validate(text) ? (text.toLowerCase() as Id) : null
}

/** For ids that our own database returned. */
export function trustId<Id extends AnyId>(text: string): Id {
  return text as Id
}
