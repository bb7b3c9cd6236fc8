export const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const
export type Encoding = (typeof encodings)[number]

export type FileKind = { kind: 'text'; encoding: Encoding } | { kind: 'spreadsheet' } | { kind: 'binary' }

/** What Windows-1252 puts where Latin-1 has control characters. Own table, because runtimes differ in decoding these. */
const windows1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'

/**
 * Tells how the bytes of a file are to be read, from its first part and from whether the whole file is valid UTF-8.
 * Order: byte order marks; the zero bytes of UTF-16; UTF-8 when it is valid; else the encoding Excel writes on Windows.
 */
export function detectEncoding(head: Uint8Array, isUtf8: boolean): FileKind {
  if (startsWith(head, [0x50, 0x4b, 0x03, 0x04]) || startsWith(head, [0xd0, 0xcf, 0x11, 0xe0]))
    return { kind: 'spreadsheet' }
  if (startsWith(head, [0xff, 0xfe])) return { kind: 'text', encoding: 'utf-16le' }
  if (startsWith(head, [0xfe, 0xff])) return { kind: 'text', encoding: 'utf-16be' }
  const sample = head.subarray(0, 4_096)
  const zeros = { even: 0, odd: 0, control: 0 }
  sample.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2 === 0 ? 'even' : 'odd'] += 1
    else if (byte < 9 || (byte > 13 && byte < 32)) zeros.control += 1
  })
  const half = sample.length / 2
  if (zeros.odd > half * 0.4 && zeros.even < half * 0.1) return { kind: 'text', encoding: 'utf-16le' }
  if (zeros.even > half * 0.4 && zeros.odd < half * 0.1) return { kind: 'text', encoding: 'utf-16be' }
  if (zeros.even + zeros.odd + zeros.control > sample.length * 0.1) return { kind: 'binary' }
  if (isUtf8 || startsWith(head, [0xef, 0xbb, 0xbf])) return { kind: 'text', encoding: 'utf-8' }
  return { kind: 'text', encoding: 'windows-1252' }
}

export interface TextReader {
  read(bytes: Uint8Array): string
  end(): string
}

/** Decodes a file piece by piece; a character cut in two by a piece is put together again, a byte order mark removed. */
export function createTextReader(encoding: Encoding): TextReader {
  if (encoding === 'windows-1252') return { read: readWindows1252, end: () => '' }
  const decoder = new TextDecoder(encoding)
  return { read: (bytes) => decoder.decode(bytes, { stream: true }), end: () => decoder.decode() }
}

function readWindows1252(bytes: Uint8Array): string {
  const latin1 = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
  return latin1.replace(/[\u0080-\u009f]/g, (character) => windows1252.charAt(character.charCodeAt(0) - 0x80))
}

/** Answers, after all pieces of a file, whether it was valid UTF-8. */
export function createUtf8Check(): { read(bytes: Uint8Array): void; isUtf8(): boolean } {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let valid = true
  const attempt = (decode: () => void): void => {
    if (!valid) return
    try {
      decode()
    } catch {
      // The decoder throws at the first byte that is not UTF-8: that is the answer.
      valid = false
    }
  }
  return {
    read: (bytes) => {
      attempt(() => decoder.decode(bytes, { stream: true }))
    },
    isUtf8: () => {
      attempt(() => decoder.decode())
      return valid
    },
  }
}

function startsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, index) => bytes[index] === byte)
}
