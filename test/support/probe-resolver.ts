import { Arg, Ctx, Field, Int, Mutation, ObjectType, Query, Resolver, Subscription } from 'type-graphql'
import { AppError } from '../../src/kernel/errors.js'
import {
  Access,
  badUserInput,
  connectionOf,
  GraphContext,
  PageArgs,
} from '../../src/platform/graphql/index.js'

@ObjectType({ description: 'A node that leads to itself, to any depth.' })
export class Loop {
  @Field(() => Loop, { description: 'Another one.' })
  loop!: Loop

  @Field(() => [Loop], { description: 'Many more.' })
  loops!: Loop[]

  @Field(() => String, { description: 'A word.' })
  word!: string
}

export const LoopConnection = connectionOf(Loop, 'Loop')

/** Secrets that must never reach a caller. */
export const canary = 'canary-7f3a-internal-detail'

/** What the tests of the transports need and the program does not have: streams, failures and endless types. */
@Resolver()
export class ProbeResolver {
  static readonly streams = { open: 0 }
  private static release: (() => void)[] = []

  /** Lets every `waits` finish. */
  static releaseAll(): void {
    for (const release of ProbeResolver.release.splice(0)) release()
  }

  static waiting(): number {
    return ProbeResolver.release.length
  }

  @Access('public')
  @Query(() => Loop, { description: 'The beginning of a loop.' })
  loop(): Loop {
    const loop = { word: 'again' } as Loop
    loop.loop = loop
    loop.loops = [loop]
    return loop
  }

  @Access('public')
  @Query(() => LoopConnection, { description: 'A page of loops.' })
  loopPage(@Arg('first', () => Int, { description: 'How many.' }) first: number): object {
    const page: PageArgs = { first }
    return {
      edges: [],
      pageInfo: { hasNextPage: page.first > 0, hasPreviousPage: false, startCursor: null, endCursor: null },
    }
  }

  @Access('public')
  @Query(() => String, { description: 'Fails in a way of its own.' })
  fail(@Arg('how', () => String, { description: 'Which way.' }) how: string): string {
    if (how === 'app') {
      throw new AppError({
        code: 'probe.away',
        publicMessage: 'Probe is away.',
        internalMessage: canary,
        retry: 'later',
      })
    }
    if (how === 'input') throw badUserInput('No such way.')
    if (how === 'null') return null as unknown as string
    if (how === 'type') return { [canary]: canary } as unknown as string
    if (how === 'reject') return Promise.reject(new Error(canary)) as unknown as string
    throw new TypeError(canary)
  }

  @Access('viewer')
  @Query(() => String, { description: 'The account of the caller.' })
  whose(@Ctx() ctx: GraphContext): string {
    return ctx.scope.accountId
  }

  @Access('viewer')
  @Mutation(() => String, { description: 'Takes until it is released.' })
  async waits(): Promise<string> {
    await new Promise<void>((resolve) => ProbeResolver.release.push(resolve))
    return 'done'
  }

  @Access('viewer')
  @Subscription(() => Int, {
    description: 'Counts until it is stopped.',
    subscribe: ({ args, context }) => count(context as GraphContext, args as { failAt?: number }),
  })
  ticks(
    @Arg('failAt', () => Int, { nullable: true, description: 'Where to fail.' }) _failAt: number | null,
    @Ctx() _ctx: GraphContext,
  ): number {
    return ProbeResolver.lastTick
  }

  @Access('owner')
  @Subscription(() => Int, {
    description: 'Counts for owners.',
    subscribe: ({ context }) => count(context as GraphContext, {}),
  })
  ownerTicks(): number {
    return ProbeResolver.lastTick
  }

  static lastTick = 0
}

async function* count(context: GraphContext, { failAt }: { failAt?: number }): AsyncGenerator<number> {
  ProbeResolver.streams.open += 1
  try {
    for (let tick = 1; ; tick += 1) {
      if (tick === failAt) throw new Error(canary)
      ProbeResolver.lastTick = tick
      yield tick
      await context.services.events.wait(context.scope.accountId, 10)
    }
  } finally {
    ProbeResolver.streams.open -= 1
  }
}
