import { createUnionType, Field, InterfaceType, ObjectType, type ClassType } from 'type-graphql'

@InterfaceType({
  description:
    'An expected "no": the request was understood and nothing was changed. Not an error; it does not appear in `errors`.',
  resolveType: () => 'Refused',
})
export abstract class Refusal {
  @Field(() => String, {
    description: 'Stable code for programs, for example `not-found` or `insufficient-credits`.',
  })
  reason!: string

  @Field(() => String, { description: 'The same in a sentence for people.' })
  message!: string

  @Field(() => String, { description: 'What to do so that the same request succeeds.' })
  remedy!: string
}

@ObjectType({ implements: Refusal, description: 'The request was refused and changed nothing.' })
export class Refused extends Refusal {}

/** For each reason that a use case may return: the sentence and the way out. Declared once beside the resolver. */
export type RefusalTable<Reason extends string> = Readonly<
  Record<Reason, { readonly message: string; readonly remedy: string }>
>

/** The refusal that a table has for this reason. The compiler insists that the table knows every reason. */
export function refuse<Reason extends string>(table: RefusalTable<Reason>, reason: Reason): Refused {
  return Object.assign(new Refused(), { reason, ...table[reason] })
}

/** The refusal of a table, with what is particular about this one said first. */
export function refuseWith<Reason extends string>(
  table: RefusalTable<Reason>,
  reason: Reason,
  particular: string | null,
): Refused {
  const refused = refuse(table, reason)
  return particular === null ? refused : Object.assign(refused, { message: particular })
}

/** These two read the same in every slice. */
export const commonRefusals = {
  'not-found': { message: 'There is no such thing in this account.', remedy: 'Check the id.' },
  'idempotency-key-reused': {
    message: 'This idempotency key was used before with other input.',
    remedy: 'Use a new key for a new request, or repeat the first request unchanged.',
  },
} as const satisfies RefusalTable<string>

/**
 * `union <name> = <Success> | Refused`. Resolvers return either an instance of Success or `refuse(table, reason)`;
 * a plain object with the fields of Success counts as Success.
 */
export function resultUnion<Success extends object>(
  name: string,
  success: ClassType<Success>,
  description: string,
): Success | Refused {
  return createUnionType({
    name,
    description,
    types: () => [success, Refused] as const,
    resolveType: (value: unknown) => (value instanceof Refused ? Refused : success),
  })
}
