import type { Scenario } from '../scenario/draw-scenario.js'
import type { Variation } from '../world/make-world.js'

/** A replacement in the compiled text of one of the program's modules. It must apply, or the run fails. */
export interface SourcePatch {
  /** Below dist/src. */
  readonly file: string
  readonly from: string
  readonly to: string
}

/** A known-bad variant of the real program, made while it is loaded; production code knows nothing of it. */
export interface Mutant {
  /** The row of the protocol's model, or the finding, that it repeats. */
  readonly repeats: string
  readonly what: string
  /** Checks of which one must be breached. */
  readonly harm: readonly string[]
  readonly source?: readonly SourcePatch[]
  readonly statements?: Readonly<Record<string, readonly [from: string, to: string]>>
  /** Changes of the simulation's database. */
  readonly schema?: string
  readonly variation?: Partial<Variation>
  /** Scenarios in which the harm can show; without the mutant they must hold. */
  readonly focus?: (scenario: Scenario) => Scenario
}
