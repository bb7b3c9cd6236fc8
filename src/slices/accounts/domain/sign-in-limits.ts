/** How many attempts one source may make in one window, before attempts are refused unseen. */
export const signInWindowMinutes = 15

export interface ThrottleBucket {
  readonly bucket: string
  readonly attemptsMax: number
}

/**
 * Three views of one attempt. The pair is tight, because honest people mistype; the e-mail alone is wide, so that a
 * stranger cannot lock somebody out with a few wrong passwords; the address bounds guessing over many e-mails.
 */
export function throttleBuckets(emailHash: string, clientAddress: string): readonly ThrottleBucket[] {
  return [
    { bucket: `pair:${emailHash}:${clientAddress}`, attemptsMax: 10 },
    { bucket: `email:${emailHash}`, attemptsMax: 50 },
    { bucket: `address:${clientAddress}`, attemptsMax: 100 },
  ]
}
