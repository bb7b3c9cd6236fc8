export interface GraphqlError {
  message: string
  path?: (string | number)[]
  extensions: { code: string; retry?: string; requestId?: string; stacktrace?: unknown }
}

export interface GraphqlAnswer<Data = Record<string, unknown>> {
  status: number
  data: Data | null | undefined
  errors: GraphqlError[] | undefined
  headers: Headers
  /** The answer as it came over the wire. */
  text: string
}

export interface GraphqlClient {
  /** Sends one operation and returns whatever came back. */
  send<Data = Record<string, unknown>>(
    query: string,
    variables?: Record<string, unknown>,
  ): Promise<GraphqlAnswer<Data>>
  /** The data of an operation that must succeed. */
  data<Data = Record<string, unknown>>(query: string, variables?: Record<string, unknown>): Promise<Data>
  /** The code of an operation's first error; fails when there is none. */
  errorCode(query: string, variables?: Record<string, unknown>): Promise<string>
}

export function graphqlClient(url: string, token?: string): GraphqlClient {
  const send: GraphqlClient['send'] = async <Data>(
    query: string,
    variables: Record<string, unknown> = {},
  ) => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify({ query, variables }),
    })
    const text = await response.text()
    const { data, errors } = JSON.parse(text) as { data?: Data | null; errors?: GraphqlError[] }
    return { status: response.status, data, errors, headers: response.headers, text }
  }
  return {
    send,
    data: async <Data>(query: string, variables?: Record<string, unknown>) => {
      const answer = await send<Data>(query, variables)
      if (answer.errors !== undefined || answer.data == null) throw new Error(`no data: ${answer.text}`)
      return answer.data
    },
    errorCode: async (query, variables) => {
      const answer = await send(query, variables)
      const code = answer.errors?.[0]?.extensions.code
      if (code === undefined) throw new Error(`no error: ${answer.text}`)
      return code
    },
  }
}
