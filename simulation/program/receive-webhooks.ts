import { createHmac } from 'node:crypto'
import type { Db } from '../../src/platform/db/data-source.js'
import { inboundTextPath, statusCallbackPath } from '../../src/slices/carrier/index.js'
import { twilioWebhooks } from '../../src/slices/messages/index.js'
import { createInbox } from '../../src/slices/webhooks/index.js'

const TOKEN = 'virtual-auth-token'
const BASE_URL = 'https://tollgate.example'

export interface WebhookReceiver {
  status(attemptId: string, form: Readonly<Record<string, string>>): Promise<number>
  inbound(form: Readonly<Record<string, string>>): Promise<number>
}

/** The program's webhook routes, called as the carrier calls them: with a form and its signature. */
export function receiveWebhooks(db: Db): WebhookReceiver {
  const routes = twilioWebhooks({ inbox: createInbox(db), authTokens: [TOKEN], publicBaseUrl: BASE_URL })
  const call = async (
    path: string,
    params: Record<string, string>,
    form: Readonly<Record<string, string>>,
  ): Promise<number> => {
    const route = routes.find((candidate) => candidate.path.startsWith(path))
    if (route === undefined) throw new Error(`no route for ${path}`)
    const token = params['attemptToken']
    const pathAndQuery = token === undefined ? path : `${path}/${token}`
    const answer = await route.answer({
      params,
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-twilio-signature': sign(`${BASE_URL}${pathAndQuery}`, form),
      },
      pathAndQuery,
      rawBody: Buffer.from(new URLSearchParams(form).toString()),
    })
    return answer.status
  }
  return {
    status: (attemptId, form) => call(statusCallbackPath, { attemptToken: attemptId }, form),
    inbound: (form) => call(inboundTextPath, {}, form),
  }
}

function sign(url: string, form: Readonly<Record<string, string>>): string {
  const fields = Object.entries(form)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, value]) => name + value)
  return createHmac('sha1', TOKEN)
    .update(url + fields.join(''))
    .digest('base64')
}
