import { ContactFieldsResolver } from './contact-fields.resolver.js'
import { ContactsResolver } from './contacts.resolver.js'
import { ImportLiveResolver } from './import-live.resolver.js'
import { ImportsResolver } from './imports.resolver.js'

export const contactResolvers = [
  ContactsResolver,
  ContactFieldsResolver,
  ImportsResolver,
  ImportLiveResolver,
] as const
