interface Somebody {
  phone: string
  firstName?: string | null | undefined
  lastName?: string | null | undefined
}

/** The name of whoever writes, or the number when there is none. */
export function whoIs({ phone, firstName, lastName }: Somebody): string {
  return [firstName, lastName].filter(Boolean).join(' ') || phone
}
