import type { ComponentType, ReactNode } from 'react'
import type { Role } from '../generated/graphql.js'

/** A noun of the console: where it stands in the navigation, and its screens, each loaded when it is first opened. */
export interface Feature {
  path: string
  label: string
  icon: ReactNode
  /** Beside the word: how much waits there. */
  badge?: ComponentType
  /** What one can do there; also found by the command palette. */
  hint: string
  needs: Role | 'platformAdmin'
  /** On which clock its moments are told, where it is not the reader's own. */
  clock?: string
  screens: readonly Screen[]
  commands?: readonly FeatureCommand[]
}

export interface Screen {
  /** Of the address, from the root. */
  path: string
  load: () => Promise<ComponentType>
}

/** Something to do that deserves a place in the command palette. */
export interface FeatureCommand {
  label: string
  hint: string
  path: string
  needs: Role
}
