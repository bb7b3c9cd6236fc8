import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import { seesContent } from '../../../platform/access/viewer.js'
import type { Db } from '../../../platform/db/data-source.js'
import { GraphContext, keyset, loadBatched, PageArgs, type Page } from '../../../platform/graphql/index.js'
import { listConsentEvents } from '../consent-at.js'
import { maskPhone } from '../domain/mask-phone.js'
import type { Sendability } from '../domain/sendability.js'
import { getSendability } from '../get-sendability.js'
import { getUnreachable, type UnreachableMark } from '../get-unreachable.js'
import {
  ConsentEventConnection,
  ContactType,
  SendabilityType,
  UnreachableType,
  type ConsentEventType,
  type ContactAttributeType,
} from './contacts.types.js'
import { toConsentEvent } from './to-contact.js'

const newestEvents = keyset('consent-events', 'integer')

const readSendability = (ctx: GraphContext, phones: readonly string[]): Promise<Map<string, Sendability[]>> =>
  getSendability(ctx.services.db, ctx.scope.accountId, phones)

const readUnreachable = (
  ctx: GraphContext,
  phones: readonly string[],
): Promise<Map<string, UnreachableMark>> => getUnreachable(ctx.services.db, ctx.scope.accountId, phones)

/** What is shown of a person depends on who looks; what belongs to the number is found by the number itself. */
@Resolver(() => ContactType)
export class ContactFieldsResolver {
  constructor(private readonly deps: { db: Db }) {}

  @FieldResolver()
  phone(@Ctx() ctx: GraphContext, @Root() contact: ContactType): string {
    return seesContent(ctx.scope.role) ? contact.phone : maskPhone(contact.phone)
  }

  @FieldResolver()
  email(@Ctx() ctx: GraphContext, @Root() contact: ContactType): string | null {
    return seesContent(ctx.scope.role) ? contact.email : null
  }

  @FieldResolver()
  attributes(@Ctx() ctx: GraphContext, @Root() contact: ContactType): ContactAttributeType[] {
    return seesContent(ctx.scope.role) ? contact.attributes : []
  }

  @FieldResolver(() => [SendabilityType], {
    complexity: 2,
    description: 'Whether consent allows texts, for each purpose.',
  })
  async sendability(@Ctx() ctx: GraphContext, @Root() contact: ContactType): Promise<SendabilityType[]> {
    return (await loadBatched(ctx, readSendability, contact.phone)) ?? []
  }

  @FieldResolver(() => UnreachableType, {
    nullable: true,
    description: 'That and why no text can go to the number; null while one can, as far as is known.',
  })
  async unreachable(@Ctx() ctx: GraphContext, @Root() contact: ContactType): Promise<UnreachableType | null> {
    return loadBatched(ctx, readUnreachable, contact.phone)
  }

  @FieldResolver(() => ConsentEventConnection, {
    description: 'The consent history of the number, newest first.',
  })
  async consentEvents(
    @Ctx() ctx: GraphContext,
    @Root() contact: ContactType,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Page<ConsentEventType>> {
    const request = newestEvents.read(page)
    const beforeOrd = request.after?.[0] ?? null
    const events = await listConsentEvents(this.deps.db, ctx.scope.accountId, contact.phone, {
      beforeOrd,
      limit: request.limit,
    })
    return newestEvents.page(events, request, { key: (event) => [event.ord], node: toConsentEvent })
  }
}
