import { EmailsResolver } from './emails.resolver.js'

export const emailResolvers = [EmailsResolver] as const
