import { promises as dns, type LookupAddress } from 'node:dns'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { systemClock } from '../../src/kernel/clock.js'
import { checkUrl } from '../../src/slices/endpoints/http/check-url.js'
import { createPoster } from '../../src/slices/endpoints/index.js'
import { isPublicAddress } from '../../src/slices/endpoints/http/public-address.js'
import { askNameServers, publicLookup } from '../../src/slices/endpoints/http/public-lookup.js'
import { startNameServer, type NameServer } from '../support/name-server.js'
import { startWebhookReceiver, type WebhookReceiver } from '../support/webhook-receiver.js'

let receiver: WebhookReceiver

beforeAll(async () => {
  receiver = await startWebhookReceiver()
})

afterAll(() => receiver.stop())

const strict = { allowsPrivate: false }

test.each([
  ['http://example.com/hook', 'url-not-https'],
  ['ftp://example.com/hook', 'url-not-https'],
  ['javascript:alert(1)', 'url-unreadable'],
  ['file:///etc/passwd', 'url-unreadable'],
  ['example.com/hook', 'url-unreadable'],
  ['https://', 'url-unreadable'],
  ['https://example.com/#part', 'url-unreadable'],
  [`https://example.com/${'x'.repeat(2_000)}`, 'url-unreadable'],
  ['https://user:word@example.com/hook', 'url-has-credentials'],
  ['https://word@example.com/hook', 'url-has-credentials'],
  ['https://example.com:22/', 'url-port-not-allowed'],
  ['https://example.com:25/', 'url-port-not-allowed'],
  ['https://localhost/', 'url-not-public'],
  ['https://LOCALHOST./', 'url-not-public'],
  ['https://db.internal/', 'url-not-public'],
  ['https://localhost../', 'url-not-public'],
  ['https://a.localhost/', 'url-not-public'],
  ['https://metadata/', 'url-not-public'],
  ['https://postgres.:5432/', 'url-not-public'],
  ['https://127.0.0.1/', 'url-not-public'],
  ['https://127.0.0.1./', 'url-not-public'],
  ['https://2130706433/', 'url-not-public'],
  ['https://0x7f000001/', 'url-not-public'],
  ['https://017700000001/', 'url-not-public'],
  ['https://0/', 'url-not-public'],
  ['https://169.254.169.254/', 'url-not-public'],
  ['https://168.63.129.16/', 'url-not-public'],
  ['https://[::1]/', 'url-not-public'],
  ['https://[::]/', 'url-not-public'],
  ['https://[::127.0.0.1]/', 'url-not-public'],
  ['https://[::ffff:127.0.0.1]/', 'url-not-public'],
  ['https://[64:ff9b::10.0.0.1]/', 'url-not-public'],
  ['https://[fe80::1%25eth0]/', 'url-unreadable'],
  // As browsers read it: wide digits, circled letters, soft hyphens and escapes are what they look like.
  ['https://１２７.0.0.1/', 'url-not-public'],
  ['https://ⓛocalhost/', 'url-not-public'],
  ['https://loc\u00adalhost/', 'url-not-public'],
  ['https://%6c%6f%63%61lhost/', 'url-not-public'],
  ['https://example.com:0/', 'url-port-not-allowed'],
  ['https://example.com@127.0.0.1/', 'url-has-credentials'],
])('%s is no address of an endpoint: %s', (url, reason) => {
  expect(checkUrl(url, strict)).toEqual({ ok: false, reason })
})

test.each([
  'https://example.com/hook',
  'https://example.com:8443/hook?a=b',
  'https://xn--bcher-kva.example/',
  'https://93.184.216.34/hook',
  // A backslash begins the path: the host is the first one.
  'https://example.com/@127.0.0.1/',
])('%s is one', (url) => {
  expect(checkUrl(url, strict)).toEqual({ ok: true, url })
})

test.each([
  '127.0.0.1',
  '10.1.2.3',
  '172.16.0.1',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '0.0.0.0',
  '224.0.0.1',
  '255.255.255.255',
  '198.18.0.1',
  '192.0.2.1',
  '::1',
  '::',
  'fe80::1',
  'fe80::1%eth0',
  'fd00::1',
  'ff02::1',
  '::ffff:127.0.0.1',
  '::ffff:10.0.0.1',
  '::ffff:a00:1',
  '64:ff9b::7f00:1',
  '64:ff9b:1::a00:1',
  '2002:7f00:1::',
  '2001::1',
  '::127.0.0.1',
  '::7f00:1',
  '::a00:1',
  'fec0::1',
  '2001:db8::1',
  '100::1',
  '5f00::1',
  '64:ff9b:ffff::1',
  '4000::1',
  '192.0.0.192',
  '240.0.0.1',
  '168.63.129.16',
  '::ffff:168.63.129.16',
  'nonsense',
])('%s is no public address', (address) => {
  expect(isPublicAddress(address)).toBe(false)
})

test.each(['93.184.216.34', '8.8.8.8', '2606:2800:220:1:248:1893:25c8:1946', '::ffff:8.8.8.8'])(
  '%s is one',
  (address) => {
    expect(isPublicAddress(address)).toBe(true)
  },
)

const resolvingTo =
  (addresses: string[]) =>
  (_hostname: string): Promise<LookupAddress[]> =>
    Promise.resolve(addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })))

const post = async (url: string, resolve: Parameters<typeof publicLookup>[0], callMs = 500) => {
  const poster = createPoster({ clock: systemClock, ...strict, callMs, lookup: publicLookup(resolve) })
  try {
    return await poster.post({ url, headers: {}, body: '{}' })
  } finally {
    await poster.close()
  }
}

test('a name that stands for a private address when the connection is opened is not connected to', async () => {
  const { port } = new URL(receiver.url)
  // Whatever it stood for before: every connection asks again, and uses what it was told.
  for (const addresses of [['127.0.0.1'], ['93.184.216.34', '127.0.0.1'], ['::ffff:127.0.0.1'], ['::1']]) {
    const outcome = await post(`http://rebound.test:${port}/`, resolvingTo(addresses))
    expect(outcome).toMatchObject({ problem: 'address-not-public', status: null })
  }
  expect(receiver.connections).toBe(0)
})

test.each([
  '127.0.0.1',
  '[::1]',
  '[::127.0.0.1]',
  '[::ffff:127.0.0.1]',
  '2130706433',
  '0x7f.1',
  '0177.0.0.1',
  '127.1',
])('the address %s itself is not connected to', async (host) => {
  const { port } = new URL(receiver.url)
  expect(await post(`http://${host}:${port}/`, resolvingTo(['93.184.216.34']))).toMatchObject({
    problem: 'address-not-public',
  })
  expect(receiver.connections).toBe(0)
})

describe('a name server', () => {
  let nameServer: NameServer

  beforeAll(async () => {
    nameServer = await startNameServer()
  })

  afterAll(() => nameServer.stop())

  const ask = (host: string) => {
    const { port } = new URL(receiver.url)
    const resolve = askNameServers({ servers: [nameServer.address], timeoutMs: 300 })
    return post(`http://${host}:${port}/`, resolve, 10_000)
  }

  test('that says nothing ends the calls in time, and keeps nobody else waiting for their names', async () => {
    nameServer.answers = () => null
    let ended = 0
    // More than the process has threads for the names of everything else.
    const calls = Array.from({ length: 16 }, async (_call, n) => {
      const outcome = await ask(`silent-${String(n)}.test`)
      ended += 1
      return outcome
    })
    await dns.lookup('localhost')
    expect(ended).toBe(0)

    for (const outcome of await Promise.all(calls)) {
      expect(outcome).toMatchObject({ problem: 'name-not-found', status: null })
      expect(outcome.durationMs).toBeLessThan(5_000)
    }
  })

  test.each([
    [{ rcode: 0 }, 'no address'],
    [{ rcode: 2 }, 'a failure of its own'],
    [{ rcode: 3 }, 'no such name'],
    [{ rcode: 5 }, 'a refusal'],
  ])('that answers %j, %s, is a name that was not found', async (answer) => {
    nameServer.answers = () => answer
    expect(await ask('nowhere.test')).toMatchObject({ problem: 'name-not-found' })
  })

  test.each(['10.0.0.1', '127.0.0.1', '169.254.169.254'])(
    'that names the private address %s is not followed there',
    async (ipv4) => {
      const before = receiver.connections
      nameServer.answers = () => ({ rcode: 0, ipv4 })
      expect(await ask('inside.test')).toMatchObject({ problem: 'address-not-public', status: null })
      expect(receiver.connections).toBe(before)
    },
  )
})

test('where private addresses are allowed the same server is reached', async () => {
  const poster = createPoster({ clock: systemClock, allowsPrivate: true })
  expect(await poster.post({ url: receiver.url, headers: {}, body: '{}' })).toMatchObject({ problem: null })
  expect(receiver.connections).toBe(1)
  await poster.close()
})

test('a kept connection leads where it was looked at, and the next one is looked at again', async () => {
  const looked: string[] = []
  const strictLookup = publicLookup(resolvingTo(['10.0.0.1']))
  const before = receiver.connections
  const poster = createPoster({
    clock: systemClock,
    ...strict,
    lookup: (hostname, options, done) => {
      looked.push(hostname)
      // The first time it stands for a host that may be called; then somebody changes the name.
      if (looked.length > 1) strictLookup(hostname, options, done)
      else done(null, [{ address: '127.0.0.1', family: 4 }])
    },
  })
  const url = `http://rebound.test:${new URL(receiver.url).port}/`
  const call = { url, headers: {}, body: '{}' }
  receiver.answer = (_call, response) => {
    if (looked.length === 1 && receiver.received.at(-2)?.path === '/')
      response.setHeader('connection', 'close')
    response.end()
  }
  receiver.received.length = 0

  expect(await poster.post(call)).toMatchObject({ problem: null })
  // The connection is free for the next call when its answer has been read to the end.
  await new Promise((resolve) => setImmediate(resolve))
  expect(await poster.post(call)).toMatchObject({ problem: null })
  expect(receiver.connections - before).toBe(1)
  expect(await poster.post(call)).toMatchObject({ problem: 'address-not-public' })

  expect(receiver.connections - before).toBe(1)
  expect(looked).toEqual(['rebound.test', 'rebound.test'])
  // The receiver is told the name that was asked for, and nothing of ours.
  expect(receiver.received[0]?.headers['host']).toBe(new URL(url).host)
  await poster.close()
})

test('variables of the environment that name a proxy change nothing', async () => {
  const proxy = await startWebhookReceiver()
  const names = ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'ALL_PROXY', 'NODE_USE_ENV_PROXY']
  const saved = names.map((name) => [name, process.env[name]] as const)
  for (const name of names) process.env[name] = name === 'NODE_USE_ENV_PROXY' ? '1' : proxy.url
  const poster = createPoster({ clock: systemClock, allowsPrivate: true })
  try {
    receiver.received.length = 0
    await poster.post({ url: `${receiver.url}/direct`, headers: {}, body: '{}' })
  } finally {
    for (const [name, value] of saved)
      if (value === undefined) Reflect.deleteProperty(process.env, name)
      else process.env[name] = value
    await poster.close()
    await proxy.stop()
  }

  expect(receiver.received.map(({ path }) => path)).toEqual(['/direct'])
  expect(proxy.connections).toBe(0)
})
