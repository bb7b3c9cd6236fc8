import {
  defaultFieldResolver,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLSchema,
} from 'graphql'
import { Extensions } from 'type-graphql'
import { assert } from '../../kernel/assert.js'
import { roleAtLeast, type Role } from '../access/viewer.js'
import type { GraphContext } from './context.js'
import { forbidden, unauthenticated } from './request-errors.js'
import { refuseUnstorableText } from './unstorable-text.js'

/**
 * Who may call a root field. `public`: anybody. `signedIn`: any credential, even without an account. The roles: a
 * credential in an account with at least that role. `platformAdmin`: the platform's administrators and nobody else.
 */
export type AccessLevel = 'public' | 'signedIn' | Role | 'platformAdmin'

const levels: ReadonlySet<unknown> = new Set<AccessLevel>([
  'public',
  'signedIn',
  'viewer',
  'operator',
  'owner',
  'platformAdmin',
])

/** Required on every query, mutation and subscription; the schema does not build without it. */
export function Access(level: AccessLevel): MethodDecorator {
  return Extensions({ access: level })
}

type RootField = GraphQLField<unknown, GraphContext>

/**
 * Puts the guard in front of every root field of a finished schema, on `resolve` and on `subscribe`. Works on the
 * schema and not in the resolvers: whatever a later resolver forgets, its field is here, and without a level we stop.
 */
export function enforceAccess(schema: GraphQLSchema): GraphQLSchema {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]
  const undecided: string[] = []
  for (const root of roots) {
    for (const field of Object.values(root?.getFields() ?? {}) as RootField[]) {
      const level: unknown = field.extensions['access']
      if (levels.has(level)) guard(field, level as AccessLevel)
      else undecided.push(`${root?.name ?? ''}.${field.name}`)
    }
  }
  assert(undecided.length === 0, `these fields need @Access(…): ${undecided.join(', ')}`)
  return schema
}

function guard(field: RootField, level: AccessLevel): void {
  const wrap =
    (inner: GraphQLFieldResolver<unknown, GraphContext>): GraphQLFieldResolver<unknown, GraphContext> =>
    (source, args: Record<string, unknown>, context, info) => {
      admit(level, context)
      refuseUnstorableText(args)
      return inner(source, args, context, info)
    }
  field.resolve = wrap(field.resolve ?? defaultFieldResolver)
  if (field.subscribe) field.subscribe = wrap(field.subscribe)
}

/** Throws unless the caller may use a field of this level. */
function admit(level: AccessLevel, context: GraphContext): void {
  if (level === 'public') return
  const { viewer } = context
  if (viewer === null) throw unauthenticated()
  if (level === 'signedIn') return
  if (level === 'platformAdmin') {
    if (!viewer.isPlatformAdmin) throw forbidden('This is for administrators of the platform.')
    return
  }
  if (viewer.accountId === null || viewer.role === null) {
    throw forbidden('Choose an account first, with switchAccount.')
  }
  if (!roleAtLeast(viewer.role, level))
    throw forbidden(`This needs the role ${level}; you are ${viewer.role}.`)
}
