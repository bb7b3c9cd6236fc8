import fs from 'node:fs'
import path from 'node:path'
import { demoPassword, demoPeople, seedDemo } from '../../app/seed.js'
import { readEnv } from '../../config/env.js'
import { systemClock } from '../../kernel/clock.js'
import type { AccountId } from '../../kernel/ids.js'
import { checkoutRoot } from '../../local/checkout.js'
import { isGiven, localStateDirectory } from '../../local/environment.js'
import { createDataSource, type Db } from '../../platform/db/data-source.js'
import { inTransaction } from '../../platform/db/transaction.js'
import { listAccounts } from '../../slices/accounts/index.js'
import { defaultImportLimits, importContacts } from '../../slices/contacts/index.js'
import { grantCredits } from '../../slices/credits/index.js'

export interface DemoSignIn {
  email: string
  password: string
  /** The other people of the demo, who share the password. */
  others: readonly { email: string; role: string }[]
}

const WELCOME_CREDITS = 1_000
const contactsFile = path.join(checkoutRoot(), 'examples', 'contacts', 'contacts-5000.csv')

/** Everybody can read the demo's password: it opens nothing that other machines reach, and no database but our own. */
export function mayHaveDemo(database: { embedded: boolean }): boolean {
  const { HOST: host, PUBLIC_BASE_URL: publicUrl } = readEnv()
  if (!database.embedded || (isGiven('HOST') && !isLoopback(host))) return false
  return publicUrl === undefined || (URL.canParse(publicUrl) && isLoopback(new URL(publicUrl).hostname))
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^127(?:\.\d+){3}$/.test(host)
}

/**
 * Two accounts with people, credits and contacts, so that there is something to try. Never on a database that holds
 * anything else: returns null there. A run that was cut short is completed by the next.
 */
export async function seedDemoData(
  url: string,
  report: (line: string) => void,
  directory = localStateDirectory(),
): Promise<DemoSignIn | null> {
  const unfinished = path.join(directory, 'seeding')
  const dataSource = createDataSource({ url, poolSize: 4, applicationName: 'tollgate-seed' })
  await dataSource.initialize()
  try {
    const db: Db = { dataSource }
    const state = await demoState(db, unfinished)
    if (state === 'foreign') return null
    if (state === 'empty') {
      report('Adding the demo accounts, credits and contacts …')
      fs.writeFileSync(unfinished, '')
      await fill(db)
      fs.rmSync(unfinished)
    }
  } finally {
    await dataSource.destroy()
  }
  const [owner, ...others] = demoPeople
  return { email: owner.email, password: demoPassword, others }
}

async function demoState(db: Db, unfinished: string): Promise<'empty' | 'seeded' | 'foreign'> {
  const accounts = await listAccounts({ db }, { limit: 10, after: null })
  if (accounts.length === 0) return 'empty'
  const demoNames = new Set<string | null>(demoPeople.map(({ account }) => account))
  if (!accounts.some(({ name }) => demoNames.has(name))) return 'foreign'
  return fs.existsSync(unfinished) ? 'empty' : 'seeded'
}

async function fill(db: Db): Promise<void> {
  const { acme, bright } = await seedDemo({ db, clock: systemClock })
  for (const accountId of [acme, bright]) await grantWelcomeCredits(db, accountId)
  const result = await importContacts(
    { db, clock: systemClock, limits: defaultImportLimits },
    {
      accountId: acme,
      actor: 'seed',
      fileName: path.basename(contactsFile),
      source: fs.createReadStream(contactsFile),
    },
    {
      attestation: {
        purposes: ['marketing'],
        level: 'written',
        statement: 'Invented people of the demo, who agreed on an invented form.',
        exactText: null,
      },
    },
  )
  if (!result.ok) throw new Error(`The demo contacts could not be imported: ${result.reason}`)
}

/** The origin makes it happen once, however often a cut-short seed is repeated. */
function grantWelcomeCredits(db: Db, accountId: AccountId): Promise<unknown> {
  return inTransaction(db, { name: 'seed.grant', accountId }, (tx) =>
    grantCredits(tx, {
      accountId,
      credits: WELCOME_CREDITS,
      source: 'promotion',
      origin: 'demo:welcome',
      actor: 'seed',
      reason: 'Credits to try Tollgate with',
    }),
  )
}
