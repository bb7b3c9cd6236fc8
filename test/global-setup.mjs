import { register } from 'node:module'

// Jest hands its global setup to CommonJS, which cannot load our sources; this loader can.
register('@swc-node/register/esm', import.meta.url)

export default async function setUp() {
  const { startTestServer } = await import('./support/test-server.ts')
  globalThis.stopTestServer = await startTestServer()
}
