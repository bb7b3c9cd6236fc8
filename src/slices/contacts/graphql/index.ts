import { ContactsResolver } from './contacts.resolver.js'
import { ImportsResolver } from './imports.resolver.js'

export const contactResolvers = [ContactsResolver, ImportsResolver] as const
