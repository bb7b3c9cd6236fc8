import type { CodegenConfig } from '@graphql-codegen/cli'
import { addTypenameSelectionDocumentTransform } from '@graphql-codegen/client-preset'

/** Typed operations for clients (demo, tests, later the console) from the `.graphql` files in src/client. */
const config: CodegenConfig = {
  schema: 'schema.graphql',
  documents: ['src/client/operations/*.graphql'],
  importExtension: '.js',
  generates: {
    'src/client/generated/': {
      preset: 'client',
      documentTransforms: [addTypenameSelectionDocumentTransform],
      presetConfig: {
        persistedDocuments: { hashAlgorithm: 'sha256', mode: 'embedHashInDocument' },
        fragmentMasking: false,
      },
      config: {
        useTypeImports: true,
        enumsAsTypes: true,
        strictScalars: true,
        scalars: {
          Credits: 'number',
          DateTime: 'string',
          EmailAddress: 'string',
          EventSeq: 'number',
          IdempotencyKey: 'string',
          Password: 'string',
          ShortText: 'string',
          SignedCredits: 'number',
        },
      },
    },
  },
}

export default config
