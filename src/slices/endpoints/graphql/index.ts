import { DeliveriesResolver } from './deliveries.resolver.js'
import { EndpointsResolver } from './endpoints.resolver.js'

export const endpointResolvers = [EndpointsResolver, DeliveriesResolver] as const
