import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { readAudience } from './audience.js'
import { failureLimits, judgeFailures } from './failure-limits.js'
import { OUTAGE, resumesByItself, whyNotGoOn, type FundingFacts } from './may-go-on.js'
import { readFooter } from './opt-out-footer.js'
import { outranks, pauseReasons } from './pause-reason.js'
import { whyStale } from './quote-freshness.js'
import { QuoteTally } from './quote-tally.js'

test('marketing always names STOP as a word; nothing said means our wording', () => {
  expect(readFooter('marketing', undefined)).toEqual({ ok: true, footer: 'Reply STOP to opt out.' })
  expect(readFooter('marketing', 'stop = end')).toEqual({ ok: true, footer: 'stop = end' })
  expect(readFooter('marketing', 'Antworte STOP.')).toEqual({ ok: true, footer: 'Antworte STOP.' })
  expect(readFooter('marketing', null)).toEqual({ ok: false, reason: 'footer-missing' })
  expect(readFooter('marketing', '  ')).toEqual({ ok: false, reason: 'footer-missing' })
  expect(readFooter('marketing', 'Nonstop offers')).toEqual({ ok: false, reason: 'footer-without-stop' })
  expect(readFooter('marketing', 'STOP {{first_name}}')).toEqual({ ok: false, reason: 'footer-unusable' })
  expect(readFooter('transactional', undefined)).toEqual({ ok: true, footer: null })
  expect(readFooter('transactional', 'Your dentist')).toEqual({ ok: true, footer: 'Your dentist' })
})

test('an audience written in another order is the same audience', () => {
  const importId = '019A0000-0000-7000-8000-000000000001'
  expect(readAudience({ tags: ['VIP', ' b ', 'vip'], importId })).toEqual({
    tags: ['b', 'vip'],
    importId: importId.toLowerCase(),
  })
  expect(readAudience({})).toEqual({})
  expect(readAudience({ importId: 'x' })).toBeNull()
  expect(readAudience({ tags: [''] })).toBeNull()
})

const funded: FundingFacts = {
  subscriptionActive: true,
  accountStopped: false,
  disputed: false,
  availableCredits: 10,
  reserveCredits: 8,
  debtCredits: 0,
  nextCost: 2,
  capCredits: 5,
  heldCredits: 1,
  capturedCredits: 2,
}

test('goes on exactly while the next message fits above the reserve and below the cap', () => {
  expect(whyNotGoOn(funded)).toBeNull()
  expect(whyNotGoOn({ ...funded, availableCredits: 9 })).toBe('insufficient-credits')
  expect(whyNotGoOn({ ...funded, capturedCredits: 3 })).toBe('cap-reached')
  expect(whyNotGoOn({ ...funded, capturedCredits: 3, capCredits: null })).toBeNull()
  expect(whyNotGoOn({ ...funded, debtCredits: 1 })).toBe('in-debt')
  expect(whyNotGoOn({ ...funded, subscriptionActive: false })).toBe('subscription-inactive')
  expect(whyNotGoOn({ ...funded, disputed: true, debtCredits: 1 })).toBe('billing-dispute')
  expect(whyNotGoOn({ ...funded, accountStopped: true, subscriptionActive: false })).toBe('account-stopped')
  expect(whyNotGoOn({ ...funded, nextCost: null, availableCredits: 8 })).toBe('insufficient-credits')
})

test('only pauses that came by themselves end by themselves, money and subscription only when the owner chose it', () => {
  const by = (autoResume: boolean, carrierAvailable: boolean, detail: string | null = null): string[] =>
    pauseReasons.filter((reason) => resumesByItself({ reason, detail, autoResume, carrierAvailable }))

  expect(by(false, true)).toEqual([])
  expect(by(true, true)).toEqual(['credits_exhausted', 'subscription_inactive', 'cap_reached'])
  expect(by(false, true, OUTAGE)).toEqual(['carrier_unavailable'])
  expect(by(false, false, OUTAGE)).toEqual([])
  expect(by(false, true, 'class:A')).toEqual([])
})

test('a person outranks an automatic pause, the platform outranks a person, nothing outranks itself', () => {
  expect(outranks('by_user', 'credits_exhausted')).toBe(true)
  expect(outranks('credits_exhausted', 'by_user')).toBe(false)
  expect(outranks('by_administrator', 'by_user')).toBe(true)
  expect(outranks('error_rate', 'credits_exhausted')).toBe(false)
  for (const reason of pauseReasons) expect(outranks(reason, reason)).toBe(false)
})

test('account-wide and configuration failures stop at once, others by their share of enough messages', () => {
  expect(judgeFailures({ A: 1 }, { failed: 1, settled: 1 }, failureLimits)).toEqual({
    pause: 'carrier_unavailable',
    detail: 'class:A',
  })
  expect(judgeFailures({ P: 1 }, { failed: 99, settled: 99 }, failureLimits)).toBeNull()
  expect(judgeFailures({ P: 1 }, { failed: 50, settled: 100 }, failureLimits)).toBeNull()
  expect(judgeFailures({ P: 1 }, { failed: 51, settled: 100 }, failureLimits)?.pause).toBe('error_rate')
})

test('a quote says each way in which it is stale', () => {
  const now = new Date('2026-03-02T12:00:00Z')
  const fresh = {
    contentMatches: true,
    quotePriceVersion: 1,
    currentPriceVersion: 1,
    quotedAt: new Date('2026-03-01T12:00:00Z'),
    now,
  }

  expect(whyStale(fresh)).toEqual([])
  expect(
    whyStale({
      ...fresh,
      contentMatches: false,
      currentPriceVersion: 2,
      quotedAt: new Date('2026-03-01T11:59:59Z'),
    }),
  ).toEqual(['content-changed', 'prices-changed', 'expired'])
})

test('a quote of nobody has zeros', () => {
  expect(new QuoteTally().figures()).toMatchObject({
    audienceSize: 0,
    recipients: 0,
    credits: 0,
    creditsMin: 0,
    segmentsTypical: 0,
  })
})

test('the figures of a quote are those of its recipients', () => {
  const text = fc.record({
    country: fc.constantFrom('US', 'CA', 'GB'),
    segments: fc.integer({ min: 1, max: 10 }),
    credits: fc.integer({ min: 1, max: 80 }),
    encoding: fc.constantFrom('GSM-7' as const, 'UCS-2' as const),
    nonGsmCharacters: fc.constant(['–']),
  })
  fc.assert(
    fc.property(fc.array(text, { minLength: 1 }), fc.nat(20), (texts, skips) => {
      const tally = new QuoteTally()
      for (const each of texts) tally.add(each)
      for (let skip = 0; skip < skips; skip += 1) tally.skip('no_consent')

      const figures = tally.figures()

      const segments = texts.map((each) => each.segments).sort((left, right) => left - right)
      expect(figures.audienceSize).toBe(texts.length + skips)
      expect(figures.recipients).toBe(texts.length)
      expect(figures.credits).toBe(texts.reduce((sum, each) => sum + each.credits, 0))
      expect(figures.segmentsTypical).toBe(segments[Math.ceil(texts.length / 2) - 1])
      expect([figures.segmentsMin, figures.segmentsMax]).toEqual([segments[0], segments.at(-1)])
      expect(figures.countries.reduce((sum, each) => sum + each.credits, 0)).toBe(figures.credits)
      const ucs2 = texts.filter((each) => each.encoding === 'UCS-2').length
      expect(figures.culprits).toEqual(ucs2 === 0 ? [] : [{ character: '–', recipients: ucs2 }])
    }),
  )
})
