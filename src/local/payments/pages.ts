import type { ServerResponse } from 'node:http'
import { testCards } from './cards.js'
import { paySession, settleSession } from './checkout.js'
import { answerBank } from './intents.js'
import type { PaymentState } from './payment-state.js'

/** The pages at which a person pays: as plain as can be. False when there is no such page. */
export function answerPage(
  state: PaymentState,
  response: ServerResponse,
  call: { method: string; path: string; form: URLSearchParams },
): boolean {
  const [, page = '', id = ''] = call.path.split('/')
  if (page === 'pay') return payPage(state, response, id, call)
  if (page === 'confirm') return confirmPage(state, response, id, call)
  if (page === 'portal' && state.customers.has(id)) {
    html(response, 200, '<h1>Customer portal</h1><p>Cards and invoices would be here.</p>')
    return true
  }
  return false
}

function payPage(
  state: PaymentState,
  response: ServerResponse,
  id: string,
  { method, form }: { method: string; form: URLSearchParams },
): boolean {
  const session = state.sessions.get(id)
  if (session === undefined) return false
  if (method === 'POST') {
    const result = paySession(state, session, {
      number: (form.get('card') ?? '').replaceAll(/\D/g, ''),
    })
    if (result === 'confirm') redirect(response, `/confirm/${session.payment_intent ?? ''}`)
    else if (result === 'declined')
      payForm(response, 402, session, 'Your card was declined. Try another one.')
    else if (result === 'closed') html(response, 410, '<h1>This checkout is over.</h1>')
    else redirect(response, session.success_url)
    return true
  }
  if (session.status === 'open') payForm(response, 200, session, null)
  else html(response, 410, '<h1>This checkout is over.</h1>')
  return true
}

function payForm(
  response: ServerResponse,
  status: number,
  session: { amount_total: number; currency: string; cancel_url: string },
  problem: string | null,
): void {
  const amount = `${(session.amount_total / 100).toFixed(2)} ${session.currency.toUpperCase()}`
  const options = Object.entries(testCards)
    .map(([number, card]) => `<option value="${number}">${number}: ${card.kind}</option>`)
    .join('')
  html(
    response,
    status,
    `<h1>Pay ${escape(amount)}</h1>${problem === null ? '' : `<p role="alert">${escape(problem)}</p>`}
     <form method="post"><label>Card <select name="card">${options}</select></label> <button>Pay</button></form>
     <p><a href="${escape(session.cancel_url)}">Cancel</a></p><p>No money moves here.</p>`,
  )
}

function confirmPage(
  state: PaymentState,
  response: ServerResponse,
  id: string,
  { method, form }: { method: string; form: URLSearchParams },
): boolean {
  const intent = state.intents.get(id)
  if (intent === undefined) return false
  const back = intent.next_action?.redirect_to_url.return_url ?? null
  if (method === 'POST') {
    const isYes = form.get('answer') !== 'no'
    answerBank(state, intent, isYes)
    settleSession(state, id, isYes)
    if (back === null) html(response, 200, '<h1>Thank you.</h1>')
    else redirect(response, back)
    return true
  }
  html(
    response,
    200,
    `<h1>Your bank asks: is this payment yours?</h1>
     <form method="post"><button name="answer" value="yes">Yes</button> <button name="answer" value="no">No</button></form>`,
  )
  return true
}

function html(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' })
  response.end(`<!doctype html><meta charset="utf-8"><title>Local payments</title>${body}`)
}

function redirect(response: ServerResponse, to: string): void {
  response.writeHead(303, { location: to })
  response.end()
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
