import { maxAliasesRule } from '@escape.tech/graphql-armor-max-aliases'
import { maxDepthRule } from '@escape.tech/graphql-armor-max-depth'
import {
  GraphQLError,
  Kind,
  NoSchemaIntrospectionCustomRule,
  type SelectionSetNode,
  type ValidationContext,
  type ValidationRule,
} from 'graphql'
import { limits } from './limits.js'

/** Armor's default is to throw, which would surface as an internal error; reporting keeps it a validation error. */
const report = {
  propagateOnRejection: false,
  onReject: [
    (context: ValidationContext | null, error: GraphQLError) => {
      context?.reportError(error)
    },
  ],
}

/** The rules that both transports add to those of the GraphQL specification. */
export function validationRules(options: { introspection: boolean }): ValidationRule[] {
  const rules: ValidationRule[] = [
    maxDepthRule({ n: limits.depthMax, flattenFragments: true, ...report }),
    maxAliasesRule({ n: limits.aliasesMax, ...report }),
    maxRootFieldsRule,
  ]
  return options.introspection ? rules : [...rules, NoSchemaIntrospectionCustomRule]
}

/** Each root field is a request of its own: this bounds how many ride in one. */
function maxRootFieldsRule(context: ValidationContext): ReturnType<ValidationRule> {
  const counted = new Map<string, number>()
  return {
    OperationDefinition: (operation) => {
      const found = countFields(context, operation.selectionSet, counted)
      if (found <= limits.rootFieldsMax) return
      const message = `Root field limit of ${String(limits.rootFieldsMax)} exceeded, found ${String(found)} or more.`
      context.reportError(new GraphQLError(message, { nodes: operation }))
    },
  }
}

/**
 * Counts through fragments, each of them once: fragments that spread others twice, and those again, would otherwise take time
 * that doubles with each. One that is being counted adds nothing to itself; cycles are another rule's business.
 */
function countFields(
  context: ValidationContext,
  selections: SelectionSetNode,
  counted: Map<string, number>,
): number {
  let count = 0
  for (const selection of selections.selections) {
    if (count > limits.rootFieldsMax) return count
    if (selection.kind === Kind.FIELD) count += 1
    else if (selection.kind === Kind.INLINE_FRAGMENT)
      count += countFields(context, selection.selectionSet, counted)
    else count += countFragment(context, selection.name.value, counted)
  }
  return count
}

function countFragment(context: ValidationContext, name: string, counted: Map<string, number>): number {
  const known = counted.get(name)
  if (known !== undefined) return known
  counted.set(name, 0)
  const fragment = context.getFragment(name)
  const count = fragment ? countFields(context, fragment.selectionSet, counted) : 0
  counted.set(name, count)
  return count
}
