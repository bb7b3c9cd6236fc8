import type { Role } from './role.js'

export type MembershipRefusal = 'not-found' | 'last-owner'

export interface MembershipState {
  readonly role: Role
  readonly ownerCount: number
}

/** Whether a member may be given another role, or none (null). The last owner stays: somebody must be able to act. */
export function decideMembershipChange(
  state: MembershipState | null,
  next: Role | null,
): MembershipRefusal | null {
  if (state === null) return 'not-found'
  const stepsDown = state.role === 'owner' && next !== 'owner'
  return stepsDown && state.ownerCount <= 1 ? 'last-owner' : null
}
