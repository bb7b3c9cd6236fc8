/** What the server says, asked as a program asks: the console's numbers are held against it. */
export interface ServerView {
  ask<Data>(query: string, variables?: Record<string, unknown>): Promise<Data>
}

export async function openServerView(address: string, email: string, password: string): Promise<ServerView> {
  const send = async <Data>(query: string, variables: object, token: string | null): Promise<Data> => {
    const response = await fetch(`${address}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify({ query, variables }),
    })
    const answer = (await response.json()) as { data?: Data; errors?: unknown }
    if (answer.data === undefined) throw new Error(`no data: ${JSON.stringify(answer.errors)}`)
    return answer.data
  }
  const signedIn = await send<{ signIn: { token?: string } }>(
    `mutation ($email: EmailAddress!, $password: Password!) {
       signIn(email: $email, password: $password) { ... on SignedIn { token } } }`,
    { email, password },
    null,
  )
  const token = signedIn.signIn.token ?? null
  if (token === null) throw new Error('the demo person cannot sign in')
  return { ask: (query, variables = {}) => send(query, variables, token) }
}
