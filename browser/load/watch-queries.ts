import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { checkoutRoot } from '../../src/local/checkout.js'

export interface QueryTimes {
  name: string
  asked: number
  p50Ms: number
  p95Ms: number
  maxMs: number
  kilobytesMax: number
}

export interface QueryWatch {
  /** Forgets what was before. */
  begin(): void
  times(): QueryTimes[]
  framesReceived(): number
}

/** How long the page waits for each query, by the browser's own clock, and how much is pushed to it. */
export function watchQueries(page: Page): QueryWatch {
  const names = operationNames()
  const answers = new Map<string, { ms: number; bytes: number }[]>()
  let frames = 0
  page.on('requestfinished', (request) => {
    if (request.method() !== 'POST' || !request.url().endsWith('/graphql')) return
    const { extensions } = request.postDataJSON() as {
      extensions: { persistedQuery: { sha256Hash: string } }
    }
    const name = names.get(extensions.persistedQuery.sha256Hash) ?? 'unknown'
    const { requestStart, responseEnd } = request.timing()
    void request.sizes().then(
      ({ responseBodySize }) => {
        answers.set(name, [
          ...(answers.get(name) ?? []),
          { ms: responseEnd - requestStart, bytes: responseBodySize },
        ])
      },
      () => undefined,
    )
  })
  page.on('websocket', (socket) => {
    socket.on('framereceived', () => {
      frames += 1
    })
  })
  return {
    begin: () => {
      answers.clear()
      frames = 0
    },
    framesReceived: () => frames,
    times: () =>
      [...answers]
        .map(([name, given]) => {
          const ms = given.map((answer) => answer.ms).sort((left, right) => left - right)
          return {
            name,
            asked: given.length,
            p50Ms: at(ms, 0.5),
            p95Ms: at(ms, 0.95),
            maxMs: at(ms, 1),
            kilobytesMax: Math.max(...given.map(({ bytes }) => bytes)) / 1_000,
          }
        })
        .sort((left, right) => right.maxMs - left.maxMs),
  }
}

function at(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0
}

/** Only hashes travel; the manifest that was built with the page says what they stand for. */
function operationNames(): Map<string, string> {
  const file = path.join(checkoutRoot(), 'dist', 'console', 'operations.json')
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>
  return new Map(
    Object.entries(manifest).map(([hash, text]) => [
      hash,
      /\b(?:query|mutation|subscription) (\w+)/.exec(text)?.[1] ?? '',
    ]),
  )
}
