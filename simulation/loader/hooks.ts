import type { SourcePatch } from '../mutants/mutant.js'

interface Resolved {
  url: string
  format?: string | null
  shortCircuit?: boolean
}

interface Loaded {
  format: string
  source: string | Uint8Array
  shortCircuit?: boolean
}

/** Modules that a virtual process has in another form: who imports what, and what it gets. */
const replaced = [
  { importer: /\/src\/kernel\/ids\.js$/, specifier: 'uuid', by: '../world/virtual-ids.js' },
  {
    importer: /\/src\/platform\/db\/transaction\.js$/,
    specifier: './account-lock.js',
    by: '../database/no-account-queue.js',
  },
]

let patches: readonly SourcePatch[] = []

/** Called by Node.js once, with what register was given. */
export function initialize(data: { patches: readonly SourcePatch[] }): void {
  patches = data.patches
}

/** Called by Node.js for each import. */
export async function resolve(
  specifier: string,
  context: { parentURL?: string },
  next: (specifier: string, context: object) => Promise<Resolved>,
): Promise<Resolved> {
  const swap = replaced.find(
    (item) => item.specifier === specifier && item.importer.test(context.parentURL ?? ''),
  )
  if (swap === undefined) return next(specifier, context)
  return { url: new URL(swap.by, import.meta.url).href, format: 'module', shortCircuit: true }
}

/** Called by Node.js for each module. A patch that finds nothing to change is an error: the program has moved on. */
export async function load(
  url: string,
  context: object,
  next: (url: string, context: object) => Promise<Loaded>,
): Promise<Loaded> {
  const loaded = await next(url, context)
  const mine = patches.filter(({ file }) => url.endsWith(`/dist/src/${file}`))
  if (mine.length === 0) return loaded
  let source = Buffer.from(loaded.source).toString()
  for (const { file, from, to } of mine) {
    if (!source.includes(from)) throw new Error(`${file} has no longer: ${from}`)
    source = source.replace(from, () => to)
  }
  return { ...loaded, source }
}
