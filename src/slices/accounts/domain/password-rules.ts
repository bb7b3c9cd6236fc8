export type PasswordProblem = 'password-too-short' | 'password-too-common'

const LENGTH_MIN = 12

/** Length is what makes a password hard to guess; beyond it we only refuse the few patterns that are tried first. */
export function passwordProblem(password: string, email: string): PasswordProblem | null {
  if (Array.from(password).length < LENGTH_MIN) return 'password-too-short'
  const lower = password.toLowerCase()
  const mailbox = email.split('@')[0] ?? email
  const isRepetition = new Set(lower).size < 4
  const isOwnName = lower.includes(email) || lower.replaceAll(mailbox, '').length < 4
  return isRepetition || isOwnName ? 'password-too-common' : null
}
