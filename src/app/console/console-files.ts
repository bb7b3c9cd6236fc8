import fs from 'node:fs'
import path from 'node:path'
import type { ConsoleOperations } from '../../platform/graphql/index.js'

/** Where `npm run build` puts the console: beside this code when that is compiled, in dist/ when it runs as it is. */
export function consoleFiles(): string {
  const base = path.resolve(import.meta.dirname, '../../..')
  return path.basename(base) === 'dist' ? path.join(base, 'console') : path.join(base, 'dist', 'console')
}

/** What the console may run: hash → text, as its build wrote it. Empty when there is no build. */
export async function readConsoleOperations(files: string): Promise<ConsoleOperations> {
  const file = path.join(files, 'operations.json')
  if (!fs.existsSync(file)) return new Map()
  const texts = JSON.parse(await fs.promises.readFile(file, 'utf8')) as Record<string, string>
  return new Map(Object.entries(texts))
}
