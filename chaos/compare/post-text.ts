import { localAccount } from '../../src/local/carrier/options.js'

const TIMEOUT_MS = 1_500

/** One call to the carrier as most programs make it. Throws when no good answer comes, whatever the carrier did. */
export async function postText(carrierUrl: string, to: string, body: string): Promise<string> {
  const { accountSid, authToken, from } = localAccount
  const answer = await fetch(`${carrierUrl}/2010-04-01/Accounts/${accountSid}/Messages.json`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams({ To: to, From: from, Body: body }),
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  })
  if (!answer.ok) throw new Error(`the carrier answered ${answer.status}`)
  const { sid } = (await answer.json()) as { sid?: string }
  if (sid === undefined) throw new Error('the carrier answered without a sid')
  return sid
}
