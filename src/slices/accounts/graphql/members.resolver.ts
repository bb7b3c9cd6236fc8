import { Arg, Args, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql'
import type { AccountId, UserId } from '../../../kernel/ids.js'
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
import { addMember } from '../add-member.js'
import { changeRole } from '../change-role.js'
import { listMembers, readMember } from '../read-account.js'
import { removeMember } from '../remove-member.js'
import {
  MemberConnection,
  MemberRemoved,
  MemberResult,
  type MemberType,
  RemoveMemberResult,
} from './accounts.types.js'
import { RoleEnum } from './enums.types.js'
import { membershipRefusals, newPersonRefusals, notFound } from './refusals.js'

const byPerson = keyset('members', 'uuid')
const PASSWORD_COST = 1_000

@Resolver()
export class MembersResolver {
  constructor(private readonly deps: AccountsDeps) {}

  @Access('viewer')
  @Query(() => MemberConnection, { description: 'The people who work in the account.' })
  async members(@Ctx() ctx: GraphContext, @Args(() => PageArgs) page: PageArgs): Promise<Page<MemberType>> {
    const request = byPerson.read(page)
    const members = await listMembers(this.deps, ctx.scope.accountId, request)
    return byPerson.page(members, request, { key: (member) => [member.userId], node: (member) => member })
  }

  @Access('owner')
  @Mutation(() => MemberResult, {
    complexity: PASSWORD_COST,
    description:
      'Registers a new person and makes them a member. Tell them the password; they change it when they sign in.',
  })
  async addMember(
    @Ctx() ctx: GraphContext,
    @Arg('email', () => EmailAddress, { description: 'Address that the person will sign in with.' })
    email: string,
    @Arg('name', () => ShortText, { description: 'Name of the person.' }) name: string,
    @Arg('role', () => RoleEnum, { description: 'What the person may do in the account.' })
    role: 'owner' | 'operator' | 'viewer',
    @Arg('password', () => Password, { description: 'First password: at least 12 characters.' })
    password: string,
  ): Promise<MemberType | Refused> {
    const { accountId } = ctx.scope
    const actor = actorText(ctx.scope.actor)
    const result = await addMember(this.deps, { accountId, email, name, role, password, actor })
    return result.ok ? this.present(accountId, result.userId) : refuse(newPersonRefusals, result.reason)
  }

  @Access('owner')
  @Mutation(() => MemberResult, { description: 'Gives a member another role, from their next request on.' })
  async changeRole(
    @Ctx() ctx: GraphContext,
    @Arg('userId', () => ID, { description: 'The member.' }) userId: string,
    @Arg('role', () => RoleEnum, { description: 'What they may do from now on.' })
    role: 'owner' | 'operator' | 'viewer',
  ): Promise<MemberType | Refused> {
    const { accountId } = ctx.scope
    const member = idArgument<UserId>(userId)
    const result = await changeRole(this.deps, {
      accountId,
      userId: member,
      role,
      actor: actorText(ctx.scope.actor),
    })
    return result.ok ? this.present(accountId, member) : refuse(membershipRefusals, result.reason)
  }

  @Access('owner')
  @Mutation(() => RemoveMemberResult, {
    description: "Ends a membership and the member's sessions in this account.",
  })
  async removeMember(
    @Ctx() ctx: GraphContext,
    @Arg('userId', () => ID, { description: 'The member.' }) userId: string,
  ): Promise<MemberRemoved | Refused> {
    const { accountId } = ctx.scope
    const member = idArgument<UserId>(userId)
    const result = await removeMember(this.deps, {
      accountId,
      userId: member,
      actor: actorText(ctx.scope.actor),
    })
    return result.ok
      ? Object.assign(new MemberRemoved(), { userId: member })
      : refuse(membershipRefusals, result.reason)
  }

  /** Somebody may have removed the member in between: then it is as if they had never been found. */
  private async present(accountId: AccountId, userId: UserId): Promise<MemberType | Refused> {
    return (await readMember(this.deps, accountId, userId)) ?? refuse(notFound, 'not-found')
  }
}
