import type { Clock } from '../../kernel/clock.js'
import type { Random } from '../../kernel/random.js'
import type { Db } from '../../platform/db/data-source.js'
import type { CallProblem } from './domain/call-outcome.js'
import type { TargetRules } from './http/check-url.js'
import type { WebhookPoster } from './http/create-poster.js'
import type { SecretVault } from './seal-secret.js'

export interface EndpointDeps {
  db: Db
  clock: Clock
  /** Null: the installation has no secret to keep those of endpoints under, and nobody can make one. */
  webhookVault: SecretVault | null
  webhookTargets: TargetRules
}

/** Told of each try that was written down. */
export type CountDelivery = (outcome: 'delivered' | CallProblem) => void

export interface DeliverDeps {
  db: Db
  clock: Clock
  random: Random
  webhookVault: SecretVault | null
  poster: WebhookPoster
  count?: CountDelivery
}
