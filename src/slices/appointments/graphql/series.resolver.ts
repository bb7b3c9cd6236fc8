import type { DateTime } from 'luxon'
import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql'
import { assert } from '../../../kernel/assert.js'
import type { SeriesId } from '../../../kernel/ids.js'
import {
  Access,
  GraphContext,
  idArgument,
  IdempotencyKey,
  Instant,
  keyset,
  PageArgs,
  refuse,
  ShortText,
  type Page,
  type Refused,
} from '../../../platform/graphql/index.js'
import type { BookingDeps } from '../appointment-deps.js'
import { bookSeries } from '../book-series.js'
import { cancelSeries } from '../cancel-series.js'
import { findSeries, listAppointments, listSeries } from '../read-appointments.js'
import { replaceSeries } from '../replace-series.js'
import { BookSeriesInputType } from './appointment-inputs.types.js'
import {
  AppointmentSeriesConnection,
  AppointmentSeriesResult,
  AppointmentSeriesType,
  AppointmentType,
} from './appointments.types.js'
import { writeRefusals } from './refusals.js'
import { toAppointmentType, toClients, toCoach, toSeriesType } from './to-appointment.js'

const newestFirst = keyset('appointment-series', 'uuid')
const OCCURRENCES_SHOWN = 100
const OCCURRENCES_COST = 20
const KEY = 'Makes a repeat answer the first result.'

@Resolver(() => AppointmentSeriesType)
export class SeriesResolver {
  constructor(private readonly deps: BookingDeps) {}

  @Access('viewer')
  @Query(() => AppointmentSeriesConnection, { description: 'Series of the account, newest first.' })
  async appointmentSeriesList(
    @Ctx() ctx: GraphContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Page<AppointmentSeriesType>> {
    const request = newestFirst.read(page)
    const rows = await listSeries(this.deps, ctx.scope.accountId, {
      before: request.after?.[0] ?? null,
      limit: request.limit,
    })
    return newestFirst.page(rows, request, { key: (row) => [row.id], node: toSeriesType })
  }

  @Access('viewer')
  @Query(() => AppointmentSeriesType, { nullable: true, description: 'One series of the account.' })
  async appointmentSeries(
    @Ctx() ctx: GraphContext,
    @Arg('id', () => ID, { description: 'The series.' }) id: string,
  ): Promise<AppointmentSeriesType | null> {
    const found = await findSeries(this.deps, ctx.scope.accountId, idArgument<SeriesId>(id))
    return found === null ? null : toSeriesType(found)
  }

  @FieldResolver(() => [AppointmentType], {
    complexity: OCCURRENCES_COST,
    description: 'Occurrences that are written down, in their order; at most 100. The rest is the rule.',
  })
  async occurrences(
    @Ctx() ctx: GraphContext,
    @Root() { id }: AppointmentSeriesType,
  ): Promise<AppointmentType[]> {
    const seriesId = idArgument<SeriesId>(id)
    const page = { after: null, limit: OCCURRENCES_SHOWN }
    return (await listAppointments(this.deps, ctx.scope.accountId, { seriesId }, page)).map(toAppointmentType)
  }

  @Access('operator')
  @Mutation(() => AppointmentSeriesResult, {
    description:
      'Books appointments that recur. People get one confirmation, and reminders of the next one only.',
  })
  async bookSeries(
    @Ctx() ctx: GraphContext,
    @Arg('input', () => BookSeriesInputType, { description: 'The series.' }) input: BookSeriesInputType,
    @Arg('idempotencyKey', () => IdempotencyKey, { description: KEY }) idempotencyKey: string,
  ): Promise<AppointmentSeriesType | Refused> {
    const result = await bookSeries(this.deps, ctx.scope, {
      rule: input.rule,
      startsAt: input.startsAt.toJSDate(),
      durationMinutes: input.durationMinutes,
      zone: input.zone,
      title: input.title ?? null,
      location: input.location ?? null,
      offsets: input.offsets ?? null,
      clients: toClients(input.clients),
      coach: toCoach(input.coach),
      idempotencyKey,
    })
    return this.answer(ctx, result)
  }

  @Access('operator')
  @Mutation(() => AppointmentSeriesResult, {
    description:
      'Moves what is left of a series to another time or rhythm: a new series takes its place, told of once.',
  })
  async rescheduleSeries(
    @Ctx() ctx: GraphContext,
    @Arg('seriesId', () => ID, { description: 'The series.' }) seriesId: string,
    @Arg('startsAt', () => Instant, { description: 'The first occurrence of what comes now.' })
    startsAt: DateTime,
    @Arg('idempotencyKey', () => IdempotencyKey, { description: KEY }) idempotencyKey: string,
    @Arg('rule', () => ShortText, {
      nullable: true,
      description: 'The rule that it had, unless said; a COUNT begins anew.',
    })
    rule: string | null | undefined,
  ): Promise<AppointmentSeriesType | Refused> {
    const result = await replaceSeries(this.deps, ctx.scope, {
      seriesId: idArgument<SeriesId>(seriesId),
      startsAt: startsAt.toJSDate(),
      rule: rule ?? null,
      idempotencyKey,
    })
    return this.answer(ctx, result)
  }

  @Access('operator')
  @Mutation(() => AppointmentSeriesResult, {
    description:
      'Calls off everything of a series that has not begun, and tells so once. The same twice is one.',
  })
  async cancelSeries(
    @Ctx() ctx: GraphContext,
    @Arg('seriesId', () => ID, { description: 'The series.' }) seriesId: string,
    @Arg('idempotencyKey', () => IdempotencyKey, { description: KEY }) idempotencyKey: string,
  ): Promise<AppointmentSeriesType | Refused> {
    const id = idArgument<SeriesId>(seriesId)
    return this.answer(ctx, await cancelSeries(this.deps, ctx.scope, { seriesId: id, idempotencyKey }))
  }

  private async answer(
    ctx: GraphContext,
    result: { ok: true; seriesId: SeriesId } | { ok: false; reason: keyof typeof writeRefusals },
  ): Promise<AppointmentSeriesType | Refused> {
    if (!result.ok) return refuse(writeRefusals, result.reason)
    const found = await findSeries(this.deps, ctx.scope.accountId, result.seriesId)
    assert(found !== null, 'a series that was just written is there')
    return toSeriesType(found)
  }
}
