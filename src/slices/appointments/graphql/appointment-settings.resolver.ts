import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql'
import { Access, GraphContext, refuse, type Refused } from '../../../platform/graphql/index.js'
import type { AppointmentDeps } from '../appointment-deps.js'
import { changeSettings } from '../change-settings.js'
import { forecastNotifications } from '../forecast-notifications.js'
import { previewNotification } from '../preview-notification.js'
import { notificationSettings } from '../read-appointments.js'
import { NotificationSettingsInput, PreviewNotificationInput } from './appointment-inputs.types.js'
import {
  NotificationPreviewResult,
  NotificationSettingsResult,
  NotificationSettingsType,
  type NotificationPreviewType,
} from './appointments.types.js'
import {
  ForecastNotificationsInput,
  NotificationForecastResult,
  NotificationForecastType,
} from './forecast.types.js'
import { refuseSettings, writeRefusals } from './refusals.js'
import { toClients, toCoach, toSettings } from './to-appointment.js'

/** The whole plan of a group. */
const FORECAST_COST = 100

@Resolver()
export class AppointmentSettingsResolver {
  constructor(private readonly deps: AppointmentDeps) {}

  @Access('viewer')
  @Query(() => NotificationForecastResult, {
    complexity: FORECAST_COST,
    description: 'Who would be told what and when if something were done now. Writes and sends nothing.',
  })
  async forecastNotifications(
    @Ctx() ctx: GraphContext,
    @Arg('input', () => ForecastNotificationsInput, { description: 'What is about to be done.' })
    input: ForecastNotificationsInput,
  ): Promise<NotificationForecastType | Refused> {
    const result = await forecastNotifications(this.deps, ctx.scope, {
      ...{ kind: input.kind, occasion: input.occasion ?? null, zone: input.zone },
      ...{ startsAt: input.startsAt.toJSDate(), offsets: input.offsets ?? null },
      ...{ clients: toClients(input.clients), coach: toCoach(input.coach) },
    })
    if (!result.ok) return refuse(writeRefusals, result.reason)
    return Object.assign(new NotificationForecastType(), { told: result.told })
  }

  @Access('viewer')
  @Query(() => NotificationSettingsType, {
    description: 'What the account wants told about its appointments.',
  })
  async notificationSettings(@Ctx() ctx: GraphContext): Promise<NotificationSettingsType> {
    return toSettings(this.deps.contexts, await notificationSettings(this.deps, ctx.scope.accountId))
  }

  @Access('operator')
  @Mutation(() => NotificationSettingsResult, {
    description:
      'Changes what is told. Offsets hold for what is booked or moved from now on; what is switched off is not sent any more.',
  })
  async changeNotificationSettings(
    @Ctx() ctx: GraphContext,
    @Arg('input', () => NotificationSettingsInput, { description: 'What changes.' })
    input: NotificationSettingsInput,
  ): Promise<NotificationSettingsType | Refused> {
    const { roles, offsets, language, asksConfirmation, templates } = input
    const result = await changeSettings(this.deps, ctx.scope, {
      ...(roles == null ? {} : { roles }),
      ...(offsets == null ? {} : { offsets }),
      ...(language == null ? {} : { language }),
      ...(asksConfirmation == null ? {} : { asksConfirmation }),
      templates: (templates ?? []).map(({ context, language: of, template }) => ({
        ...{ context, language: of, template: template ?? null },
      })),
    })
    return result.ok ? toSettings(this.deps.contexts, result.settings) : refuseSettings(result)
  }

  @Access('viewer')
  @Query(() => NotificationPreviewResult, {
    description: 'How a notification reads, for an invented appointment. Stores and sends nothing.',
  })
  async previewNotification(
    @Ctx() ctx: GraphContext,
    @Arg('input', () => PreviewNotificationInput, { description: 'What to try out.' })
    input: PreviewNotificationInput,
  ): Promise<NotificationPreviewType | Refused> {
    const result = await previewNotification(this.deps, ctx.scope, {
      context: input.context,
      language: input.language ?? 'en',
      role: input.role ?? 'client',
      template: input.template ?? null,
      clientZone: input.clientZone ?? null,
      coachZone: input.coachZone ?? null,
    })
    return result.ok ? result : refuseSettings(result)
  }
}
