/** Why a recipient gets no text. The first group is known when the audience is frozen, the second when it is rendered. */
export const skipReasons = [
  'number_type',
  'country_not_allowed',
  'no_price',
  'opted_out',
  'no_consent',
  'unreachable',
  'contact_deleted',
  'contact_changed',
  'field_missing',
  'body_too_long',
  'body_empty',
] as const
export type SkipReason = (typeof skipReasons)[number]

export const skipWords: Readonly<Record<SkipReason, string>> = {
  number_type: 'The number is of a kind that cannot or must not be texted.',
  country_not_allowed: 'The country of the number is not on the list of allowed countries.',
  no_price: 'There is no price for the country of the number.',
  opted_out: 'The person has opted out of this kind of text.',
  no_consent: 'There is no consent of the person for this kind of text.',
  unreachable: 'The carrier says that the number cannot take texts: a landline, or not in use.',
  contact_deleted: 'The contact was deleted after the start.',
  contact_changed: 'The number of the contact was changed after the start.',
  field_missing: 'A merge field has no value for this contact, and the template has no fallback for it.',
  body_too_long: 'The finished text is longer than the carrier takes.',
  body_empty: 'The finished text is empty.',
}

export type SkipCounts = Partial<Record<SkipReason, number>>

export function totalSkipped(counts: SkipCounts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0)
}

export function addSkips(left: SkipCounts, right: SkipCounts): SkipCounts {
  const sum: SkipCounts = { ...left }
  for (const reason of skipReasons) {
    const more = right[reason]
    if (more !== undefined) sum[reason] = (sum[reason] ?? 0) + more
  }
  return sum
}

/** Kinds of number that can receive texts. Contacts are held to the same kinds when they are read. */
export const textableNumberTypes: readonly string[] = ['mobile', 'fixed-line-or-mobile', 'voip']
