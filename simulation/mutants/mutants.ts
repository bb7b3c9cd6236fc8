import {
  all,
  funded,
  policy,
  withAccounts,
  withCarrier,
  withFates,
  withPlan,
  withTransactions,
} from './focus.js'
import { ledgerWithOnConflict } from './ledger-with-on-conflict.js'
import type { Mutant } from './mutant.js'

const claim = 'slices/messages/claim-messages.js'
const judge = 'slices/messages/judge-candidates.js'
const post = 'slices/messages/post-message.js'
const lookUp = 'slices/messages/domain/look-up.js'
const transaction = 'platform/db/transaction.js'
const quiet = { lost: 100, doubled: 0, delayMaxMs: 2_000 }

/** Every one of them must be caught, or the simulation is blind. */
export const mutants = {
  'requeue-after-lease': {
    repeats: 'B1',
    what: 'the attempt of a lost worker goes back into the queue',
    harm: ['X1', 'X2', 'I8'],
    source: [
      {
        file: 'slices/messages/rescue-attempts.js',
        from: "{ kind: 'unknown', reason: 'worker-lost' }",
        to: "{ kind: 'not_sent', failureClass: 'R', retryable: true, optedOut: false, blocksSender: false, errorCode: null, reason: 'worker-lost' }",
      },
    ],
    focus: all(funded, withPlan({ kills: 4, stalls: 2 })),
  },
  'resend-without-fence': {
    repeats: 'C1',
    what: 'an empty list counts as proof although late requests are accepted',
    harm: ['X1', 'X2', 'I8'],
    source: [
      {
        file: claim,
        from: 'unknownPolicy: input.fenced && control.fenceProved',
        to: 'unknownPolicy: true',
      },
      {
        file: 'slices/messages/store/open-attempts.js',
        from: "case when (select fence_proved_at from platform_control) is null then 'P0' else c.unknown_policy end",
        to: 'c.unknown_policy',
      },
    ],
    focus: all(
      funded,
      policy('P1', false),
      withFates([1, 'late'], [1, 'answered']),
      withCarrier({ lateMaxMs: 3_600_000 }),
    ),
  },
  'list-lag-ignored': {
    repeats: 'C3',
    what: 'an empty list counts before it has had time to show everything',
    harm: ['X1', 'X2', 'I8'],
    source: [
      { file: lookUp, from: 'asked <= until + facts.listLagMs', to: 'asked <= until' },
      {
        file: 'slices/messages/resolve-unknown.js',
        from: 'now.minus(options.clockSkewMs + options.listLagMs)',
        to: 'now.minus(options.clockSkewMs)',
      },
    ],
    focus: all(
      funded,
      policy('P1', true),
      withFates([6, 'answer-lost'], [1, 'answered']),
      withCarrier({ listLagMaxMs: 118_000, callbacks: quiet }),
      withTransactions({}),
      withPlan({ kills: 0, stalls: 0, administrators: 0, steps: 70 }),
    ),
  },
  'unproven-released': {
    repeats: 'D2',
    what: 'under P0 the hold is released when nothing is found, without a fence',
    harm: ['X2', 'X4', 'I8'],
    source: [
      {
        file: 'slices/messages/domain/settlement.js',
        from: "return { attempt: 'unproven', message: 'unproven', credits: 'capture', retry: false };",
        to: "return { attempt: 'absent', message: 'failed', credits: 'release', retry: false };",
      },
    ],
    focus: all(
      funded,
      policy('P0', false),
      withFates([2, 'late'], [1, 'answered']),
      withCarrier({ lateMaxMs: 3_600_000, callbacks: { lost: 0, doubled: 0, delayMaxMs: 2_000 } }),
    ),
  },
  'consent-read-before': {
    repeats: 'E1',
    what: 'consent is read before the transaction that claims',
    harm: ['I10'],
    source: [
      {
        file: claim,
        from: 'const sight = {',
        to: `const { lane } = input;
    const asked = { accountId: lane.accountId, campaignId: lane.campaignId, senderId: input.sender.id, now: deps.clock.now().toJSDate(), limit: input.limit };
    const early = await readCandidates({ query: (sql, params) => deps.db.dataSource.query(sql, params) }, asked);
    deps = { ...deps, consents: new Map(early.map((row) => [row.id, row])) };
    const sight = {`,
      },
      {
        file: claim,
        from: 'const judged = sortByVerdict(candidates,',
        to: `for (const row of candidates) { const seen = deps.consents.get(row.id); if (seen) Object.assign(row, { consent_granted: seen.consent_granted, consent_event_id: seen.consent_event_id }); }
    const judged = sortByVerdict(candidates,`,
      },
    ],
    focus: all(
      funded,
      withPlan({
        administrators: 12,
        orders: ['revoke', 'agree'],
        batchSize: 1,
        steps: 110,
        kills: 0,
        stalls: 0,
      }),
      withTransactions({}),
    ),
  },
  'pause-at-the-edge': {
    repeats: 'I1',
    what: 'a campaign without credits pauses while texts are in flight, and resumes only when credits come in',
    harm: ['L3'],
    source: [
      {
        file: 'slices/campaigns/pause-blocked.js',
        from: '(!hasNext || tally.dispatching > 0)',
        to: '!hasNext',
      },
    ],
    variation: { resumesOnGrantOnly: true },
    focus: all(
      funded,
      withAccounts((plan) => ({
        ...plan,
        credits: 1,
        campaigns: plan.campaigns.map((campaign) => ({ ...campaign, autoResume: true, twoSegments: false })),
      })),
      withFates([2, 'refused'], [1, 'answered']),
      withCarrier({ codes: [21211] }),
      withPlan({ administrators: 0 }),
    ),
  },
  'stale-look-up': {
    repeats: 'J1, finding 7',
    what: 'a look-up takes whatever the list shows later for its own attempt',
    harm: ['I8', 'X1', 'X3', 'X5'],
    source: [
      { file: lookUp, from: '&&\n        item.createdAt.getTime() <= until', to: '' },
      { file: lookUp, from: '!item.taken &&', to: '' },
    ],
    focus: all(
      funded,
      policy('P1', true),
      withFates([3, 'request-lost'], [1, 'answer-lost']),
      withCarrier({ listLagMaxMs: 0, callbacks: quiet, listUnavailable: 0, listDelayMaxMs: 200_000 }),
      withTransactions({}),
      withPlan({ workers: 3, steps: 150, stalls: 0, administrators: 0, kills: 0 }),
    ),
  },
  'two-texts-to-a-number': {
    repeats: 'K1',
    what: 'a number with an unknown outcome gets another text',
    harm: ['I22', 'X1', 'X2', 'X3'],
    schema: 'drop index one_unresolved_per_phone',
    statements: {
      'messages.readCandidates': [
        "(select true from attempt a where a.sender_id = $5 and a.phone = m.phone and a.state in ('dispatching', 'unknown')) is not null",
        '($5::int is null)',
      ],
    },
    source: [{ file: judge, from: 'row.phone_busy || phones.has(row.phone)', to: 'false' }],
    focus: withAccounts((plan) => ({
      ...plan,
      credits: 12,
      singles: [0, 1].map(() => ({ phone: plan.contacts[0] ?? '', cost: 1, expiresInMs: null })),
    })),
  },
  'taken-back-is-retried': {
    repeats: 'an appointment that was moved',
    what: 'a text that was taken back in flight is tried again when its call fails',
    harm: ['I31'],
    schema: 'alter table message drop constraint taken_back_is_not_sent_again',
    source: [{ file: 'slices/messages/domain/settlement.js', from: 'retry && isTakenBack', to: 'false' }],
    focus: all(
      withAccounts((plan) => ({
        ...plan,
        credits: 12,
        singles: [{ phone: plan.contacts[0] ?? '', cost: 1, expiresInMs: null }],
        campaigns: plan.campaigns.slice(0, 1).map((campaign) => ({ ...campaign, begin: 'draft' as const })),
      })),
      withFates([3, 'throttled'], [2, 'request-lost'], [1, 'answered']),
      withPlan({ administrators: 8, orders: ['take back'], kills: 0 }),
    ),
  },
  'ledger-on-conflict': ledgerWithOnConflict,
  'no-sentinel': {
    repeats: 'B4, finding 4',
    what: 'a commit of a transaction that had failed unseen passes for one',
    harm: ['X1', 'X2'],
    source: [{ file: transaction, from: 'select 1; commit', to: 'commit' }],
    focus: all(funded, withTransactions({ aborted: 15 })),
  },
  'post-after-lost-ack': {
    repeats: 'B3',
    what: 'the call is made although nobody knows whether its intent was committed',
    harm: ['X1', 'X2'],
    source: [{ file: transaction, from: 'throw new AmbiguousCommit(name, error)', to: 'return' }],
    focus: all(funded, withTransactions({ 'commit-lost': 15 })),
  },
  'post-in-transaction': {
    repeats: 'A',
    what: 'the call is made inside the transaction, which rolls back when it times out',
    harm: ['X1', 'X2'],
    source: [
      {
        file: claim,
        from: 'await writeIntent(tx, { ...input, notAfter }, control, chosen, { now, window });\n    return',
        to: `await writeIntent(tx, { ...input, notAfter }, control, chosen, { now, window });
    for (const { row, attemptId } of chosen) {
      row.answer = await deps.carrier.send({ attemptId, to: row.phone, body: row.body, sender: input.sender.address,
        validityPeriodSeconds: 60, credential: { notAfter: input.notAfter, sendBeforeMs: Infinity } });
      if (row.answer.kind === 'unknown') throw Object.assign(new Error('timeout'), { name: 'ConnectionBroke' });
    }
    return`,
      },
      {
        file: claim,
        from: 'phone: row.phone,\n        body',
        to: 'answer: row.answer, phone: row.phone,\n        body',
      },
      {
        file: post,
        from: 'const answer = await deps.carrier.send(',
        to: 'const answer = message.answer ?? await deps.carrier.send(',
      },
    ],
    variation: { postsInTransaction: true },
    focus: all(funded, withFates([1, 'answer-lost'], [1, 'answered'])),
  },
  'client-retries': {
    repeats: 'finding 1',
    what: "the carrier's client repeats a call that timed out",
    harm: ['X1'],
    variation: { clientRetries: true },
    focus: all(funded, withFates([1, 'answer-lost'], [1, 'reset-after'], [1, 'answered'])),
  },
} as const satisfies Record<string, Mutant>

export type MutantName = keyof typeof mutants
export const mutantNames = Object.keys(mutants) as MutantName[]
export const mutantOf = (name: MutantName): Mutant => mutants[name]
