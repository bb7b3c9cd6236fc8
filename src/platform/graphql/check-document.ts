import {
  GraphQLError,
  Kind,
  parse,
  specifiedRules,
  validate,
  type DocumentNode,
  type GraphQLSchema,
} from 'graphql'
import { limits } from './limits.js'
import { validationRules } from './validation-rules.js'

/** Whether a document is one named operation that this schema answers; what it costs depends on its variables and is asked when it runs. */
export function checkDocument(
  schema: GraphQLSchema,
  text: string,
): { ok: true; name: string } | { ok: false; problem: string } {
  const document = parsed(text)
  if (document instanceof GraphQLError) return { ok: false, problem: document.message }
  const operations = document.definitions.filter(
    (definition) => definition.kind === Kind.OPERATION_DEFINITION,
  )
  const [operation, second] = operations
  if (operation === undefined || second !== undefined)
    return { ok: false, problem: 'It must have one operation.' }
  const name = operation.name?.value
  if (name === undefined) return { ok: false, problem: 'Its operation needs a name.' }
  const [fault] = validate(schema, document, [
    ...specifiedRules,
    ...validationRules({ introspection: false }),
  ])
  return fault === undefined ? { ok: true, name } : { ok: false, problem: fault.message }
}

function parsed(text: string): DocumentNode | GraphQLError {
  try {
    return parse(text, { maxLexicalTokens: limits.tokensMax })
  } catch (error) {
    if (error instanceof GraphQLError) return error
    throw error
  }
}
