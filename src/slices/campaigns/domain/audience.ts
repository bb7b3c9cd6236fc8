import { parseId, type ImportId } from '../../../kernel/ids.js'

/** Which contacts a campaign is for; all conditions together. Without any, every contact of the account. */
export interface Audience {
  /** Contacts with at least one of these tags. */
  tags?: string[]
  /** But none of these. */
  excludeTags?: string[]
  /** Contacts that this import named last. */
  importId?: ImportId
}

export interface AudienceInput {
  tags?: readonly string[] | null
  excludeTags?: readonly string[] | null
  importId?: string | null
}

const TAGS_MAX = 50
const TAG_LENGTH_MAX = 60

/** The same audience is always the same value, so that a quote can be compared with it. Null for what is no audience. */
export function readAudience(input: AudienceInput): Audience | null {
  const tags = readTags(input.tags)
  const excludeTags = readTags(input.excludeTags)
  if (tags === null || excludeTags === null) return null
  const audience: Audience = {}
  if (tags.length > 0) audience.tags = tags
  if (excludeTags.length > 0) audience.excludeTags = excludeTags
  if (input.importId !== undefined && input.importId !== null) {
    const importId = parseId<ImportId>(input.importId)
    if (importId === null) return null
    audience.importId = importId
  }
  return audience
}

/** Contacts' tags are kept in lower case. */
function readTags(tags: readonly string[] | null | undefined): string[] | null {
  const clean = [...new Set((tags ?? []).map((tag) => tag.trim().toLowerCase()))].sort()
  const usable = clean.length <= TAGS_MAX && clean.every(isTag)
  return usable ? clean : null
}

function isTag(tag: string): boolean {
  return tag.length >= 1 && tag.length <= TAG_LENGTH_MAX && !/\p{Cc}|\p{Surrogate}/u.test(tag)
}
