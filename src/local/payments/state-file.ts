import fs from 'node:fs'
import { z } from 'zod'
import type { PaymentState } from './payment-state.js'

const kept = [
  'customers',
  'methods',
  'cards',
  'prices',
  'sessions',
  'carts',
  'intents',
  'charges',
  'refunds',
  'disputes',
  'fraudWarnings',
  'subscriptions',
  'invoices',
  'invoicePayments',
  'events',
  'answers',
  'chargesDue',
] as const

const fileSchema = z.object({
  lastNumber: z.number(),
  offsetMs: z.number(),
  maps: z.partialRecord(z.enum(kept), z.array(z.tuple([z.string(), z.unknown()]))),
})

/** Puts back what an earlier run left, so that the program's customers and orders are still known. */
export function loadState(state: PaymentState, file: string): void {
  if (!fs.existsSync(file)) return
  const { lastNumber, offsetMs, maps } = fileSchema.parse(JSON.parse(fs.readFileSync(file, 'utf8')))
  state.lastNumber = lastNumber
  state.offsetMs = offsetMs
  for (const name of kept) {
    const map = state[name] as Map<string, unknown>
    for (const [id, value] of maps[name] ?? []) map.set(id, value)
  }
}

/** In one step, so that a run that is killed leaves a whole file. */
export function saveState(state: PaymentState, file: string): void {
  const maps = Object.fromEntries(kept.map((name) => [name, [...state[name]]]))
  const { lastNumber, offsetMs } = state
  fs.writeFileSync(`${file}.new`, JSON.stringify({ lastNumber, offsetMs, maps }))
  fs.renameSync(`${file}.new`, file)
}
