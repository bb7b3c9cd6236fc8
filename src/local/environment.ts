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

/** Where the local tools keep what must outlive them: below the checkout, unless told otherwise. */
export function localStateDirectory(): string {
  const given = process.env['TOLLGATE_STATE_DIRECTORY']
  return given === undefined || given === '' ? path.join(checkoutRoot(), '.tollgate') : path.resolve(given)
}

/** Whether the person who started us chose this variable, rather than our default. */
export function isGiven(name: string): boolean {
  return (process.env[name] ?? '') !== ''
}
