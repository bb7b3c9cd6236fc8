import 'reflect-metadata'
import type { GraphQLSchema } from 'graphql'
import { buildSchema } from 'type-graphql'
import { assertNever } from '../../kernel/assert.js'
import { enforceAccess } from './access.js'

// The class is only a key and a source of metadata here; its constructor is called by the composition root.
export type ResolverClass = abstract new (...args: never[]) => object

/** Subscriptions read the event log of Postgres; nothing may pass between requests inside one process. */
const noTopics = {
  publish: (topic: string) => assertNever(topic as never, 'publish inside one process'),
  subscribe: (topic: string) => assertNever(topic as never, 'subscribe inside one process'),
}

/**
 * The schema of these resolver classes, with the access guard on every root field. `instanceOf` gives the instance
 * that carries a class's dependencies. Throws when a root field has no access level.
 */
export async function buildApiSchema(
  resolvers: readonly ResolverClass[],
  instanceOf: (resolver: ResolverClass) => object,
): Promise<GraphQLSchema> {
  const [first, ...rest] = resolvers
  if (first === undefined) throw new TypeError('a schema needs a resolver')
  const schema = await buildSchema({
    resolvers: [first, ...rest],
    container: { get: (resolver: unknown) => instanceOf(resolver as ResolverClass) },
    // Inputs are checked by their scalars and by the use cases, each rule in one place.
    validate: false,
    pubSub: noTopics,
  })
  return enforceAccess(schema)
}
