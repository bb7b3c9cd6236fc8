import type { TypedDocumentNode } from '@graphql-typed-document-node/core'
import { print } from 'graphql'

export interface Endpoint {
  /** Without path: `http://127.0.0.1:4000`. */
  address: string
  /** A session or an API key. */
  token?: string
}

const DEADLINE_MS = 15_000

/** The API answered with errors, or not with GraphQL at all. Expected refusals are data, not this. */
export class RequestFailed extends Error {
  override readonly name = 'RequestFailed'
}

/** Runs one typed operation (`npm run codegen` makes the documents) and returns its data. */
export async function request<Result, Variables>(
  endpoint: Endpoint,
  document: TypedDocumentNode<Result, Variables>,
  variables: Variables,
): Promise<Result> {
  const response = await fetch(`${endpoint.address}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(endpoint.token === undefined ? {} : { authorization: `Bearer ${endpoint.token}` }),
    },
    body: JSON.stringify({ query: print(document), variables }),
    signal: AbortSignal.timeout(DEADLINE_MS),
  })
  const answer = (await response.json()) as { data?: Result; errors?: { message: string }[] }
  if (answer.errors !== undefined || answer.data === undefined) {
    const messages = answer.errors?.map(({ message }) => message).join('; ')
    throw new RequestFailed(messages ?? `status ${response.status} without data`)
  }
  return answer.data
}
