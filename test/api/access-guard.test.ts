import { expect, test } from '@jest/globals'
import { Arg, Mutation, Query, Resolver, Subscription } from 'type-graphql'
import { describeApiSchema, printApiSchema } from '../../src/app/graphql-schema.js'
import { Access, buildApiSchema } from '../../src/platform/graphql/index.js'
import { undescribedParts } from '../support/undescribed-parts.js'

const noInstance = () => {
  throw new Error('only described')
}

test('a query without an access level stops the schema build and is named', async () => {
  @Resolver()
  class Forgetful {
    @Query(() => String, { description: 'x' })
    forgotten(): string {
      return 'x'
    }
  }

  await expect(buildApiSchema([Forgetful], noInstance)).rejects.toThrow('Query.forgotten')
})

test('so does a mutation, and so does a subscription', async () => {
  @Resolver()
  class AlsoForgetful {
    @Access('viewer')
    @Query(() => String, { description: 'x' })
    remembered(): string {
      return 'x'
    }

    @Mutation(() => String, { description: 'x' })
    forgottenChange(): string {
      return 'x'
    }

    @Subscription(() => String, { description: 'x', subscribe: () => never() })
    forgottenStream(): string {
      return 'x'
    }
  }

  await expect(buildApiSchema([AlsoForgetful], noInstance)).rejects.toThrow(
    'Mutation.forgottenChange, Subscription.forgottenStream',
  )
})

test('the guard stands before subscribe as well as before resolve', async () => {
  @Resolver()
  class Streams {
    @Access('public')
    @Query(() => String, { description: 'x' })
    open(@Arg('text', () => String, { description: 'x' }) text: string): string {
      return text
    }

    @Access('owner')
    @Subscription(() => String, { description: 'x', subscribe: () => never() })
    guarded(): string {
      return 'x'
    }
  }
  const schema = await buildApiSchema([Streams], () => new Streams())

  const field = schema.getSubscriptionType()?.getFields()['guarded']

  const subscribeAsNobody = () => field?.subscribe?.(undefined, {}, { viewer: null }, {} as never)
  expect(subscribeAsNobody).toThrow('Sign in first')
  const resolve = schema.getQueryType()?.getFields()['open']?.resolve
  const context = { viewer: null }
  await expect(resolve?.(undefined, { text: 'fine' }, context, {} as never)).resolves.toBe('fine')
  expect(() => resolve?.(undefined, { text: 'a\u0000b' }, context, {} as never)).toThrow('U+0000')
  expect(() => resolve?.(undefined, { text: 'a\ud800b' }, context, {} as never)).toThrow('surrogate')
  expect(() => resolve?.(undefined, { text: [{ deep: 'a\u0000b' }] }, context, {} as never)).toThrow('U+0000')
})

test('everything in the schema says what it is', async () => {
  expect(undescribedParts(await describeApiSchema())).toEqual([])
})

test('only fields for administrators of the platform take the id of an account to act on', async () => {
  const schema = await describeApiSchema()
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]
  const fields = roots.flatMap((root) => Object.values(root?.getFields() ?? {}))

  const taking = fields.filter((field) => field.args.some((argument) => argument.name === 'accountId'))

  // switchAccount takes one too: it moves a session to another account of the same person, and checks the membership.
  const others = taking
    .filter((field) => field.extensions['access'] !== 'platformAdmin')
    .map((field) => field.name)
  expect(others).toEqual(['switchAccount'])
})

test('the printed schema is the same twice, in sorted order', async () => {
  const [first, second] = [await printApiSchema(), await printApiSchema()]

  expect(first).toBe(second)
  expect(first).toMatch(/^# Generated/)
  const types = [...first.matchAll(/^type (\w+)/gm)].map((match) => match[1] ?? '')
  expect(types).toEqual([...types].sort((left, right) => left.localeCompare(right)))
})

function never(): AsyncIterable<string> {
  throw new Error('reached past the guard')
}
