import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { expect, test } from '@jest/globals'

// The carrier is reached in one place, with a message that the gate has claimed. A call that somebody adds elsewhere, an
// SDK that somebody imports elsewhere, or a ClaimedMessage that somebody makes elsewhere, fails here.

const root = join(import.meta.dirname, '../..')
const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.test.ts'))
  .map((name) => join(root, 'src', name))
  // The local carrier is the other side of the wire.
  .filter((path) => !relative(root, path).startsWith('src/local/'))

function filesWith(pattern: RegExp): string[] {
  return sources
    .filter((path) => pattern.test(readFileSync(path, 'utf8')))
    .map((path) => relative(root, path))
    .sort()
}

test("only the carrier slice knows the carrier's SDK, and only one of its files creates messages", () => {
  const importers = filesWith(/from 'twilio(\/[^']*)?'/)
  expect(importers.length).toBeGreaterThan(0)
  for (const path of importers) expect(path).toMatch(/^src\/slices\/carrier\//)
  expect(filesWith(/\bmessages\s*\.create\(/)).toEqual(['src/slices/carrier/send-message.ts'])
})

test('no other address of the carrier is spoken to', () => {
  for (const path of filesWith(/Messages\.json|api\.twilio\.com/))
    expect(path).toMatch(/^src\/(slices\/carrier|config|local)\//)
})

test('only postMessage sends, and it takes a message that was claimed', () => {
  expect(filesWith(/[cC]arrier\.send\(/)).toEqual([
    // Wraps the carrier that postMessage is given, and hands on what it was called with.
    'src/app/trace-carrier.ts',
    'src/slices/messages/post-message.ts',
  ])
  const wrapper = readFileSync(join(root, 'src/app/trace-carrier.ts'), 'utf8')
  expect(wrapper.match(/\.send\(/g)).toHaveLength(1)
  expect(wrapper).toMatch(/send: \(input\) => .*=> carrier\.send\(input\)\)/)
  expect(filesWith(/\btraceCarrier\(/)).toEqual(['src/app/app-context.ts', 'src/app/trace-carrier.ts'])
  const post = readFileSync(join(root, 'src/slices/messages/post-message.ts'), 'utf8')
  expect(post).toMatch(/message: ClaimedMessage/)
  expect(filesWith(/\bpostMessage\(/)).toEqual([
    'src/slices/messages/account-pump.ts',
    'src/slices/messages/post-message.ts',
  ])
})

test('only the claim makes claimed messages', () => {
  const makers = filesWith(
    /\): ClaimedMessage \{|as ClaimedMessage|<ClaimedMessage>|satisfies ClaimedMessage/,
  )
  expect(makers).toEqual(['src/slices/messages/claim-messages.ts'])
})
