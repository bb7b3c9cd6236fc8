import type { DateTime } from 'luxon'
import { Arg, Args, Ctx, ID, Int, Mutation, Query, Resolver } from 'type-graphql'
import type { ContactId, ImportId } from '../../../kernel/ids.js'
import { actorText, seesContent, type Role } from '../../../platform/access/viewer.js'
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
import { clearUnreachable } from '../clear-unreachable.js'
import { consentAt } from '../consent-at.js'
import { createContact } from '../create-contact.js'
import { deleteContact } from '../delete-contact.js'
import type { ContactInput } from '../domain/contact-input.js'
import type { Purpose } from '../domain/contact.js'
import { normalPhone } from '../domain/phone.js'
import { getSendability } from '../get-sendability.js'
import { grantConsent, type GrantDeps, type OptInRequested } from '../grant-consent.js'
import { countContacts, getContact, listContacts, listTags, type ContactSearch } from '../list-contacts.js'
import { revokeConsent, type RevokeDeps } from '../revoke-consent.js'
import { tagContacts } from '../tag-contacts.js'
import { updateContact } from '../update-contact.js'
import { ConsentPurposeEnum } from './contact-enums.types.js'
import {
  ContactFilterInput,
  ContactInputType,
  GrantConsentInput,
  RevokeConsentInput,
} from './contact-inputs.types.js'
import {
  ClearUnreachableResult,
  ConsentAtType,
  ConsentRecordedType,
  ConsentResult,
  ContactConnection,
  ContactDeletedType,
  ContactResult,
  ContactsTaggedType,
  ContactType,
  DeleteContactResult,
  TagContactsResult,
  TagCountType,
} from './contacts.types.js'
import {
  clearUnreachableRefusals,
  createContactRefusals,
  grantConsentRefusals,
  notFound,
  revokeConsentRefusals,
  tagContactsRefusals,
  updateContactRefusals,
} from './refusals.js'
import { toConsentEvent, toContact } from './to-contact.js'

const newestFirst = keyset('contacts', 'uuid')

@Resolver()
export class ContactsResolver {
  constructor(private readonly deps: GrantDeps & RevokeDeps) {}

  @Access('viewer')
  @Query(() => ContactConnection, { description: 'Contacts of the account, newest first.' })
  async contacts(
    @Ctx() ctx: GraphContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => ContactFilterInput, { nullable: true, description: 'Only these.' })
    filter: ContactFilterInput | null | undefined,
  ): Promise<Page<ContactType>> {
    const request = newestFirst.read(page)
    const beforeId = request.after?.[0] ?? null
    const found = await listContacts(this.deps.db, ctx.scope.accountId, searchOf(filter, ctx.scope.role), {
      beforeId,
      limit: request.limit,
    })
    return newestFirst.page(found, request, { key: (contact) => [contact.id], node: toContact })
  }

  @Access('viewer')
  @Query(() => Int, {
    complexity: 20,
    description: 'How many contacts there are; 10,001 stands for "more than 10,000".',
  })
  async contactCount(
    @Ctx() ctx: GraphContext,
    @Arg('filter', () => ContactFilterInput, { nullable: true, description: 'Only these.' })
    filter: ContactFilterInput | null | undefined,
  ): Promise<number> {
    return countContacts(this.deps.db, ctx.scope.accountId, searchOf(filter, ctx.scope.role))
  }

  @Access('viewer')
  @Query(() => ContactType, { nullable: true, description: 'One contact of the account.' })
  async contact(
    @Ctx() ctx: GraphContext,
    @Arg('id', () => ID, { description: 'The contact.' }) id: string,
  ): Promise<ContactType | null> {
    const found = await getContact(this.deps.db, ctx.scope.accountId, idArgument<ContactId>(id))
    return found === null ? null : toContact(found)
  }

  @Access('viewer')
  @Query(() => [TagCountType], {
    complexity: 50,
    description: 'The tags of the account, most used first; at most 1,000.',
  })
  async contactTags(@Ctx() ctx: GraphContext): Promise<TagCountType[]> {
    return listTags(this.deps.db, ctx.scope.accountId)
  }

  @Access('viewer')
  @Query(() => ConsentAtType, {
    description:
      'Whether texts of a purpose to a number were allowed at a moment, by what was on record then, and what the person had been shown.',
  })
  async consentAt(
    @Ctx() ctx: GraphContext,
    @Arg('phone', () => ShortText, { description: 'The number.' }) phone: string,
    @Arg('purpose', () => ConsentPurposeEnum, { description: 'The purpose.' }) purpose: Purpose,
    @Arg('at', () => Instant, { nullable: true, description: 'The moment; now, unless said.' })
    at: DateTime | null | undefined,
  ): Promise<ConsentAtType> {
    const found = await consentAt(
      this.deps.db,
      ctx.scope.accountId,
      phone,
      purpose,
      at ?? this.deps.clock.now(),
    )
    return { granted: found.granted, event: found.event === null ? null : toConsentEvent(found.event) }
  }

  @Access('operator')
  @Mutation(() => ContactResult, {
    description: 'Makes a contact. Grants nothing: consent is recorded with grantConsent.',
  })
  async createContact(
    @Ctx() ctx: GraphContext,
    @Arg('phone', () => ShortText, {
      description: 'The number; without a country code it is one of the default country.',
    })
    phone: string,
    @Arg('details', () => ContactInputType, {
      nullable: true,
      description: 'What is known about the person.',
    })
    details: ContactInputType | null | undefined,
    @Arg('defaultCountry', () => String, { nullable: true, description: 'Two-letter code; US unless said.' })
    defaultCountry: string | null | undefined,
  ): Promise<ContactType | Refused> {
    const input = { phone, defaultCountry: defaultCountry ?? undefined, ...inputOf(details) }
    const result = await createContact(this.deps, ctx.scope.accountId, input)
    return result.ok ? toContact(result.contact) : refuse(createContactRefusals, result.reason)
  }

  @Access('operator')
  @Mutation(() => ContactResult, {
    description: 'Changes what is known about a contact. The number itself never changes.',
  })
  async updateContact(
    @Ctx() ctx: GraphContext,
    @Arg('contactId', () => ID, { description: 'The contact.' }) contactId: string,
    @Arg('details', () => ContactInputType, { description: 'What changes.' }) details: ContactInputType,
  ): Promise<ContactType | Refused> {
    const result = await updateContact(
      this.deps,
      ctx.scope.accountId,
      idArgument<ContactId>(contactId),
      inputOf(details),
    )
    return result.ok ? toContact(result.contact) : refuse(updateContactRefusals, result.reason)
  }

  @Access('operator')
  @Mutation(() => DeleteContactResult, {
    description:
      'Forgets a person. The consent history of the number stays, so that an opt-out outlives the contact.',
  })
  async deleteContact(
    @Ctx() ctx: GraphContext,
    @Arg('contactId', () => ID, { description: 'The contact.' }) contactId: string,
  ): Promise<ContactDeletedType | Refused> {
    const result = await deleteContact(this.deps, ctx.scope.accountId, idArgument<ContactId>(contactId))
    return result.ok ? { contactId: result.contactId } : refuse(notFound, result.reason)
  }

  @Access('operator')
  @Mutation(() => ClearUnreachableResult, {
    description:
      'A person knows better than the carrier did: the number is texted again. A text from the number does the same by itself.',
  })
  async clearUnreachable(
    @Ctx() ctx: GraphContext,
    @Arg('contactId', () => ID, { description: 'The contact.' }) contactId: string,
  ): Promise<ContactType | Refused> {
    const id = idArgument<ContactId>(contactId)
    const input = { contactId: id, actor: actorText(ctx.scope.actor) }
    const result = await clearUnreachable(this.deps, ctx.scope.accountId, input)
    if (!result.ok) return refuse(clearUnreachableRefusals, result.reason)
    const found = await getContact(this.deps.db, ctx.scope.accountId, id)
    return found === null ? refuse(notFound, 'not-found') : toContact(found)
  }

  @Access('operator')
  @Mutation(() => TagContactsResult, {
    description: 'Adds tags to contacts and removes others, for up to 1,000 contacts at once.',
  })
  async tagContacts(
    @Ctx() ctx: GraphContext,
    @Arg('contactIds', () => [ID], { description: 'The contacts; ids that are none change nothing.' })
    contactIds: string[],
    @Arg('add', () => [ShortText], { nullable: true, description: 'Tags to add.' })
    add: string[] | null | undefined,
    @Arg('remove', () => [ShortText], { nullable: true, description: 'Tags to remove.' })
    remove: string[] | null | undefined,
  ): Promise<ContactsTaggedType | Refused> {
    const ids = contactIds.map((id) => idArgument<ContactId>(id))
    const result = await tagContacts(this.deps, ctx.scope.accountId, {
      contactIds: ids,
      add: add ?? [],
      remove: remove ?? [],
    })
    return result.ok ? { changed: result.changed } : refuse(tagContactsRefusals, result.reason)
  }

  @Access('operator')
  @Mutation(() => ConsentResult, {
    description:
      'Records that a person agreed to texts. Counts from now on and stays on record for ever; where the account wants a double opt-in, marketing by form or API counts once the person has said yes by text.',
  })
  async grantConsent(
    @Ctx() ctx: GraphContext,
    @Arg('input', () => GrantConsentInput, { description: 'That and how the person agreed.' })
    input: GrantConsentInput,
  ): Promise<ConsentRecordedType | Refused> {
    const result = await grantConsent(this.deps, ctx.scope.accountId, {
      phone: input.phone,
      purposes: input.purposes,
      level: input.level,
      method: input.method,
      source: input.source,
      exactText: input.exactText,
      language: input.language,
      occurredAt: input.occurredAt,
      actor: actorText(ctx.scope.actor),
    })
    return result.ok
      ? this.recorded(ctx, input.phone, result.eventIds, result.requested)
      : refuse(grantConsentRefusals, result.reason)
  }

  @Access('operator')
  @Mutation(() => ConsentResult, {
    description:
      'Records that a person withdrew. Once this is answered, no message is authorised on the strength of the old consent.',
  })
  async revokeConsent(
    @Ctx() ctx: GraphContext,
    @Arg('input', () => RevokeConsentInput, { description: 'That and how the person withdrew.' })
    input: RevokeConsentInput,
  ): Promise<ConsentRecordedType | Refused> {
    const { accountId, actor } = ctx.scope
    const revocation = {
      phone: input.phone,
      purposes: input.purposes ?? undefined,
      method: input.method,
      source: input.source,
      occurredAt: input.occurredAt,
      actor: actorText(actor),
    }
    const result = await revokeConsent(this.deps, accountId, revocation)
    return result.ok
      ? this.recorded(ctx, input.phone, result.eventIds)
      : refuse(revokeConsentRefusals, result.reason)
  }

  private async recorded(
    ctx: GraphContext,
    written: string,
    eventIds: string[],
    requested: OptInRequested | null = null,
  ): Promise<ConsentRecordedType> {
    const phone = normalPhone(written) ?? written
    const words = await getSendability(this.deps.db, ctx.scope.accountId, [phone])
    return {
      eventIds,
      sendability: words.get(phone) ?? [],
      optInRequestId: requested?.requestId ?? null,
      optInExpiresAt: requested?.expiresAt ?? null,
    }
  }
}

function searchOf(filter: ContactFilterInput | null | undefined, role: Role): ContactSearch {
  return {
    namesOnly: !seesContent(role),
    tag: filter?.tag,
    search: filter?.search,
    importId: filter?.importId == null ? null : idArgument<ImportId>(filter.importId),
    consent:
      filter?.consent == null ? null : { purpose: filter.consent.purpose, is: filter.consent.standing },
  }
}

function inputOf(details: ContactInputType | null | undefined): ContactInput {
  return {
    firstName: details?.firstName,
    lastName: details?.lastName,
    email: details?.email,
    zone: details?.timeZone,
    region: details?.region,
    tags: details?.tags ?? undefined,
    attributes:
      details?.attributes == null
        ? undefined
        : Object.fromEntries(details.attributes.map(({ name, value }) => [name, value])),
  }
}
