import { ArgsType, Field, Int, ObjectType, type ClassType } from 'type-graphql'

export const pageSizeMax = 200

@ArgsType()
export class PageArgs {
  @Field(() => Int, { defaultValue: 50, description: 'How many to return: 1 to 200.' })
  first!: number

  @Field(() => String, {
    nullable: true,
    description: '`endCursor` of the page before; leave out for the first page.',
  })
  after?: string | null
}

@ObjectType({ description: 'Where a page ends and whether another follows.' })
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether there are more after this page.' })
  hasNextPage!: boolean

  @Field(() => Boolean, {
    description: 'Whether this page was reached with a cursor, so that there are some before it.',
  })
  hasPreviousPage!: boolean

  @Field(() => String, { nullable: true, description: 'Cursor of the first item of this page.' })
  startCursor!: string | null

  @Field(() => String, { nullable: true, description: 'Give this as `after` for the next page.' })
  endCursor!: string | null
}

/** What resolvers return for a connection; made by `keyset.page`. */
export interface Page<Node> {
  edges: { cursor: string; node: Node }[]
  pageInfo: PageInfo
}

/** The GraphQL types `<name>Connection` and `<name>Edge` of a Relay-style list of `Node`. */
export function connectionOf<Node extends object>(
  Node: ClassType<Node>,
  name: string,
): ClassType<Page<Node>> {
  @ObjectType(`${name}Edge`, { description: `One ${name} in a list, with its place.` })
  class Edge {
    @Field(() => String, { description: 'The place of this item in the list. Opaque.' })
    cursor!: string

    @Field(() => Node, { description: 'The item.' })
    node!: Node
  }

  @ObjectType(`${name}Connection`, { description: `A page of a list of ${name}.` })
  class Connection {
    @Field(() => [Edge], { description: 'The items of this page, in order.' })
    edges!: Edge[]

    @Field(() => PageInfo, { description: 'Where this page ends.' })
    pageInfo!: PageInfo
  }
  return Connection
}
