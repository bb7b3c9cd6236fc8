import type { DateTime } from 'luxon'
import { Arg, Args, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql'
import type { ApiKeyId } from '../../../kernel/ids.js'
import {
  Access,
  GraphContext,
  idArgument,
  Instant,
  keyset,
  PageArgs,
  refuse,
  ShortText,
  type Page,
  type Refused,
} from '../../../platform/graphql/index.js'
import type { AccountsDeps } from '../accounts-deps.js'
import { createApiKey } from '../create-api-key.js'
import { listApiKeys, readApiKey } from '../read-account.js'
import { revokeApiKey } from '../revoke-api-key.js'
import {
  ApiKeyConnection,
  ApiKeyCreated,
  ApiKeyResult,
  type ApiKeyType,
  CreateApiKeyResult,
} from './accounts.types.js'
import { ApiKeyRoleEnum } from './enums.types.js'
import { personOf } from './person.js'
import { createApiKeyRefusals, notFound } from './refusals.js'

const newestFirst = keyset('api-keys', 'uuid')

@Resolver()
export class ApiKeysResolver {
  constructor(private readonly deps: AccountsDeps) {}

  @Access('owner')
  @Query(() => ApiKeyConnection, {
    description: 'The API keys of the account, newest first, revoked ones included.',
  })
  async apiKeys(@Ctx() ctx: GraphContext, @Args(() => PageArgs) page: PageArgs): Promise<Page<ApiKeyType>> {
    const request = newestFirst.read(page)
    const keys = await listApiKeys(this.deps, ctx.scope.accountId, request)
    return newestFirst.page(keys, request, { key: (key) => [key.id], node: (key) => key })
  }

  @Access('owner')
  @Mutation(() => CreateApiKeyResult, {
    description: 'Makes an API key. The answer is the only place where the whole key appears.',
  })
  async createApiKey(
    @Ctx() ctx: GraphContext,
    @Arg('name', () => ShortText, { description: 'What the key is for.' }) name: string,
    @Arg('role', () => ApiKeyRoleEnum, { description: 'What the key may do.' }) role: 'operator' | 'viewer',
    @Arg('expiresAt', () => Instant, {
      nullable: true,
      description: 'When the key ends by itself; leave out for never.',
    })
    expiresAt: DateTime | null | undefined,
  ): Promise<ApiKeyCreated | Refused> {
    const { accountId } = ctx.scope
    const createdBy = personOf(ctx).userId
    const result = await createApiKey(this.deps, {
      accountId,
      createdBy,
      name,
      role,
      expiresAt: expiresAt ?? null,
    })
    if (!result.ok) return refuse(createApiKeyRefusals, result.reason)
    const apiKey = await readApiKey(this.deps, accountId, result.apiKeyId)
    return Object.assign(new ApiKeyCreated(), { key: result.key, apiKey })
  }

  @Access('owner')
  @Mutation(() => ApiKeyResult, { description: 'Ends an API key for good. Safe to repeat.' })
  async revokeApiKey(
    @Ctx() ctx: GraphContext,
    @Arg('apiKeyId', () => ID, { description: 'The key.' }) apiKeyId: string,
  ): Promise<ApiKeyType | Refused> {
    const { accountId } = ctx.scope
    const key = idArgument<ApiKeyId>(apiKeyId)
    const result = await revokeApiKey(this.deps, { accountId, apiKeyId: key })
    if (!result.ok) return refuse(notFound, result.reason)
    return (await readApiKey(this.deps, accountId, key)) ?? refuse(notFound, 'not-found')
  }
}
