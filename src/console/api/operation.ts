import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core'

/** One operation of the console. Only its hash is here; its text is in the manifest that the server reads. */
export type Operation<Result, Variables> = DocumentTypeDecoration<Result, Variables>

/** Any of them, where only its hash matters. */
export type AnyOperation = Operation<unknown, never>

/** The hash that stands for an operation on the wire and in the cache. */
export function hashOf(operation: AnyOperation): string {
  const { __meta__: meta } = operation as { __meta__?: { hash?: string } }
  if (meta?.hash === undefined) throw new Error('This operation was not generated: run `npm run codegen`.')
  return meta.hash.replace(/^sha256:/, '')
}

/** What is sent instead of a text. */
export function persisted(operation: AnyOperation): {
  persistedQuery: { version: 1; sha256Hash: string }
} {
  return { persistedQuery: { version: 1, sha256Hash: hashOf(operation) } }
}
