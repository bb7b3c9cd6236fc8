import type { CodegenConfig } from '@graphql-codegen/cli'
import { addTypenameSelectionDocumentTransform } from '@graphql-codegen/client-preset'

/** Scalars as JSON carries them. */
const scalars = {
  Credits: 'number',
  DateTime: 'string',
  EmailAddress: 'string',
  EventSeq: 'number',
  IdempotencyKey: 'string',
  Password: 'string',
  ShortText: 'string',
  SignedCredits: 'number',
}
const typed = { useTypeImports: true, enumsAsTypes: true, strictScalars: true, scalars }

/** Typed operations from `.graphql` files: for programs (demo, tests) in src/client, for the console beside its screens. */
const config: CodegenConfig = {
  schema: 'schema.graphql',
  importExtension: '.js',
  generates: {
    'src/client/generated/': {
      documents: ['src/client/operations/*.graphql'],
      preset: 'client',
      documentTransforms: [addTypenameSelectionDocumentTransform],
      presetConfig: {
        persistedDocuments: { hashAlgorithm: 'sha256', mode: 'embedHashInDocument' },
        fragmentMasking: false,
      },
      config: typed,
    },
    // The console carries hashes only; the texts are in persisted-documents.json, which the server reads.
    'src/console/generated/': {
      documents: ['src/console/**/*.graphql'],
      preset: 'client',
      documentTransforms: [addTypenameSelectionDocumentTransform],
      presetConfig: {
        persistedDocuments: { hashAlgorithm: 'sha256', mode: 'replaceDocumentWithHash' },
        fragmentMasking: false,
      },
      config: { ...typed, documentMode: 'string' },
    },
  },
}

export default config
