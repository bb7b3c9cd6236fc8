const EMAIL_LENGTH_MAX = 254
const PASSWORD_LENGTH_MAX = 1_000

/** E-mail and password as a page sends them; null for anything that nobody can be registered with. */
export function readSignInForm(body: unknown): { email: string; password: string } | null {
  if (typeof body !== 'object' || body === null) return null
  const { email, password } = body as Record<string, unknown>
  if (typeof email !== 'string' || typeof password !== 'string') return null
  const address = email.trim().toLowerCase()
  const isUsable =
    address.includes('@') &&
    address.length <= EMAIL_LENGTH_MAX &&
    password !== '' &&
    password.length <= PASSWORD_LENGTH_MAX &&
    !`${address}${password}`.includes('\u0000')
  return isUsable ? { email: address, password } : null
}
