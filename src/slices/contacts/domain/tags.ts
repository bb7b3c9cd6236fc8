import { cleanLine } from './text.js'

export const TAG_LENGTH_MAX = 60
export const TAGS_MAX = 50

/** Tags compare without case: `VIP` and `vip` are one. Empty ones and repetitions vanish, order of first sight stays. */
export function tidyTags(tags: readonly string[]): string[] {
  const seen = new Set<string>()
  for (const tag of tags) {
    const tidy = cleanLine(tag, TAG_LENGTH_MAX).toLowerCase()
    if (tidy !== '' && seen.size < TAGS_MAX) seen.add(tidy)
  }
  return [...seen]
}

/** A cell with several tags: `vip;spring-sale`, `vip, sale`, and Google's `* myContacts ::: Clients`. */
export function tagsFromCell(cell: string): string[] {
  if (cell === '') return []
  return tidyTags(cell.split(/:::|[;,|\n]/).map((tag) => tag.replace(/^\s*\*\s*/, '')))
}

export function mergeTags(first: readonly string[], second: readonly string[]): string[] {
  if (second.length === 0) return [...first]
  return [...new Set([...first, ...second])].slice(0, TAGS_MAX)
}
