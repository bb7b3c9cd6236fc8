import { Arg, ID, Resolver, Root, Subscription } from 'type-graphql'
import type { ImportId } from '../../../kernel/ids.js'
import { Access, idArgument, type GraphContext } from '../../../platform/graphql/index.js'
import type { ContactImport } from '../list-imports.js'
import { liveImport } from '../live-import.js'
import { ImportType } from './imports.types.js'
import { toImport } from './to-contact.js'

@Resolver()
export class ImportLiveResolver {
  @Access('viewer')
  @Subscription(() => ImportType, {
    nullable: true,
    description:
      'How far an import has come, and then each time that it has come further. Null for an import that is not there.',
    subscribe: ({ args, context }) => {
      const { services, scope } = context as GraphContext
      const { importId } = args as { importId: string }
      return liveImport(services, scope.accountId, idArgument<ImportId>(importId))
    },
  })
  importProgress(
    @Arg('importId', () => ID, { description: 'The import.' }) _importId: string,
    @Root() found: ContactImport | null,
  ): ImportType | null {
    return found === null ? null : toImport(found)
  }
}
