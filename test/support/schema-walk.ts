import { randomBytes, randomUUID } from 'node:crypto'
import {
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql'

export type RootKind = 'query' | 'mutation' | 'subscription'

export interface RootField {
  kind: RootKind
  field: GraphQLField<unknown, unknown>
  access: string
}

/** Every query, mutation and subscription of the API. */
export function rootFields(schema: GraphQLSchema): RootField[] {
  const roots = [
    ['query', schema.getQueryType()],
    ['mutation', schema.getMutationType()],
    ['subscription', schema.getSubscriptionType()],
  ] as const
  return roots.flatMap(([kind, root]) =>
    Object.values(root?.getFields() ?? {}).map((field) => ({
      kind,
      field: field as GraphQLField<unknown, unknown>,
      access: String(field.extensions['access']),
    })),
  )
}

export interface Operation {
  query: string
  variables: Record<string, unknown>
}

/** An operation that calls one root field with these arguments and selects what can be selected cheaply. */
export function operationFor({ kind, field }: RootField, variables: Record<string, unknown>): Operation {
  const given = field.args.filter((argument) => argument.name in variables)
  const declared = given.map((argument) => `$${argument.name}: ${String(argument.type)}`).join(', ')
  const passed = given.map((argument) => `${argument.name}: $${argument.name}`).join(', ')
  const call = passed === '' ? field.name : `${field.name}(${passed})`
  const query = `${kind} Walk${declared === '' ? '' : `(${declared})`} { ${call} ${selectionOf(getNamedType(field.type), 3)} }`
  return { query, variables }
}

/** All leaves, down to a depth; lists inside take one item, so that the cost stays small. */
function selectionOf(type: GraphQLNamedType, depth: number): string {
  if (isLeafType(type)) return ''
  if (isUnionType(type)) {
    const members = type.getTypes().map((member) => `... on ${member.name} ${selectionOf(member, depth)}`)
    return `{ __typename ${members.join(' ')} }`
  }
  if (!isObjectType(type) && !isInterfaceType(type)) return ''
  const parts = Object.values(type.getFields()).flatMap((field) => {
    const named = getNamedType(field.type)
    if (field.args.some((argument) => isNonNullType(argument.type) && argument.defaultValue === undefined))
      return []
    if (!isLeafType(named) && depth <= 1) return []
    const first = field.args.some((argument) => argument.name === 'first') ? '(first: 1)' : ''
    return [`${field.name}${first} ${selectionOf(named, depth - 1)}`]
  })
  return `{ __typename ${parts.join(' ')} }`
}

export interface PlacedArgument {
  /** `input.campaignId`, for messages. */
  path: string
  type: GraphQLNamedType
  isList: boolean
}

/** The leaves of a field's arguments, through input objects. */
export function leafArguments(field: GraphQLField<unknown, unknown>): PlacedArgument[] {
  const leaves = (
    part: GraphQLArgument | GraphQLInputField,
    prefix: string,
    depth: number,
  ): PlacedArgument[] => {
    const type = getNamedType(part.type)
    const path = `${prefix}${part.name}`
    if (!isInputObjectType(type)) return [{ path, type, isList: isListType(getNullableType(part.type)) }]
    if (depth > 4) return []
    return Object.values(type.getFields()).flatMap((inner) => leaves(inner, `${path}.`, depth + 1))
  }
  return field.args.flatMap((argument) => leaves(argument, '', 0))
}

export interface ValueOptions {
  /** What to put at ID leaves; given their path. */
  id: (path: string) => string
  /** Optional arguments are left out, except those on the way to this leaf. */
  with?: string
  /** A value for exactly this leaf, of whatever type. */
  set?: { path: string; value: unknown }
}

/** Valid values for the arguments of a field, fresh where they must be unique. */
export function validVariables(
  field: GraphQLField<unknown, unknown>,
  options: ValueOptions,
): Record<string, unknown> {
  return valuesOf(field.args, options, '')
}

function valuesOf(
  parts: readonly (GraphQLArgument | GraphQLInputField)[],
  options: ValueOptions,
  prefix: string,
): Record<string, unknown> {
  const values: Record<string, unknown> = {}
  for (const part of parts) {
    const path = `${prefix}${part.name}`
    const isRequired = isNonNullType(part.type) && part.defaultValue === undefined
    const isOnTheWay = [options.with, options.set?.path].some(
      (leaf) => leaf === path || leaf?.startsWith(`${path}.`),
    )
    if (isRequired || isOnTheWay) values[part.name] = valueOf(part.type, options, path)
  }
  return values
}

function valueOf(type: GraphQLInputType, options: ValueOptions, path: string): unknown {
  if (options.set?.path === path) return options.set.value
  const bare = getNullableType(type)
  if (isListType(bare)) return [valueOf(bare.ofType, options, path)]
  if (isInputObjectType(bare)) return valuesOf(Object.values(bare.getFields()), options, `${path}.`)
  if (isEnumType(bare)) return bare.getValues()[0]?.name
  return scalarValue(getNamedType(type).name, options, path)
}

function scalarValue(name: string, options: ValueOptions, path: string): unknown {
  const values: Record<string, () => unknown> = {
    ID: () => options.id(path),
    Int: () => 1,
    Float: () => 1,
    Boolean: () => true,
    DateTime: () => '2031-05-06T07:08:09Z',
    EmailAddress: () => `walk-${randomBytes(6).toString('hex')}@example.test`,
    Password: () => 'long enough to be taken',
    IdempotencyKey: () => `walk-${randomUUID()}`,
    Credits: () => 1,
    EventSeq: () => 0,
  }
  return values[name]?.() ?? `walk ${randomBytes(3).toString('hex')}`
}
