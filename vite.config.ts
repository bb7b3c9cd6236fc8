import fs from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { defineConfig, type Plugin } from 'vite'

const sources = path.join(import.meta.dirname, 'src', 'console')

/** The first screen may cost this much JavaScript; everything else is loaded when it is needed. */
const FIRST_SCREEN_GZIP_BYTES_MAX = 250_000
const COMPRESS_FROM_BYTES = 1_024

export default defineConfig({
  root: sources,
  base: '/',
  build: {
    outDir: path.join(import.meta.dirname, 'dist', 'console'),
    emptyOutDir: true,
    // Every file has a content hash in its name and the policy of the page forbids what is inline.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1_000,
    rolldownOptions: {
      // "use client" at the top of a file means something to servers that render; here it means nothing.
      onLog: (level, log, handle) => {
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') handle(level, log)
      },
    },
  },
  plugins: [emitOperations(), compressAssets(), holdBudget()],
  // `npm run console:dev` beside `npm start`: the page from here, everything else from the program.
  server: {
    port: 5173,
    proxy: Object.fromEntries(
      ['/graphql', '/session', '/imports', '/statement.csv'].map((route) => [
        route,
        { target: 'http://127.0.0.1:4000', ws: true },
      ]),
    ),
  },
})

/** The manifest for the server: hash → text of every operation of the console. */
function emitOperations(): Plugin {
  return {
    name: 'tollgate-operations',
    generateBundle() {
      const generated = fs.readFileSync(path.join(sources, 'generated', 'persisted-documents.json'), 'utf8')
      const texts = Object.entries(JSON.parse(generated) as Record<string, string>).map(([hash, text]) => [
        hash.replace(/^sha256:/, ''),
        text,
      ])
      this.emitFile({
        type: 'asset',
        fileName: 'operations.json',
        source: JSON.stringify(Object.fromEntries(texts), null, 1),
      })
    },
  }
}

/** Once here instead of on every request. */
function compressAssets(): Plugin {
  return {
    name: 'tollgate-compress',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        for (const file of Object.values(bundle)) {
          if (!file.fileName.startsWith('assets/') || !/\.(js|css|svg)$/.test(file.fileName)) continue
          const source = file.type === 'chunk' ? file.code : file.source
          if (source.length < COMPRESS_FROM_BYTES) continue
          this.emitFile({
            type: 'asset',
            fileName: `${file.fileName}.gz`,
            source: gzipSync(source, { level: 9 }),
          })
        }
      },
    },
  }
}

/** What opens after the sign-in. */
function isFirstScreen(module: string | null): boolean {
  return module?.endsWith('/overview-page.tsx') === true
}

/** Adds up what the page loads before anything can be seen; a build above the budget fails. */
function holdBudget(): Plugin {
  return {
    name: 'tollgate-budget',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const sizes = new Map<string, number>()
        const visit = (name: string): void => {
          const chunk = bundle[name]
          if (chunk?.type !== 'chunk' || sizes.has(name)) return
          sizes.set(name, gzipSync(chunk.code, { level: 9 }).length)
          chunk.imports.forEach(visit)
        }
        for (const file of Object.values(bundle))
          if (file.type === 'chunk' && (file.isEntry || isFirstScreen(file.facadeModuleId)))
            visit(file.fileName)
        const total = [...sizes.values()].reduce((sum, size) => sum + size, 0)
        const words = `JavaScript of the first screen: ${(total / 1000).toFixed(1)} kB gzip, at most ${String(FIRST_SCREEN_GZIP_BYTES_MAX / 1000)}.`
        if (total > FIRST_SCREEN_GZIP_BYTES_MAX) this.error(words)
        process.stdout.write(`${words}\n`)
      },
    },
  }
}
