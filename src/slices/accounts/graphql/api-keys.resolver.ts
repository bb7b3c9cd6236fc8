import type { DateTime } from 'luxon'
import type { GraphQLResolveInfo } from 'graphql'
import { Arg, Args, Ctx, FieldResolver, ID, Info, Mutation, Query, Resolver, Root } from 'type-graphql'
import type { AccountId, ApiKeyId } from '../../../kernel/ids.js'
import { actorText } from '../../../platform/access/viewer.js'
import {
  Access,
  badUserInput,
  checkDocument,
  GraphContext,
  idArgument,
  Instant,
  keyset,
  loadBatched,
  PageArgs,
  refuse,
  refuseWith,
  ShortText,
  type Page,
  type Refused,
} from '../../../platform/graphql/index.js'
import type { AccountsDeps } from '../accounts-deps.js'
import { createApiKey } from '../create-api-key.js'
import { listApiKeys, listOperations, readApiKey } from '../read-account.js'
import { registerOperations } from '../register-operations.js'
import { revokeApiKey } from '../revoke-api-key.js'
import { unregisterOperation } from '../unregister-operation.js'
import {
  ApiKeyConnection,
  ApiKeyCreated,
  ApiKeyResult,
  ApiKeyType,
  CreateApiKeyResult,
  RegisteredOperationType,
} from './accounts.types.js'
import { ApiKeyRoleEnum } from './enums.types.js'
import { personOf } from './person.js'
import { createApiKeyRefusals, notFound, partnerKeyRefusals, registerRefusals } from './refusals.js'

const newestFirst = keyset('api-keys', 'uuid')
const DOCUMENTS_MAX = 50
const DOCUMENT_LENGTH_MAX = 20_000

const readOperations = (
  ctx: GraphContext,
  keyIds: readonly string[],
): Promise<ReadonlyMap<string, RegisteredOperationType[]>> =>
  listOperations({ db: ctx.services.db }, ctx.scope.accountId, keyIds)

@Resolver(() => ApiKeyType)
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
    @Arg('operationsOnly', () => Boolean, {
      defaultValue: false,
      description: 'For partners: the key runs what `registerOperations` adds to it, and nothing else.',
    })
    operationsOnly: boolean,
  ): Promise<ApiKeyCreated | Refused> {
    const { accountId } = ctx.scope
    const createdBy = personOf(ctx).userId
    const result = await createApiKey(this.deps, {
      accountId,
      createdBy,
      name,
      role,
      operationsOnly,
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
    const result = await revokeApiKey(this.deps, {
      accountId,
      apiKeyId: key,
      actor: actorText(ctx.scope.actor),
    })
    if (!result.ok) return refuse(notFound, result.reason)
    return this.keyNow(accountId, key)
  }

  @FieldResolver(() => [RegisteredOperationType], {
    description: 'What the key of a partner may run, by name; empty for a key that may run anything.',
  })
  async operations(@Root() key: ApiKeyType, @Ctx() ctx: GraphContext): Promise<RegisteredOperationType[]> {
    return (await loadBatched(ctx, readOperations, key.id)) ?? []
  }

  @Access('owner')
  @Mutation(() => ApiKeyResult, {
    description:
      'Adds operations to what the key of a partner may run: all of these documents or none. Registering again changes nothing.',
  })
  async registerOperations(
    @Ctx() ctx: GraphContext,
    @Info() { schema }: GraphQLResolveInfo,
    @Arg('apiKeyId', () => ID, { description: 'The key; it must have been made with `operationsOnly`.' })
    apiKeyId: string,
    @Arg('documents', () => [String], {
      description:
        'GraphQL documents, each with one named operation and its fragments. At most 50 of 20,000 characters.',
    })
    documents: string[],
  ): Promise<ApiKeyType | Refused> {
    if (documents.length > DOCUMENTS_MAX || documents.some(({ length }) => length > DOCUMENT_LENGTH_MAX))
      throw badUserInput('At most 50 documents of 20,000 characters are registered at once.')
    const { accountId } = ctx.scope
    const key = idArgument<ApiKeyId>(apiKeyId)
    const registeredBy = personOf(ctx).userId
    const result = await registerOperations(this.deps, (text) => checkDocument(schema, text), {
      accountId,
      apiKeyId: key,
      registeredBy,
      documents,
    })
    if (result.ok) return this.keyNow(accountId, key)
    const particular =
      result.reason === 'unusable-document' ? `Document ${String(result.place)}: ${result.problem}` : null
    return refuseWith(registerRefusals, result.reason, particular)
  }

  @Access('owner')
  @Mutation(() => ApiKeyResult, {
    description: 'Takes an operation from what the key of a partner may run. Safe to repeat.',
  })
  async unregisterOperation(
    @Ctx() ctx: GraphContext,
    @Arg('apiKeyId', () => ID, { description: 'The key.' }) apiKeyId: string,
    @Arg('hash', () => ShortText, { description: 'Hash of the operation.' }) hash: string,
  ): Promise<ApiKeyType | Refused> {
    const { accountId } = ctx.scope
    const key = idArgument<ApiKeyId>(apiKeyId)
    const result = await unregisterOperation(this.deps, {
      accountId,
      apiKeyId: key,
      hash,
      actor: actorText(ctx.scope.actor),
    })
    return result.ok ? this.keyNow(accountId, key) : refuse(partnerKeyRefusals, result.reason)
  }

  private async keyNow(accountId: AccountId, apiKeyId: ApiKeyId): Promise<ApiKeyType | Refused> {
    return (await readApiKey(this.deps, accountId, apiKeyId)) ?? refuse(notFound, 'not-found')
  }
}
