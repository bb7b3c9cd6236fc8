/** Languages in which we answer by ourselves. */
export const replyLanguages = ['en', 'es', 'fr', 'de', 'pt'] as const
export type ReplyLanguage = (typeof replyLanguages)[number]

/** A language tag as one of ours, or the account's own. */
export function replyLanguage(tag: string | null, fallback: ReplyLanguage): ReplyLanguage {
  const short = tag?.slice(0, 2).toLowerCase()
  return replyLanguages.find((language) => language === short) ?? fallback
}
