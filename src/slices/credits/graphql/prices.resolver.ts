import type { DateTime } from 'luxon'
import { Arg, Ctx, Field, InputType, Int, Mutation, Resolver } from 'type-graphql'
import { assert } from '../../../kernel/assert.js'
import type { Clock } from '../../../kernel/clock.js'
import { actorText } from '../../../platform/access/viewer.js'
import type { Db } from '../../../platform/db/data-source.js'
import { Access, GraphContext, Instant, refuse, type Refused } from '../../../platform/graphql/index.js'
import { listPriceBooks } from '../price-book.js'
import { publishPriceBook } from '../publish-price-book.js'
import { PriceBookResult, type PriceBookType } from './credits.types.js'
import { priceBookRefusals } from './refusals.js'

@InputType('PriceInput', { description: 'What a segment to a country is to cost.' })
export class PriceInput {
  @Field(() => String, { description: 'Two-letter code of the country, in capitals.' })
  country!: string

  @Field(() => Int, { description: 'Credits for each segment: 1 to 10,000.' })
  creditsPerSegment!: number
}

/** How administrators of the platform set prices. */
@Resolver()
export class PricesResolver {
  constructor(private readonly deps: { db: Db; clock: Clock }) {}

  @Access('platformAdmin')
  @Mutation(() => PriceBookResult, {
    description:
      'Publishes a new version of the price book, whole: it replaces the one before it from its moment on. Repeating it is refused, because the version has moved on. For administrators of the platform.',
  })
  async publishPriceBook(
    @Ctx() ctx: GraphContext,
    @Arg('prices', () => [PriceInput], {
      description: 'All prices; a country that is missing cannot be texted.',
    })
    prices: PriceInput[],
    @Arg('afterVersion', () => Int, { description: 'The latest version that you have looked at.' })
    afterVersion: number,
    @Arg('effectiveAt', () => Instant, { nullable: true, description: 'From when on; now unless said.' })
    effectiveAt: DateTime | null | undefined,
  ): Promise<PriceBookType | Refused> {
    const result = await publishPriceBook(this.deps.db, {
      prices: prices.map(({ country, creditsPerSegment }) => ({ country, creditsPerSegment })),
      afterVersion,
      effectiveAt: effectiveAt?.toJSDate() ?? null,
      now: this.deps.clock.now().toJSDate(),
      actor: actorText(ctx.adminActor),
    })
    if (!result.ok) return refuse(priceBookRefusals, result.reason)
    const books = await listPriceBooks(this.deps.db)
    const published = books.find((book) => book.version === result.version)
    assert(published, 'a published version is listed')
    return published
  }
}
