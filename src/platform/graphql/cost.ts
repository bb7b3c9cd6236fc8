import { createRequire } from 'node:module'
import { getNullableType, GraphQLError, isListType, type DocumentNode, type GraphQLSchema } from 'graphql'
import type * as QueryComplexity from 'graphql-query-complexity'
import { limits } from './limits.js'
import { requestError } from './request-errors.js'

// Its ESM build loads a second copy of graphql, whose types are foreign to our schema; its CommonJS build does not.
const { getComplexity, fieldExtensionsEstimator } = createRequire(import.meta.url)(
  'graphql-query-complexity',
) as typeof QueryComplexity

/** One per field; children of a list count once per item that may come back. */
const bySize: QueryComplexity.ComplexityEstimator = ({ type, field, args, childComplexity }) => {
  if (type.name.startsWith('__') || field.name.startsWith('__')) return 0
  const first: unknown = args['first']
  if (typeof first === 'number') return 1 + Math.max(1, first) * childComplexity
  // The items of a connection were counted where `first` stands.
  const isCounted = type.name.endsWith('Connection')
  const isList = isListType(getNullableType(field.type))
  return 1 + (isList && !isCounted ? limits.assumedListLength : 1) * childComplexity
}

export interface CostedOperation {
  readonly schema: GraphQLSchema
  readonly document: DocumentNode
  readonly variables: Record<string, unknown>
  readonly operationName: string | undefined
}

/** Throws QUERY_TOO_COSTLY when answering could take more work than one request may ask for. */
export function refuseCostly(operation: CostedOperation): void {
  const cost = costOf(operation)
  if (cost > limits.costMax) {
    throw requestError(
      'QUERY_TOO_COSTLY',
      `This operation may cost ${String(cost)}; the limit is ${String(limits.costMax)}. Ask for fewer items or fields.`,
      400,
    )
  }
}

function costOf({ schema, document, variables, operationName }: CostedOperation): number {
  try {
    return getComplexity({
      schema,
      query: document,
      variables,
      ...(operationName === undefined ? {} : { operationName }),
      estimators: [fieldExtensionsEstimator(), bySize],
    })
  } catch (error) {
    // It coerces the variables in order to count, and so meets their faults before execution does.
    if (error instanceof GraphQLError) throw requestError('BAD_USER_INPUT', error.message, 400)
    throw error
  }
}
