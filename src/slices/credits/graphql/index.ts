import { CorrectionsResolver } from './corrections.resolver.js'
import { CreditsResolver } from './credits.resolver.js'
import { PricesResolver } from './prices.resolver.js'
import { StatementResolver } from './statement.resolver.js'

export const creditResolvers = [
  CreditsResolver,
  CorrectionsResolver,
  PricesResolver,
  StatementResolver,
] as const
