import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql'
import { actorText } from '../../../platform/access/viewer.js'
import {
  Access,
  badUserInput,
  GraphContext,
  idArgument,
  refuse,
  type Refused,
} from '../../../platform/graphql/index.js'
import { createEndpoint } from '../create-endpoint.js'
import { deleteEndpoint } from '../delete-endpoint.js'
import { eventTypes } from '../domain/event-types.js'
import type { EndpointDeps } from '../endpoint-deps.js'
import { listEndpoints, readEndpoint } from '../list-endpoints.js'
import { rollSecret } from '../roll-secret.js'
import { updateEndpoint } from '../update-endpoint.js'
import {
  CreateWebhookEndpointResult,
  DeleteWebhookEndpointResult,
  RollWebhookSecretResult,
  WebhookEndpointCreated,
  WebhookEndpointDeleted,
  WebhookEndpointResult,
  WebhookEndpointType,
  WebhookEventTypeType,
  WebhookSecretRolled,
} from './endpoints.types.js'
import { createRefusals, notFound, rollRefusals, updateRefusals } from './refusals.js'
import { toEndpoint } from './to-endpoint.js'

const DESCRIPTION_MAX = 200
const EVENT_TYPES_MAX = 100

@Resolver()
export class EndpointsResolver {
  constructor(private readonly deps: EndpointDeps) {}

  @Access('viewer')
  @Query(() => [WebhookEventTypeType], { description: 'What webhook endpoints can choose to be told.' })
  webhookEventTypes(): WebhookEventTypeType[] {
    return Object.entries(eventTypes).map(([name, description]) => ({ name, description }))
  }

  @Access('owner')
  @Query(() => [WebhookEndpointType], {
    description: 'The webhook endpoints of the account, ten at most, in the order in which they were made.',
  })
  async webhookEndpoints(@Ctx() ctx: GraphContext): Promise<WebhookEndpointType[]> {
    return (await listEndpoints(this.deps.db, ctx.scope.accountId)).map(toEndpoint)
  }

  @Access('owner')
  @Mutation(() => CreateWebhookEndpointResult, {
    description:
      'Makes a webhook endpoint, which is told of what happens from now on. The answer is the only place where its secret appears.',
  })
  async createWebhookEndpoint(
    @Ctx() ctx: GraphContext,
    @Arg('url', () => String, { description: 'Where webhooks are posted: a public HTTPS address.' })
    url: string,
    @Arg('eventTypes', () => [String], { description: 'Names of `webhookEventTypes`.' }) types: string[],
    @Arg('description', () => String, { defaultValue: '', description: 'What it is for, in one line.' })
    description: string,
  ): Promise<WebhookEndpointCreated | Refused> {
    const { accountId, actor } = ctx.scope
    const result = await createEndpoint(this.deps, accountId, {
      url,
      eventTypes: few(types),
      description: oneLine(description),
      actor: actorText(actor),
    })
    if (!result.ok) return refuse(createRefusals, result.reason)
    const made = await readEndpoint(this.deps.db, accountId, result.endpointId)
    if (made === null) return refuse(notFound, 'not-found')
    return Object.assign(new WebhookEndpointCreated(), { endpoint: toEndpoint(made), secret: result.secret })
  }

  @Access('owner')
  @Mutation(() => WebhookEndpointResult, {
    description:
      'Changes a webhook endpoint or switches it off or on. What is left out stays. Nothing is lost while it is off: switched on, it goes on where it stopped.',
  })
  async updateWebhookEndpoint(
    @Ctx() ctx: GraphContext,
    @Arg('endpointId', () => ID, { description: 'The endpoint.' }) endpointId: string,
    @Arg('url', () => String, { nullable: true, description: 'Where webhooks are posted.' })
    url: string | null | undefined,
    @Arg('eventTypes', () => [String], { nullable: true, description: 'All events that it is told of.' })
    types: string[] | null | undefined,
    @Arg('description', () => String, { nullable: true, description: 'What it is for.' })
    description: string | null | undefined,
    @Arg('enabled', () => Boolean, { nullable: true, description: 'Whether anything is sent to it.' })
    enabled: boolean | null | undefined,
    @Arg('skipMissed', () => Boolean, {
      defaultValue: false,
      description: 'When it is switched on: leaves out what happened while it was off.',
    })
    skipsMissed: boolean,
  ): Promise<WebhookEndpointType | Refused> {
    const { accountId, actor } = ctx.scope
    const id = idArgument(endpointId)
    const result = await updateEndpoint(this.deps, accountId, id, {
      ...(url == null ? {} : { url }),
      ...(types == null ? {} : { eventTypes: few(types) }),
      ...(description == null ? {} : { description: oneLine(description) }),
      ...(enabled == null ? {} : { enabled }),
      skipsMissed,
      actor: actorText(actor),
    })
    if (!result.ok) return refuse(updateRefusals, result.reason)
    const now = await readEndpoint(this.deps.db, accountId, id)
    return now === null
      ? refuse(notFound, 'not-found')
      : Object.assign(new WebhookEndpointType(), toEndpoint(now))
  }

  @Access('owner')
  @Mutation(() => DeleteWebhookEndpointResult, {
    description: 'Ends a webhook endpoint for good. What waits for it is given up.',
  })
  async deleteWebhookEndpoint(
    @Ctx() ctx: GraphContext,
    @Arg('endpointId', () => ID, { description: 'The endpoint.' }) endpointId: string,
  ): Promise<WebhookEndpointDeleted | Refused> {
    const { accountId, actor } = ctx.scope
    const id = idArgument(endpointId)
    const result = await deleteEndpoint(this.deps, accountId, { endpointId: id, actor: actorText(actor) })
    if (!result.ok) return refuse(notFound, result.reason)
    return Object.assign(new WebhookEndpointDeleted(), { endpointId: id })
  }

  @Access('owner')
  @Mutation(() => RollWebhookSecretResult, {
    description:
      'Gives a webhook endpoint another secret. The one before goes on signing beside it for a day. The answer is the only place where the new one appears.',
  })
  async rollWebhookSecret(
    @Ctx() ctx: GraphContext,
    @Arg('endpointId', () => ID, { description: 'The endpoint.' }) endpointId: string,
  ): Promise<WebhookSecretRolled | Refused> {
    const { accountId, actor } = ctx.scope
    const result = await rollSecret(this.deps, accountId, {
      endpointId: idArgument(endpointId),
      actor: actorText(actor),
    })
    if (!result.ok) return refuse(rollRefusals, result.reason)
    const { secret, oldSignsUntil } = result
    return Object.assign(new WebhookSecretRolled(), { secret, oldSignsUntil })
  }
}

function few(types: string[]): string[] {
  if (types.length > EVENT_TYPES_MAX) throw badUserInput('At most 100 events can be chosen.')
  return types
}

function oneLine(description: string): string {
  const text = description.trim()
  if (text.length > DESCRIPTION_MAX || /\p{Cc}/u.test(text))
    throw badUserInput('description must be one line of at most 200 characters.')
  return text
}
