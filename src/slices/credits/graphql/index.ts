import { CorrectionsResolver } from './corrections.resolver.js'
import { CreditsResolver } from './credits.resolver.js'

export const creditResolvers = [CreditsResolver, CorrectionsResolver] as const
