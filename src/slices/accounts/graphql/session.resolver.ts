import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql'
import type { AccountId, UserId } from '../../../kernel/ids.js'
import {
  Access,
  EmailAddress,
  GraphContext,
  idArgument,
  Password,
  refuse,
  type Refused,
} from '../../../platform/graphql/index.js'
import type { AccountsDeps } from '../accounts-deps.js'
import { changePassword } from '../change-password.js'
import { readAccount, readProfile } from '../read-account.js'
import { revokeSessions } from '../revoke-sessions.js'
import { signIn } from '../sign-in.js'
import { signOut } from '../sign-out.js'
import { switchAccount } from '../switch-account.js'
import { personOf } from './person.js'
import { changePasswordRefusals, notFound, signInRefusals } from './refusals.js'
import { MeResult, MeType, SignedIn, SignedOut, SignInResult } from './session.types.js'
import { toAccount } from './to-account.js'

/** Hashing a password takes 19 MiB and tens of milliseconds on purpose; this keeps it to a handful per request. */
const PASSWORD_COST = 1_000

/** What `me` says of a program in the fields about people. */
const nobody = { userId: null, email: null, name: null, memberships: [] }

@Resolver()
export class SessionResolver {
  constructor(private readonly deps: AccountsDeps) {}

  @Access('signedIn')
  @Query(() => MeType, { description: 'Whoever is asking.' })
  async me(@Ctx() ctx: GraphContext): Promise<MeType> {
    return this.describe(ctx, ctx.viewer?.accountId ?? null)
  }

  @Access('public')
  @Mutation(() => SignInResult, { complexity: PASSWORD_COST, description: 'Opens a session for a person.' })
  async signIn(
    @Ctx() ctx: GraphContext,
    @Arg('email', () => EmailAddress, { description: 'The address that the person is registered with.' })
    email: string,
    @Arg('password', () => Password, { description: 'Their password.' }) password: string,
  ): Promise<SignedIn | Refused> {
    const result = await signIn(this.deps, { email, password, clientAddress: ctx.clientAddress })
    if (!result.ok) {
      ctx.logger.info({ requestId: ctx.requestId, reason: result.reason }, 'accounts.sign-in.refused')
      return refuse(signInRefusals, result.reason)
    }
    const { sessionId, userId, token, expiresAt, accountId } = result
    ctx.logger.info({ requestId: ctx.requestId, userId, sessionId }, 'accounts.signed-in')
    return Object.assign(new SignedIn(), { token, expiresAt, accountId })
  }

  @Access('signedIn')
  @Mutation(() => SignedOut, { description: 'Ends the session that asks. Its sockets are closed.' })
  async signOut(@Ctx() ctx: GraphContext): Promise<SignedOut> {
    await signOut(this.deps, personOf(ctx))
    return { sessionsEnded: 1 }
  }

  @Access('signedIn')
  @Mutation(() => SignedOut, { description: 'Ends all sessions of the person, this one included.' })
  async signOutEverywhere(@Ctx() ctx: GraphContext): Promise<SignedOut> {
    return { sessionsEnded: await revokeSessions(this.deps, personOf(ctx).userId) }
  }

  @Access('signedIn')
  @Mutation(() => MeResult, {
    description:
      'Moves the session that asks to another account of the person. Open sockets are closed; connect again.',
  })
  async switchAccount(
    @Ctx() ctx: GraphContext,
    @Arg('accountId', () => ID, { description: 'One of the accounts in `me.memberships`.' })
    accountId: string,
  ): Promise<MeType | Refused> {
    const target = idArgument<AccountId>(accountId)
    const result = await switchAccount(this.deps, { sessionId: personOf(ctx).sessionId, accountId: target })
    return result.ok ? this.describe(ctx, target) : refuse(notFound, result.reason)
  }

  @Access('signedIn')
  @Mutation(() => MeResult, {
    complexity: PASSWORD_COST,
    description: 'Sets a new password and ends all other sessions of the person.',
  })
  async changePassword(
    @Ctx() ctx: GraphContext,
    @Arg('currentPassword', () => Password, { description: 'The password until now.' })
    currentPassword: string,
    @Arg('newPassword', () => Password, { description: 'The password from now on: at least 12 characters.' })
    newPassword: string,
  ): Promise<MeType | Refused> {
    const { userId, sessionId } = personOf(ctx)
    const result = await changePassword(this.deps, { userId, sessionId, currentPassword, newPassword })
    return result.ok
      ? this.describe(ctx, ctx.viewer?.accountId ?? null)
      : refuse(changePasswordRefusals, result.reason)
  }

  private async describe(ctx: GraphContext, accountId: AccountId | null): Promise<MeType> {
    const { viewer } = ctx
    const account = accountId === null ? null : await readAccount(this.deps, accountId)
    const asProgram = {
      apiKeyId: viewer?.kind === 'apiKey' ? viewer.apiKeyId : null,
      role: viewer?.role ?? null,
    }
    const asPerson = viewer?.kind === 'user' ? await this.describePerson(viewer.userId, accountId) : nobody
    return Object.assign(new MeType(), {
      ...asProgram,
      ...asPerson,
      isPlatformAdmin: viewer?.isPlatformAdmin ?? false,
      account: account && toAccount(account),
    })
  }

  private async describePerson(userId: UserId, accountId: AccountId | null): Promise<Partial<MeType>> {
    const profile = await readProfile(this.deps, userId)
    if (profile === null) return nobody
    const { email, name, accounts } = profile
    return {
      userId,
      email,
      name,
      role: accounts.find((membership) => membership.id === accountId)?.role ?? null,
      memberships: accounts.map((account) => ({
        accountId: account.id,
        accountName: account.name,
        role: account.role,
      })),
    }
  }
}
