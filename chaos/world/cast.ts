/** The accounts of a storm. */
export interface Role {
  name: string
  policy: 'P0' | 'P1'
  people: number
  firstCredits: number
  /** Has fewer credits than recipients: its campaigns stop at the last one, and go on with the next grant. */
  isStarved: boolean
}

export const cast: readonly Role[] = [
  { name: 'ample under P1', policy: 'P1', people: 240, firstCredits: 200_000, isStarved: false },
  { name: 'ample under P0', policy: 'P0', people: 240, firstCredits: 200_000, isStarved: false },
  { name: 'corrected', policy: 'P1', people: 240, firstCredits: 200_000, isStarved: false },
  { name: 'interrupted', policy: 'P1', people: 240, firstCredits: 200_000, isStarved: false },
  { name: 'starved under P1', policy: 'P1', people: 120, firstCredits: 70, isStarved: true },
  { name: 'starved under P0', policy: 'P0', people: 120, firstCredits: 70, isStarved: true },
]

/** Contacts have one of these; a campaign is for two neighbouring ones, so that campaigns overlap. */
export const TAGS = 6
