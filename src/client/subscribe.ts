import type { TypedDocumentNode } from '@graphql-typed-document-node/core'
import { print } from 'graphql'
import { createClient } from 'graphql-ws'
import { WebSocket } from 'ws'
import { RequestFailed, type Endpoint } from './request.js'

/** Follows one typed subscription; reconnects by itself. Ends when the reader leaves. */
export async function* subscribe<Result, Variables extends Record<string, unknown>>(
  endpoint: Endpoint,
  document: TypedDocumentNode<Result, Variables>,
  variables: Variables,
): AsyncGenerator<Result, void, undefined> {
  const client = createClient({
    url: `${endpoint.address.replace(/^http/, 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${endpoint.token ?? ''}` },
    retryAttempts: 10,
  })
  try {
    for await (const answer of client.iterate<Result>({ query: print(document), variables })) {
      if (answer.errors !== undefined || answer.data === undefined || answer.data === null) {
        throw new RequestFailed(answer.errors?.map(({ message }) => message).join('; ') ?? 'no data')
      }
      yield answer.data
    }
  } finally {
    await client.dispose()
  }
}
