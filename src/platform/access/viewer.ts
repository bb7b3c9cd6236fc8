import type { AccountId, ApiKeyId, SessionId, UserId } from '../../kernel/ids.js'

/** What a member may do in an account, from least to most. */
export const roles = ['viewer', 'operator', 'owner'] as const
export type Role = (typeof roles)[number]

export function roleAtLeast(role: Role, needed: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(needed)
}

/** Who only looks on sees neither numbers and addresses of people nor texts. */
export function seesContent(role: Role): boolean {
  return roleAtLeast(role, 'operator')
}

/** A signed-in person. Without an account: a platform administrator, or a person who has not chosen one yet. */
export interface UserViewer {
  readonly kind: 'user'
  readonly userId: UserId
  readonly sessionId: SessionId
  readonly accountId: AccountId | null
  readonly role: Role | null
  readonly isPlatformAdmin: boolean
}

/** A program with an API key. It belongs to one account and never administers the platform. */
export interface ApiKeyViewer {
  readonly kind: 'apiKey'
  readonly apiKeyId: ApiKeyId
  readonly accountId: AccountId
  readonly role: Role
  /** It runs what was registered for it, and nothing else. */
  readonly operationsOnly: boolean
  /** How often operations were taken from it: what it runs already may be among them. */
  readonly operationsRemoved: number
  readonly isPlatformAdmin: false
}

/** Who is asking. Made by authentication and by nothing else. */
export type Viewer = UserViewer | ApiKeyViewer

/** Who did something, as it is written into histories: a member, a program, or the platform's administration. */
export interface Actor {
  readonly kind: 'user' | 'api-key' | 'admin'
  readonly id: string
}

export function actorText(actor: Actor): string {
  return `${actor.kind}:${actor.id}`
}

/** The session or the key that the viewer came with. */
export function credentialId(viewer: Viewer): SessionId | ApiKeyId {
  return viewer.kind === 'user' ? viewer.sessionId : viewer.apiKeyId
}
