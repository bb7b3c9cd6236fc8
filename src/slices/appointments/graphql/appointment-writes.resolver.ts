import type { DateTime } from 'luxon'
import { Arg, Ctx, ID, Int, Mutation, Resolver } from 'type-graphql'
import { assert } from '../../../kernel/assert.js'
import type { AppointmentId } from '../../../kernel/ids.js'
import {
  Access,
  GraphContext,
  idArgument,
  IdempotencyKey,
  Instant,
  refuse,
  type Refused,
} from '../../../platform/graphql/index.js'
import type { BookingDeps } from '../appointment-deps.js'
import { bookAppointment } from '../book-appointment.js'
import { cancelAppointment } from '../cancel-appointment.js'
import { closeAppointment } from '../close-appointment.js'
import { findAppointment } from '../read-appointments.js'
import { rescheduleAppointment } from '../reschedule-appointment.js'
import { updateAppointment } from '../update-appointment.js'
import { BookAppointmentInput, UpdateAppointmentInput } from './appointment-inputs.types.js'
import { AppointmentResult, type AppointmentType } from './appointments.types.js'
import { writeRefusals } from './refusals.js'
import { toAppointmentType, toClients, toCoach } from './to-appointment.js'

const KEY = 'Makes a repeat answer the first result.'
const REVISION = 'Refuse when somebody has changed it since it had this revision.'

@Resolver()
export class AppointmentWritesResolver {
  constructor(private readonly deps: BookingDeps) {}

  @Access('operator')
  @Mutation(() => AppointmentResult, {
    description:
      'Books an appointment. Who is told what is written down with it; nothing about texts makes it fail.',
  })
  async bookAppointment(
    @Ctx() ctx: GraphContext,
    @Arg('input', () => BookAppointmentInput, { description: 'The appointment.' })
    input: BookAppointmentInput,
    @Arg('idempotencyKey', () => IdempotencyKey, { description: KEY }) idempotencyKey: string,
  ): Promise<AppointmentType | Refused> {
    const result = await bookAppointment(this.deps, ctx.scope, {
      kind: input.isCohort === true ? 'cohort' : 'individual',
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
  @Mutation(() => AppointmentResult, {
    description: 'Changes everything but the time. What was still to be said is said with the new words.',
  })
  async updateAppointment(
    @Ctx() ctx: GraphContext,
    @Arg('appointmentId', () => ID, { description: 'The appointment.' }) appointmentId: string,
    @Arg('input', () => UpdateAppointmentInput, { description: 'What changes.' })
    input: UpdateAppointmentInput,
    @Arg('idempotencyKey', () => IdempotencyKey, { description: KEY }) idempotencyKey: string,
    @Arg('revision', () => Int, { nullable: true, description: REVISION })
    revision: number | null | undefined,
  ): Promise<AppointmentType | Refused> {
    const { durationMinutes, zone, title, location, offsets, clients } = input
    const result = await updateAppointment(this.deps, ctx.scope, {
      appointmentId: idArgument<AppointmentId>(appointmentId),
      revision: revision ?? null,
      idempotencyKey,
      ...(durationMinutes == null ? {} : { durationMinutes }),
      ...(zone == null ? {} : { zone }),
      ...(title === undefined ? {} : { title }),
      ...(location === undefined ? {} : { location }),
      ...(offsets === undefined ? {} : { offsets }),
      ...(clients == null ? {} : { clients: toClients(clients) }),
    })
    return this.answer(ctx, result)
  }

  @Access('operator')
  @Mutation(() => AppointmentResult, {
    description:
      'Moves an appointment to another time. Nothing about the old time is sent any more, and people are told.',
  })
  async rescheduleAppointment(
    @Ctx() ctx: GraphContext,
    @Arg('appointmentId', () => ID, { description: 'The appointment.' }) appointmentId: string,
    @Arg('startsAt', () => Instant, { description: 'When it is to begin.' }) startsAt: DateTime,
    @Arg('idempotencyKey', () => IdempotencyKey, { description: KEY }) idempotencyKey: string,
    @Arg('revision', () => Int, { nullable: true, description: REVISION })
    revision: number | null | undefined,
  ): Promise<AppointmentType | Refused> {
    const result = await rescheduleAppointment(this.deps, ctx.scope, {
      appointmentId: idArgument<AppointmentId>(appointmentId),
      startsAt: startsAt.toJSDate(),
      revision: revision ?? null,
      idempotencyKey,
    })
    return this.answer(ctx, result)
  }

  @Access('operator')
  @Mutation(() => AppointmentResult, { description: 'Calls an appointment off. The same twice is one.' })
  async cancelAppointment(
    @Ctx() ctx: GraphContext,
    @Arg('appointmentId', () => ID, { description: 'The appointment.' }) appointmentId: string,
    @Arg('idempotencyKey', () => IdempotencyKey, { description: KEY }) idempotencyKey: string,
  ): Promise<AppointmentType | Refused> {
    const id = idArgument<AppointmentId>(appointmentId)
    return this.answer(
      ctx,
      await cancelAppointment(this.deps, ctx.scope, { appointmentId: id, idempotencyKey }),
    )
  }

  @Access('operator')
  @Mutation(() => AppointmentResult, { description: 'Notes that an appointment took place.' })
  async completeAppointment(
    @Ctx() ctx: GraphContext,
    @Arg('appointmentId', () => ID, { description: 'The appointment.' }) appointmentId: string,
    @Arg('idempotencyKey', () => IdempotencyKey, { description: KEY }) idempotencyKey: string,
  ): Promise<AppointmentType | Refused> {
    return this.close(ctx, { appointmentId, as: 'completed', idempotencyKey })
  }

  @Access('operator')
  @Mutation(() => AppointmentResult, {
    description: 'Notes that nobody came; a follow-up is sent where the account wants it.',
  })
  async markNoShow(
    @Ctx() ctx: GraphContext,
    @Arg('appointmentId', () => ID, { description: 'The appointment.' }) appointmentId: string,
    @Arg('idempotencyKey', () => IdempotencyKey, { description: KEY }) idempotencyKey: string,
  ): Promise<AppointmentType | Refused> {
    return this.close(ctx, { appointmentId, as: 'no_show', idempotencyKey })
  }

  private async close(
    ctx: GraphContext,
    input: { appointmentId: string; as: 'completed' | 'no_show'; idempotencyKey: string },
  ): Promise<AppointmentType | Refused> {
    const appointmentId = idArgument<AppointmentId>(input.appointmentId)
    return this.answer(ctx, await closeAppointment(this.deps, ctx.scope, { ...input, appointmentId }))
  }

  private async answer(
    ctx: GraphContext,
    result: { ok: true; appointmentId: AppointmentId } | { ok: false; reason: keyof typeof writeRefusals },
  ): Promise<AppointmentType | Refused> {
    if (!result.ok) return refuse(writeRefusals, result.reason)
    const found = await findAppointment(this.deps, ctx.scope.accountId, result.appointmentId)
    assert(found !== null, 'an appointment that was just written is there')
    return toAppointmentType(found)
  }
}
