interface Resolved {
  url: string
  format?: string | null
  shortCircuit?: boolean
}

type NextResolve = (specifier: string, context: object) => Promise<Resolved>

/** Modules that a virtual process has in another form: who imports what, and what it gets. */
const replaced = [
  { importer: /\/src\/kernel\/ids\.js$/, specifier: 'uuid', by: '../world/virtual-ids.js' },
  {
    importer: /\/src\/platform\/db\/transaction\.js$/,
    specifier: './account-lock.js',
    by: '../database/no-account-queue.js',
  },
]

/** Called by Node.js for each import. */
export async function resolve(
  specifier: string,
  context: { parentURL?: string },
  next: NextResolve,
): Promise<Resolved> {
  const swap = replaced.find(
    (item) => item.specifier === specifier && item.importer.test(context.parentURL ?? ''),
  )
  if (swap === undefined) return next(specifier, context)
  return { url: new URL(swap.by, import.meta.url).href, format: 'module', shortCircuit: true }
}
