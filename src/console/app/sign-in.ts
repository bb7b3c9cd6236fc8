export interface SignInRefusal {
  reason: string
  message: string
  remedy: string
}

const unreachable: SignInRefusal = {
  reason: 'unreachable',
  message: 'The server does not answer.',
  remedy: 'Check the connection and try again.',
}

/** Opens a session. The server keeps it in a cookie that this page cannot read. Null: it is open. */
export async function signIn(input: { email: string; password: string }): Promise<SignInRefusal | null> {
  try {
    const response = await fetch('/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(input),
    })
    if (response.ok) return null
    return ((await response.json()) as { refused?: SignInRefusal }).refused ?? unreachable
  } catch {
    return unreachable
  }
}
