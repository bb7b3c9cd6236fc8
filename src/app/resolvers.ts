import { accountResolvers } from '../slices/accounts/graphql/index.js'
import { appointmentResolvers } from '../slices/appointments/graphql/index.js'
import type { AppointmentDeps } from '../slices/appointments/index.js'
import { billingResolvers } from '../slices/billing/graphql/index.js'
import { campaignResolvers } from '../slices/campaigns/graphql/index.js'
import type { CampaignDeps } from '../slices/campaigns/index.js'
import { contactResolvers } from '../slices/contacts/graphql/index.js'
import { creditResolvers } from '../slices/credits/graphql/index.js'
import { emailResolvers } from '../slices/emails/graphql/index.js'
import { endpointResolvers } from '../slices/endpoints/graphql/index.js'
import { inboxResolvers } from '../slices/inbox/graphql/index.js'
import { messageResolvers } from '../slices/messages/graphql/index.js'
import type { TimelineDeps } from '../slices/messages/index.js'
import { webhookResolvers } from '../slices/webhooks/graphql/index.js'
import type { AppContext } from './app-context.js'
import { AccountBreachesResolver } from './audit/graphql/account-breaches.resolver.js'
import { AuditResolver } from './audit/graphql/audit.resolver.js'
import { HistoryResolver } from './history/graphql/history.resolver.js'
import type { ConsentDeps } from './slice-deps.js'

/** A resolver's constructor takes whatever part of the AppContext, or of what some slices need besides, it needs. */
export type AppResolver = new (
  app: AppContext & AppointmentDeps & CampaignDeps & ConsentDeps & TimelineDeps,
) => object

/** Every resolver of the API. Being listed here is what makes its fields part of the schema. */
export const resolvers: readonly AppResolver[] = [
  ...accountResolvers,
  ...appointmentResolvers,
  ...billingResolvers,
  ...campaignResolvers,
  ...contactResolvers,
  ...creditResolvers,
  ...emailResolvers,
  ...endpointResolvers,
  ...inboxResolvers,
  ...messageResolvers,
  ...webhookResolvers,
  AuditResolver,
  AccountBreachesResolver,
  HistoryResolver,
]
