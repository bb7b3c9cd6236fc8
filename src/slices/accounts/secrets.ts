import { createHash, createHmac, randomBytes, randomInt, timingSafeEqual } from 'node:crypto'

/** 256 bits: nobody guesses one, so a plain SHA-256 of it may be stored. Never from the injected Random, which replays. */
const SECRET_BYTES = 32
const PREFIX_ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789'

export function newSessionToken(): string {
  return `tg_ses_${randomBytes(SECRET_BYTES).toString('base64url')}`
}

export function newApiKey(): { key: string; prefix: string } {
  const prefix = Array.from({ length: 8 }, () => PREFIX_ALPHABET[randomInt(PREFIX_ALPHABET.length)]).join('')
  return { prefix, key: `tg_live_${prefix}_${randomBytes(SECRET_BYTES).toString('base64url')}` }
}

/** Keyed, so that changing the key ends all sessions at once, and rows from elsewhere stand for nobody here. */
export function sessionHash(token: string, sessionSecret = ''): Buffer {
  return createHmac('sha256', sessionSecret).update(token).digest()
}

export function secretHash(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}

export function sameHash(left: Buffer, right: Buffer): boolean {
  return left.length === right.length && timingSafeEqual(left, right)
}
