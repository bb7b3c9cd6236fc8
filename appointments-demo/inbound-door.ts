import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { inboxHooks } from '../src/app/inbox-hooks.js'
import { webhookRouter } from '../src/app/webhook-routes.js'
import { pause } from '../src/kernel/pause.js'
import type { LocalCarrier } from '../src/local/carrier/start-local-carrier.js'
import { silentLogger } from '../src/platform/observability/logger.js'
import { inboundTextPath } from '../src/slices/carrier/index.js'
import { applyInboundTexts, type InboundDeps } from '../src/slices/inbox/index.js'
import { twilioWebhooks } from '../src/slices/messages/index.js'
import { createInbox } from '../src/slices/webhooks/index.js'

/** Where the carrier posts what people text to us: the program's own route, signature check and store. */
export interface InboundDoor {
  /** Somebody texts us; when it resolves the text was posted, stored and applied. */
  text(from: string, body: string): Promise<void>
  close(): Promise<void>
}

const PATIENCE = 2_000
const LOOK_EVERY_MS = 5

export async function openInboundDoor(
  deps: Omit<InboundDeps, 'log' | 'hooks'>,
  local: LocalCarrier,
  ourNumber: string,
): Promise<InboundDoor> {
  const web = express()
  const server = createServer(web)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const publicBaseUrl = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`
  const routes = twilioWebhooks({ inbox: createInbox(deps.db), authTokens: [local.authToken], publicBaseUrl })
  web.use(webhookRouter(routes, silentLogger))
  local.control.change({ inboundUrl: `${publicBaseUrl}${inboundTextPath}` })
  return {
    text: async (from, body) => {
      const { posted } = local.control.text({ from, to: ourNumber, body })
      if (!posted) throw new Error('the carrier knows where to post texts')
      await answered(local)
      const { read, failed } = await applyInboundTexts({ ...deps, log: silentLogger, hooks: inboxHooks })
      if (read !== 1 || failed !== 0) throw new Error('one text came in and was applied')
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Until everything that the carrier had to post was answered with 200, which it is once it is stored. */
async function answered({ control }: LocalCarrier): Promise<void> {
  for (let look = 0; look < PATIENCE; look += 1) {
    const { inbound, callbacks } = control.summary()
    if (callbacks.failed + callbacks.dropped > 0) throw new Error('a text was posted and not taken in')
    if (callbacks.sent === inbound) return
    await pause(LOOK_EVERY_MS)
  }
  throw new Error('a text was never posted')
}
