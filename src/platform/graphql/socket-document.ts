import {
  GraphQLError,
  parse,
  specifiedRules,
  validate,
  type DocumentNode,
  type GraphQLSchema,
  type ValidationRule,
} from 'graphql'
import { refuseCostly } from './cost.js'
import { limits } from './limits.js'
import { requestError } from './request-errors.js'

export interface SocketRequest {
  readonly query: string
  readonly variables: Record<string, unknown>
  readonly operationName: string | undefined
}

/**
 * What Apollo does for HTTP, for sockets: parse with a bound, validate, count the cost. Faults come back as errors of
 * the one operation; thrown out of graphql-ws they would close the socket and end everybody else's subscriptions on it.
 */
export function readSocketDocument(
  schema: GraphQLSchema,
  rules: readonly ValidationRule[],
  request: SocketRequest,
): DocumentNode | GraphQLError[] {
  try {
    const document = parseBounded(request.query)
    const faults = validate(schema, document, [...specifiedRules, ...rules])
    if (faults.length > 0) return faults.map(asValidationError)
    refuseCostly({ schema, document, variables: request.variables, operationName: request.operationName })
    return document
  } catch (error) {
    if (error instanceof GraphQLError) return [error]
    throw error
  }
}

function parseBounded(query: string): DocumentNode {
  try {
    return parse(query, { maxLexicalTokens: limits.tokensMax })
  } catch (error) {
    if (error instanceof GraphQLError) throw requestError('GRAPHQL_PARSE_FAILED', error.message)
    throw error
  }
}

function asValidationError(fault: GraphQLError): GraphQLError {
  const extensions = { code: 'GRAPHQL_VALIDATION_FAILED' }
  return new GraphQLError(fault.message, { ...(fault.nodes ? { nodes: fault.nodes } : {}), extensions })
}
