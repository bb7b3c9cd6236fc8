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
  return {
    OperationDefinition: (operation) => {
      const found = countFields(context, operation.selectionSet, new Set())
      if (found <= limits.rootFieldsMax) return
      const message = `Root field limit of ${String(limits.rootFieldsMax)} exceeded, found ${String(found)}.`
      context.reportError(new GraphQLError(message, { nodes: operation }))
    },
  }
}

/** Counts through fragments; a fragment on the path is not entered again, cycles are another rule's business. */
function countFields(
  context: ValidationContext,
  selections: SelectionSetNode,
  path: ReadonlySet<string>,
): number {
  let count = 0
  for (const selection of selections.selections) {
    if (count > limits.rootFieldsMax) return count
    if (selection.kind === Kind.FIELD) count += 1
    else if (selection.kind === Kind.INLINE_FRAGMENT)
      count += countFields(context, selection.selectionSet, path)
    else {
      const name = selection.name.value
      const fragment = path.has(name) ? undefined : context.getFragment(name)
      if (fragment) count += countFields(context, fragment.selectionSet, new Set([...path, name]))
    }
  }
  return count
}
