import { expect, test } from '@jest/globals'
import fs from 'node:fs'
import path from 'node:path'
import { buildSchema, Kind, parse, specifiedRules, validate, type DocumentNode } from 'graphql'

const root = path.resolve(import.meta.dirname, '..', '..')
const schema = buildSchema(fs.readFileSync(path.join(root, 'schema.graphql'), 'utf8'))

const files = [
  'README.md',
  ...fs
    .readdirSync(path.join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => path.join('docs', name)),
]

const operations = files.flatMap((file) => {
  const text = fs.readFileSync(path.join(root, file), 'utf8')
  return [...text.matchAll(/^```graphql\n([^]*?)^```/gm)].flatMap(([, block = '']) =>
    parse(block).definitions.map((definition) => {
      // Each stands alone: a runbook shows several, of which one is pasted.
      const document: DocumentNode = { kind: Kind.DOCUMENT, definitions: [definition] }
      return { file, document, begins: block.slice(definition.loc?.start, definition.loc?.end).slice(0, 60) }
    }),
  )
})

test('there are operations in the documents', () => {
  expect(operations.length).toBeGreaterThan(3)
})

test.each(operations)('in $file the server takes $begins', ({ document }) => {
  expect(validate(schema, document, specifiedRules).map(({ message }) => message)).toEqual([])
})
