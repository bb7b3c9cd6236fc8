import { Arg, Args, Ctx, ID, Int, Mutation, Query, Resolver } from 'type-graphql'
import type { AccountId } from '../../../kernel/ids.js'
import { actorText } from '../../../platform/access/viewer.js'
import {
  Access,
  EmailAddress,
  GraphContext,
  idArgument,
  keyset,
  PageArgs,
  Password,
  refuse,
  ShortText,
  type Page,
  type Refused,
} from '../../../platform/graphql/index.js'
import type { AccountsDeps } from '../accounts-deps.js'
import { sendingLock } from '../accept-database.js'
import { createAccount } from '../create-account.js'
import type { SubscriptionState } from '../domain/subscription-state.js'
import { linkMember } from '../link-member.js'
import { listAccounts, readAccount, readMember, readPlatformStopReason } from '../read-account.js'
import { resumeAccount } from '../resume-account.js'
import { resumePlatform } from '../resume-platform.js'
import { setSubscription } from '../set-subscription.js'
import { setTextRate } from '../set-text-rate.js'
import { stopAccount } from '../stop-account.js'
import { stopPlatform } from '../stop-platform.js'
import {
  AccountConnection,
  AccountResult,
  AccountType,
  MemberResult,
  type MemberType,
  PlatformSending,
} from './accounts.types.js'
import { RoleEnum, SubscriptionStateEnum } from './enums.types.js'
import { linkMemberRefusals, newPersonRefusals, notFound, textRateRefusals } from './refusals.js'
import { toAccount } from './to-account.js'

const newestFirst = keyset('accounts', 'uuid')
const PASSWORD_COST = 1_000
const accountArgument = { description: 'The account to act on.' }

/** What administrators of the platform do to accounts from outside. The only fields that take an account id. */
@Resolver()
export class AdministrationResolver {
  constructor(private readonly deps: AccountsDeps) {}

  @Access('platformAdmin')
  @Query(() => AccountConnection, {
    description: 'All accounts, newest first. For administrators of the platform.',
  })
  async accounts(@Args(() => PageArgs) page: PageArgs): Promise<Page<AccountType>> {
    const request = newestFirst.read(page)
    const accounts = await listAccounts(this.deps, request)
    return newestFirst.page(accounts, request, { key: (account) => [account.id], node: toAccount })
  }

  @Access('platformAdmin')
  @Query(() => AccountType, {
    nullable: true,
    description: 'One account. For administrators of the platform.',
  })
  async accountById(
    @Arg('accountId', () => ID, accountArgument) accountId: string,
  ): Promise<AccountType | null> {
    const account = await readAccount(this.deps, idArgument<AccountId>(accountId))
    return account && toAccount(account)
  }

  @Access('platformAdmin')
  @Query(() => PlatformSending, {
    description: 'Whether the platform sends. For administrators of the platform.',
  })
  async platformSending(): Promise<PlatformSending> {
    return this.presentPlatform()
  }

  @Access('platformAdmin')
  @Mutation(() => AccountResult, {
    complexity: PASSWORD_COST,
    description: 'Opens an account with its first owner. For administrators of the platform.',
  })
  async createAccount(
    @Ctx() ctx: GraphContext,
    @Arg('name', () => ShortText, { description: 'Name of the account.' }) name: string,
    @Arg('ownerEmail', () => EmailAddress, { description: 'Address of the first owner.' }) email: string,
    @Arg('ownerName', () => ShortText, { description: 'Name of the first owner.' }) ownerName: string,
    @Arg('ownerPassword', () => Password, { description: 'First password of the owner.' }) password: string,
  ): Promise<AccountType | Refused> {
    const owner = { email, name: ownerName, password }
    const result = await createAccount(this.deps, { name, owner, actor: actorText(ctx.adminActor) })
    return result.ok ? this.present(result.accountId) : refuse(newPersonRefusals, result.reason)
  }

  @Access('platformAdmin')
  @Mutation(() => MemberResult, {
    description: 'Makes a registered person a member of another account. For administrators of the platform.',
  })
  async linkMember(
    @Ctx() ctx: GraphContext,
    @Arg('accountId', () => ID, accountArgument) accountId: string,
    @Arg('email', () => EmailAddress, { description: 'Address of the person.' }) email: string,
    @Arg('role', () => RoleEnum, { description: 'What the person may do in the account.' })
    role: 'owner' | 'operator' | 'viewer',
  ): Promise<MemberType | Refused> {
    const scope = ctx.adminScope(idArgument<AccountId>(accountId))
    const actor = actorText(scope.actor)
    const result = await linkMember(this.deps, { accountId: scope.accountId, email, role, actor })
    if (!result.ok) return refuse(linkMemberRefusals, result.reason)
    return (await readMember(this.deps, scope.accountId, result.userId)) ?? refuse(notFound, 'not-found')
  }

  @Access('platformAdmin')
  @Mutation(() => AccountResult, {
    description:
      "Records the state of an account's subscription; enforced from the next claim on. For administrators of the platform.",
  })
  async setSubscription(
    @Ctx() ctx: GraphContext,
    @Arg('accountId', () => ID, accountArgument) accountId: string,
    @Arg('state', () => SubscriptionStateEnum, { description: 'The state from now on.' })
    state: SubscriptionState,
  ): Promise<AccountType | Refused> {
    const scope = ctx.adminScope(idArgument<AccountId>(accountId))
    const result = await setSubscription(this.deps, {
      accountId: scope.accountId,
      state,
      actor: actorText(scope.actor),
    })
    ctx.logger.info(
      { accountId: scope.accountId, userId: scope.actor.id, state },
      'accounts.subscription-set',
    )
    return result.ok ? this.present(scope.accountId) : refuse(notFound, result.reason)
  }

  @Access('platformAdmin')
  @Mutation(() => AccountResult, {
    description:
      'Sets how many single texts an account sends within an hour, from the next claim on. For administrators of the platform.',
  })
  async setTextRate(
    @Ctx() ctx: GraphContext,
    @Arg('accountId', () => ID, accountArgument) accountId: string,
    @Arg('perHour', () => Int, { nullable: true, description: 'The rate; null for no limit.' })
    perHour: number | null | undefined,
  ): Promise<AccountType | Refused> {
    const scope = ctx.adminScope(idArgument<AccountId>(accountId))
    const result = await setTextRate(this.deps, {
      accountId: scope.accountId,
      perHour: perHour ?? null,
      actor: actorText(scope.actor),
    })
    ctx.logger.info({ accountId: scope.accountId, userId: scope.actor.id }, 'accounts.text-rate-set')
    return result.ok ? this.present(scope.accountId) : refuse(textRateRefusals, result.reason)
  }

  @Access('platformAdmin')
  @Mutation(() => AccountResult, {
    description: 'Stops all sending of one account at once. For administrators of the platform.',
  })
  async stopSending(
    @Ctx() ctx: GraphContext,
    @Arg('accountId', () => ID, accountArgument) accountId: string,
    @Arg('reason', () => ShortText, { description: "Why; the account's members see it." }) reason: string,
  ): Promise<AccountType | Refused> {
    const scope = ctx.adminScope(idArgument<AccountId>(accountId))
    const result = await stopAccount(this.deps, {
      accountId: scope.accountId,
      reason,
      actor: actorText(scope.actor),
    })
    ctx.logger.warn({ accountId: scope.accountId, userId: scope.actor.id }, 'accounts.sending-stopped')
    return result.ok ? this.present(scope.accountId) : refuse(notFound, result.reason)
  }

  @Access('platformAdmin')
  @Mutation(() => AccountResult, {
    description: 'Takes the stop of one account back. For administrators of the platform.',
  })
  async resumeSending(
    @Ctx() ctx: GraphContext,
    @Arg('accountId', () => ID, accountArgument) accountId: string,
  ): Promise<AccountType | Refused> {
    const scope = ctx.adminScope(idArgument<AccountId>(accountId))
    const result = await resumeAccount(this.deps, scope.accountId, actorText(scope.actor))
    ctx.logger.info({ accountId: scope.accountId, userId: scope.actor.id }, 'accounts.sending-resumed')
    return result.ok ? this.present(scope.accountId) : refuse(notFound, result.reason)
  }

  @Access('platformAdmin')
  @Mutation(() => PlatformSending, {
    description: 'Stops all sending of all accounts at once. For administrators of the platform.',
  })
  async stopAllSending(
    @Ctx() ctx: GraphContext,
    @Arg('reason', () => ShortText, { description: 'Why, for the other administrators.' }) reason: string,
  ): Promise<PlatformSending> {
    ctx.logger.warn({ userId: ctx.adminActor.id }, 'accounts.platform-stopped')
    await stopPlatform(this.deps, reason, actorText(ctx.adminActor))
    return this.presentPlatform()
  }

  @Access('platformAdmin')
  @Mutation(() => PlatformSending, {
    description: 'Takes the stop of the whole platform back. For administrators of the platform.',
  })
  async resumeAllSending(@Ctx() ctx: GraphContext): Promise<PlatformSending> {
    ctx.logger.info({ userId: ctx.adminActor.id }, 'accounts.platform-resumed')
    await resumePlatform(this.deps, actorText(ctx.adminActor))
    return this.presentPlatform()
  }

  private async presentPlatform(): Promise<PlatformSending> {
    const lock = await sendingLock(this.deps.db)
    const reason = lock.reason ?? (await readPlatformStopReason(this.deps))
    return { isStopped: reason !== null, reason, lockedSince: lock.lockedAt }
  }

  private async present(accountId: AccountId): Promise<AccountType | Refused> {
    const account = await readAccount(this.deps, accountId)
    return account === null ? refuse(notFound, 'not-found') : toAccount(account)
  }
}
