import fs from 'node:fs'
import path from 'node:path'
import { checkoutRoot } from './checkout.js'

/** Reads `.env` of the checkout when there is one. What is set already wins. */
export function readDotEnv(): void {
  const file = path.join(checkoutRoot(), '.env')
  if (fs.existsSync(file)) process.loadEnvFile(file)
}

/** Our own environment with changes, for a process that we start. */
export function childEnvironment(changes: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  return { ...process.env, ...changes }
}
