import type { AccountId } from '../../kernel/ids.js'
import type { Actor, Role } from './viewer.js'

declare const sealed: unique symbol

/**
 * The right to act on one account. Only platform/graphql makes one, from the caller's own credential; use cases take
 * their account id from it and never from an argument, so a resolver cannot reach another account by mistake.
 */
export interface AccountScope {
  readonly [sealed]: true
  readonly accountId: AccountId
  readonly role: Role
  readonly actor: Actor
}
