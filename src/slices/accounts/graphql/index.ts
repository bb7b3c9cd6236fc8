import { AccountResolver } from './account.resolver.js'
import { AdministrationResolver } from './administration.resolver.js'
import { ApiKeysResolver } from './api-keys.resolver.js'
import { MembersResolver } from './members.resolver.js'
import { SessionResolver } from './session.resolver.js'

export const accountResolvers = [
  SessionResolver,
  AccountResolver,
  MembersResolver,
  ApiKeysResolver,
  AdministrationResolver,
] as const

export { AccountType } from './accounts.types.js'
