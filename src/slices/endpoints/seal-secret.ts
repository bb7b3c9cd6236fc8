import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

/** Keeps the secrets of endpoints: they sign, so unlike keys and passwords they must be readable again. */
export interface SecretVault {
  /** Bound to the endpoint: copied to another row it opens no more. */
  seal(endpointId: string, secret: string): Buffer
  /** Null when it was sealed under another key, for another endpoint, or changed. */
  open(endpointId: string, sealed: Buffer): string | null
}

const CIPHER = 'aes-256-gcm'
const FORMAT = 1
const IV_BYTES = 12
const TAG_BYTES = 16
const HEAD_BYTES = 1 + IV_BYTES + TAG_BYTES

/** The key is derived from the installation's secret, for this use alone. Null without one: nothing can be kept safely. */
export function createVault(installationSecret: string): SecretVault | null {
  if (installationSecret === '') return null
  const key = Buffer.from(hkdfSync('sha256', installationSecret, '', 'tollgate webhook secrets v1', 32))
  return {
    seal: (endpointId, secret) => {
      const iv = randomBytes(IV_BYTES)
      const cipher = createCipheriv(CIPHER, key, iv).setAAD(Buffer.from(endpointId))
      const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
      return Buffer.concat([Buffer.of(FORMAT), iv, cipher.getAuthTag(), sealed])
    },
    open: (endpointId, sealed) => {
      if (sealed.length <= HEAD_BYTES || sealed[0] !== FORMAT) return null
      const decipher = createDecipheriv(CIPHER, key, sealed.subarray(1, 1 + IV_BYTES))
        .setAAD(Buffer.from(endpointId))
        .setAuthTag(sealed.subarray(1 + IV_BYTES, HEAD_BYTES))
      try {
        return decipher.update(sealed.subarray(HEAD_BYTES), undefined, 'utf8') + decipher.final('utf8')
      } catch {
        // The tag does not fit; there is nothing else to know about it.
        return null
      }
    },
  }
}

const SECRET_BYTES = 32

/** In the form that the libraries of Standard Webhooks take. Never from the injected Random, which replays. */
export function newWebhookSecret(): string {
  return `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`
}
