import type { DateTime } from 'luxon'
import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root, Subscription } from 'type-graphql'
import type { AppointmentId, ContactId } from '../../../kernel/ids.js'
import type { Db } from '../../../platform/db/data-source.js'
import {
  Access,
  EventSeq,
  GraphContext,
  idArgument,
  Instant,
  keyset,
  loadBatched,
  PageArgs,
  type Page,
} from '../../../platform/graphql/index.js'
import { lastSeq, type AccountEvent } from '../../../platform/realtime/event-log.js'
import { liveEvents } from '../../../platform/realtime/live-query.js'
import type { AppointmentState } from '../domain/appointment-state.js'
import { livePlan } from '../live-plan.js'
import {
  appointmentHistory,
  findAppointment,
  listAppointments,
  partiesOf,
  reminderPlan,
  type ListedParty,
  type PlannedView,
} from '../read-appointments.js'
import { AppointmentStateEnum } from './appointment-enums.types.js'
import {
  AppointmentChangeType,
  AppointmentConnection,
  AppointmentEventType,
  AppointmentPartyType,
  AppointmentType,
  PlannedNotificationType,
} from './appointments.types.js'
import { toAppointmentType, toChange, toEvent, toParty } from './to-appointment.js'

const inOrder = keyset('appointments', 'instant', 'uuid')

/** All of an appointment's notifications: for one appointment, not for a list of them. */
const PLAN_COST = 100
/** What groups and their members come to in a list. */
const PARTIES_COST = 5

const readParties = (ctx: GraphContext, ids: readonly string[]): Promise<Map<string, ListedParty[]>> =>
  partiesOf(ctx.services, ctx.scope.accountId, ids)

/** The scope is taken once: a socket ends with its session. */
async function watch(
  args: { afterSeq?: number | null },
  ctx: GraphContext,
): Promise<AsyncIterable<AccountEvent>> {
  const { accountId } = ctx.scope
  const { db, events: listener } = ctx.services
  const afterSeq = args.afterSeq ?? (await lastSeq(db, accountId))
  return liveEvents({ db, listener, accountId, afterSeq, topics: ['appointments'] })
}

@Resolver(() => AppointmentType)
export class AppointmentsResolver {
  constructor(private readonly deps: { db: Db }) {}

  @Access('viewer')
  @Query(() => AppointmentConnection, {
    description: 'Appointments of the account in the order of the calendar.',
  })
  async appointments(
    @Ctx() ctx: GraphContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('from', () => Instant, { nullable: true, description: 'Those that begin at this moment or later.' })
    from: DateTime | null | undefined,
    @Arg('to', () => Instant, { nullable: true, description: 'Those that begin before this moment.' })
    to: DateTime | null | undefined,
    @Arg('contactId', () => ID, { nullable: true, description: 'Those of this contact.' })
    contactId: string | null | undefined,
    @Arg('states', () => [AppointmentStateEnum], {
      nullable: true,
      description: 'Those in one of these states.',
    })
    states: AppointmentState[] | null | undefined,
  ): Promise<Page<AppointmentType>> {
    const request = inOrder.read(page)
    const rows = await listAppointments(
      this.deps,
      ctx.scope.accountId,
      {
        from: from?.toJSDate() ?? null,
        to: to?.toJSDate() ?? null,
        contactId: contactId == null ? null : idArgument<ContactId>(contactId),
        states: states ?? null,
      },
      {
        after: request.after === null ? null : { startsAt: new Date(request.after[0]), id: request.after[1] },
        limit: request.limit,
      },
    )
    return inOrder.page(rows, request, {
      key: (row) => [row.startsAt.toISOString(), row.id],
      node: toAppointmentType,
    })
  }

  @Access('viewer')
  @Query(() => AppointmentType, { nullable: true, description: 'One appointment of the account.' })
  async appointment(
    @Ctx() ctx: GraphContext,
    @Arg('id', () => ID, { description: 'The appointment.' }) id: string,
  ): Promise<AppointmentType | null> {
    const found = await findAppointment(this.deps, ctx.scope.accountId, idArgument<AppointmentId>(id))
    return found === null ? null : toAppointmentType(found)
  }

  @FieldResolver(() => [AppointmentPartyType], {
    complexity: PARTIES_COST,
    description: 'Who takes part, and what became of the texts to each.',
  })
  async parties(
    @Ctx() ctx: GraphContext,
    @Root() appointment: AppointmentType,
  ): Promise<AppointmentPartyType[]> {
    return ((await loadBatched(ctx, readParties, appointment.id)) ?? []).map(toParty)
  }

  @FieldResolver(() => [PlannedNotificationType], {
    complexity: PLAN_COST,
    description:
      'Everything that was, is and will be told, with local times and reasons; newest revision first.',
  })
  async plan(@Ctx() ctx: GraphContext, @Root() { id }: AppointmentType): Promise<PlannedNotificationType[]> {
    return reminderPlan(this.deps, ctx.scope.accountId, idArgument<AppointmentId>(id))
  }

  @FieldResolver(() => [AppointmentChangeType], {
    complexity: PLAN_COST,
    description: 'Who changed what, newest first.',
  })
  async history(@Ctx() ctx: GraphContext, @Root() { id }: AppointmentType): Promise<AppointmentChangeType[]> {
    const entries = await appointmentHistory(this.deps, ctx.scope.accountId, idArgument<AppointmentId>(id))
    return entries.map(toChange)
  }

  @Access('viewer')
  @Subscription(() => AppointmentEventType, {
    description:
      'What happens to appointments and their reminders from a sequence number on: each event exactly once and in order. Reconnect with the last `seq` you saw to miss nothing.',
    subscribe: ({ args, context }) => watch(args as { afterSeq?: number | null }, context as GraphContext),
  })
  appointmentEvents(
    @Root() event: AccountEvent,
    @Arg('afterSeq', () => EventSeq, {
      nullable: true,
      description: 'Only later events; leave out for those from now on, give 0 for all that there are.',
    })
    _afterSeq: number | null | undefined,
  ): AppointmentEventType {
    return toEvent(event)
  }

  @Access('viewer')
  @Subscription(() => [PlannedNotificationType], {
    description:
      'What is told about an appointment, as it stands now and then each time that it stands differently.',
    subscribe: ({ args, context }) => {
      const { services, scope } = context as GraphContext
      const { appointmentId } = args as { appointmentId: string }
      return livePlan(services, scope.accountId, idArgument<AppointmentId>(appointmentId))
    },
  })
  appointmentPlan(
    @Arg('appointmentId', () => ID, { description: 'The appointment.' }) _appointmentId: string,
    @Root() plan: PlannedView[],
  ): PlannedNotificationType[] {
    return plan
  }
}
