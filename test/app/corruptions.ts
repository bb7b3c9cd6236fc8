/** One way in which data can be wrong, past every trigger and constraint. */
export interface Corruption {
  /** The invariant that must notice. */
  invariant: string
  /** What is wrong. */
  what: string
  /** Run with triggers and foreign keys off. */
  sql: string
}

/** A row of the campaign in healthy-database.ts: the first one in this state, in the frozen order. */
const messageIn = (state: string): string =>
  `(select id from message where state = '${state}' and campaign_id is not null order by ordinal limit 1)`
const attemptIn = (state: string): string =>
  `(select a.id from attempt a join message m on m.id = a.message_id where a.state = '${state}' and m.campaign_id is not null
    order by m.ordinal, a.n limit 1)`
/** The account of the campaign. */
const account = '(select account_id from campaign limit 1)'
const otherAccount = '(select id from account where id not in (select account_id from campaign) limit 1)'

const withoutChecks = (table: string): string =>
  `do $$ declare c record; begin
     for c in select conname from pg_constraint where conrelid = '${table}'::regclass and contype = 'c' loop
       execute format('alter table ${table} drop constraint %I', c.conname);
     end loop;
   end $$;`

const changed = (table: string, set: string, where = `account_id = ${account}`): string =>
  `update ${table} set ${set} where ${where};`

const aNotification = (state: string): string =>
  `insert into notification (account_id, appointment_id, revision, context, offset_minutes, party_id, nominal_at, due_at, useful_until,
    state, reason, message_id, voided_ord) select ${account}, gen_random_uuid(), 1, 'cancellation', 0, gen_random_uuid(), now(), now(),
    now(), ${state};`

const anEmail = (messageId: string, outcomes: readonly string[]): string =>
  `insert into email_fallback (message_id, account_id, why, state, tries, not_before, address, created_at, changed_at)
     values (${messageId}, ${account}, 'failed', 'sent', 1, now(), 'ada@people.test', now(), now());
   insert into email_attempt (message_id, n, outcome, at)
     select ${messageId}, n, outcome, now() from unnest('{${outcomes.join()}}'::text[]) with ordinality as t (outcome, n);`

const aPurchase = `insert into billing_purchase (id, account_id, order_id, credits, clawed_credits, created_at)`

export const corruptions: readonly Corruption[] = [
  { invariant: 'I1', what: 'a bucket is off by one', sql: changed('credit_balance', 'spent = spent + 1') },
  {
    invariant: 'I1',
    what: 'a balance has forgotten a transfer',
    sql: changed('credit_balance', 'seq = seq - 1'),
  },
  {
    invariant: 'I2',
    what: 'a bucket is negative',
    sql: withoutChecks('credit_balance') + changed('credit_balance', 'available = -1'),
  },
  {
    invariant: 'I2',
    what: 'credits are available next to debt',
    sql: withoutChecks('credit_balance') + changed('credit_balance', 'available = 5, debt = 1'),
  },
  { invariant: 'I3', what: 'too much is held', sql: changed('credit_balance', 'held = held + 1') },
  {
    invariant: 'I3',
    what: 'a message in flight costs more than its hold',
    sql: changed('message', 'cost = cost + 1', `id = ${messageIn('dispatching')}`),
  },
  {
    invariant: 'I4',
    what: 'an open hold has lost its message',
    sql: changed('message', `state = 'pending', attempt_id = null`, `id = ${messageIn('unknown')}`),
  },
  {
    invariant: 'I5',
    what: 'a capture has no charged message',
    sql: changed('message', `state = 'failed', attempt_id = null`, `id = ${messageIn('accepted')}`),
  },
  {
    invariant: 'I5',
    what: 'an accepted message was never charged',
    sql: changed('message', `state = 'accepted'`, `id = ${messageIn('dispatching')}`),
  },
  {
    invariant: 'I5',
    what: 'a capture is of another size than its message',
    sql: changed('credit_transfer', 'amount = amount + 1', `kind = 'capture' and account_id = ${account}`),
  },
  {
    invariant: 'I6',
    what: "an accepted message lacks the carrier's id",
    sql: withoutChecks('attempt') + changed('attempt', 'sid = null', `id = ${attemptIn('accepted')}`),
  },
  {
    invariant: 'I6',
    what: "an accepted message names another message's attempt",
    sql: changed('message', `attempt_id = ${attemptIn('unknown')}`, `id = ${messageIn('accepted')}`),
  },
  {
    invariant: 'I7',
    what: 'the carrier has a second id for a message',
    sql: `insert into carrier_observation (sid, attempt_id, message_id, source)
      select 'SMsecond', id, message_id, 'callback' from attempt where id = ${attemptIn('accepted')};`,
  },
  {
    invariant: 'I8',
    what: 'the carrier has an id for an attempt that counts as not sent',
    sql: `insert into carrier_observation (sid, attempt_id, message_id, source)
      select 'SMlate', id, message_id, 'callback' from attempt where id = ${attemptIn('absent')};`,
  },
  {
    invariant: 'I8',
    what: 'what the policy gave back was accepted and not charged again',
    sql: `update ledger_block set actor = 'messages:policy'; delete from credit_transfer where kind = 'late_charge';`,
  },
  {
    invariant: 'I9',
    what: 'a message that was sent again has its first attempt out as well',
    sql: changed(
      'attempt',
      `state = 'unknown'`,
      `id = ${attemptIn('not_sent')} or id = ${attemptIn('absent')}`,
    ),
  },
  {
    invariant: 'I10',
    what: 'somebody was texted who never agreed',
    sql: `delete from consent_event where phone = (select phone from attempt where id = ${attemptIn('accepted')});`,
  },
  {
    invariant: 'I10',
    what: 'somebody was texted who had taken it back before the claim',
    sql: `insert into consent_event (ord, account_id, phone, purpose, action, method, occurred_at, recorded_at)
      select c.ord - 1, a.account_id, a.phone, 'marketing', 'revoke', 'inbound_sms', '2026-01-02', '2026-01-02'
      from attempt a join claim c on c.id = a.claim_id where a.id = ${attemptIn('accepted')};`,
  },
  {
    invariant: 'I10',
    what: 'an attempt names another consent than the one in force',
    sql: changed('attempt', 'consent_event_id = uuidv7()', `id = ${attemptIn('accepted')}`),
  },
  {
    invariant: 'I11',
    what: 'the account was stopped',
    sql: changed('control_event', `state = 'may_not_send'`, `kind = 'account' and key = ${account}`),
  },
  {
    invariant: 'I11',
    what: 'the campaign was paused',
    sql: changed('control_event', `state = 'paused'`, `kind = 'campaign' and state = 'running'`),
  },
  {
    invariant: 'I12',
    what: 'a transfer was changed',
    sql: changed('credit_transfer', 'lot_no = lot_no + 1', `kind = 'hold' and account_id = ${account}`),
  },
  {
    invariant: 'I12',
    what: 'a reason was changed',
    sql: changed(
      'ledger_block',
      `reason = 'nothing to see here'`,
      `account_id = ${account} and block_no = 1`,
    ),
  },
  {
    invariant: 'I12',
    what: 'the terms of a lot were changed',
    sql: changed('credit_lot', `expires_at = '2036-01-01'`),
  },
  {
    invariant: 'I12',
    what: 'a block was taken out',
    sql: `delete from ledger_block where account_id = ${account} and block_no = 2;`,
  },
  {
    invariant: 'I12',
    what: 'the newest block was taken out',
    sql: `delete from ledger_block b using credit_balance c where b.account_id = c.account_id and b.block_no = c.block_no
      and b.account_id = ${account};`,
  },
  {
    invariant: 'I12',
    what: 'a block was replaced, its hash made anew',
    sql: `update ledger_block b set actor = 'user:somebody-else' where account_id = ${account} and block_no = 2;
      update ledger_block b set hash = block_hash(b, (select string_agg(transfer_text(t), E'\\n' order by t.seq) from credit_transfer t
        where t.account_id = b.account_id and t.seq between b.first_seq and b.last_seq), null)
      where account_id = ${account} and block_no = 2;`,
  },
  { invariant: 'I12', what: 'the head is another one', sql: changed('credit_balance', `head = '\\x01'`) },
  {
    invariant: 'I13',
    what: 'the first recipient got the last place',
    sql: changed('message', 'ordinal = 1000', `campaign_id is not null and ordinal = 1`),
  },
  {
    invariant: 'I14',
    what: 'a try was not counted',
    sql: changed('message', 'tries = tries - 1', `id = ${messageIn('accepted')}`),
  },
  {
    invariant: 'I14',
    what: 'an attempt was removed',
    sql: `delete from attempt where id = ${attemptIn('not_sent')};`,
  },
  {
    invariant: 'I15',
    what: 'a message is in another state than its attempt',
    sql: changed('message', `state = 'dispatching'`, `id = ${messageIn('unknown')}`),
  },
  {
    invariant: 'I15',
    what: 'a message waits although its attempt is out',
    sql: changed('message', `state = 'pending', attempt_id = null`, `id = ${messageIn('dispatching')}`),
  },
  {
    invariant: 'I16',
    what: "a message belongs to another account's campaign",
    sql: changed('campaign_control', `account_id = ${otherAccount}`),
  },
  {
    invariant: 'I16',
    what: "an attempt belongs to another account's claim",
    sql: changed('claim', `account_id = ${otherAccount}`),
  },
  {
    invariant: 'I17',
    what: 'a grant is worth more than was granted',
    sql: changed('credit_transfer', 'amount = amount + 100', `kind = 'grant' and account_id = ${account}`),
  },
  {
    invariant: 'I17',
    what: 'credits appear from nowhere',
    sql: changed('credit_balance', 'available = available + 1'),
  },
  {
    invariant: 'I17',
    what: 'holds were posted to the wrong ledger accounts',
    sql: `update transfer_kind set gives = 'funding' where kind = 'hold';
      update credit_balance b set available = e.available from (
        select account_id, sum(amount) filter (where ledger_account = 'available') as available from ledger_entry group by 1) e
      where e.account_id = b.account_id and b.debt = 0;`,
  },
  {
    invariant: 'I18',
    what: 'absence was proved while the credential still lived',
    sql: changed('claim', `not_after = '2036-01-01'`, 'true'),
  },
  {
    invariant: 'I19',
    what: 'an attempt has a smaller hold than its cost',
    sql: changed('attempt', 'cost = cost + 1', `id = ${attemptIn('dispatching')}`),
  },
  {
    invariant: 'I19',
    what: 'an attempt that was not sent kept its credits',
    sql: changed('attempt', `state = 'not_sent', resolved_at = now()`, `id = ${attemptIn('dispatching')}`),
  },
  {
    invariant: 'I19',
    what: 'an attempt that was sent cost nothing',
    sql: changed('credit_transfer', `kind = 'release'`, `kind = 'capture' and account_id = ${account}`),
  },
  {
    invariant: 'I20',
    what: 'a lot has less than is available',
    sql: changed('credit_lot', 'remaining = remaining - 1'),
  },
  {
    invariant: 'I20',
    what: 'a lot has more than it was granted',
    sql: withoutChecks('credit_lot') + changed('credit_lot', 'remaining = amount + 1'),
  },
  {
    invariant: 'I21',
    what: 'one id of the carrier settled two attempts',
    sql: `drop index attempt_sid;
      update attempt set sid = (select sid from attempt where id = ${attemptIn('accepted')}) where sid is not null;`,
  },
  {
    invariant: 'I22',
    what: 'two texts to one number are of unknown outcome',
    sql: `drop index one_unresolved_per_phone;
      update attempt set phone = (select phone from attempt where id = ${attemptIn('unknown')})
      where state in ('dispatching', 'unknown');`,
  },
  {
    invariant: 'I23',
    what: 'a tally is off by one',
    sql: changed('message_tally', 'accepted = accepted + 1'),
  },
  {
    invariant: 'I23',
    what: "a tally's credits are off by one",
    sql: changed('message_tally', 'captured_credits = captured_credits + 1'),
  },
  { invariant: 'I23', what: 'a campaign has no tally', sql: 'delete from message_tally;' },
  {
    invariant: 'I24',
    what: 'a waiting message is on no list, and so would wait for ever',
    sql: `delete from message_due where message_id = ${messageIn('pending')};`,
  },
  {
    invariant: 'I24',
    what: 'a message that was sent is on the list',
    sql: `insert into message_due (message_id, account_id, campaign_id, place, not_before)
      select id, account_id, campaign_id, ordinal, not_before from message where id = ${messageIn('accepted')};`,
  },
  {
    invariant: 'I24',
    what: 'a message is listed for another time',
    sql: changed('message_due', `not_before = '2036-01-01'`),
  },
  {
    invariant: 'I25',
    what: 'a campaign was charged more than its cap',
    sql: changed('campaign_control', 'cap_credits = 1'),
  },
  {
    invariant: 'I26',
    what: 'an event is missing',
    sql: `delete from account_event where account_id = ${account} and seq = 2;`,
  },
  {
    invariant: 'I26',
    what: 'the newest event is missing',
    sql: `delete from account_event e using account_feed f where e.account_id = f.account_id and e.seq = f.last_seq;`,
  },
  {
    invariant: 'I27',
    what: 'a revoked consent counts as given',
    sql: changed('consent', 'granted = true', 'not granted'),
  },
  {
    invariant: 'I27',
    what: 'a consent rests on an older event than the newest',
    sql: `insert into consent_event (account_id, phone, purpose, action, method, occurred_at, recorded_at)
      select account_id, phone, purpose, 'revoke', 'inbound_sms', '2026-02-01', '2026-02-01' from consent where granted limit 1;`,
  },
  {
    invariant: 'I28',
    what: 'a late proof has lost its charge',
    sql: `delete from credit_transfer where kind = 'late_charge';`,
  },
  {
    invariant: 'I28',
    what: 'more was charged late than the attempt cost',
    sql: `update credit_transfer set amount = amount + 1 where kind = 'late_charge' and part = 1;`,
  },
  {
    invariant: 'I29',
    what: 'the platform was stopped',
    sql: `insert into control_event (ord, kind, state) select min(ord) - 1, 'platform', 'may_not_send' from claim;`,
  },
  {
    invariant: 'I30',
    what: 'texts were authorised after the hours of a recipient had closed',
    sql: `update claim set gate = gate || '{"quietHours": "open", "openUntil": "2020-01-01T00:00:00Z"}';`,
  },
  {
    invariant: 'I30',
    what: 'a text was let pass as an answer, and answers nothing',
    sql: `update claim set gate = gate || '{"quietHours": "answers"}';`,
  },
  {
    invariant: 'I31',
    what: 'a text went out that had been taken back before',
    sql: changed('message', `taken_back = 'why', taken_back_ord = 0`, `id = ${messageIn('accepted')}`),
  },
  {
    invariant: 'B1',
    what: 'a purchase has credits that no lot has',
    sql: `${aPurchase} select 'pi:none', ${account}, gen_random_uuid(), 5, 0, now();`,
  },
  {
    invariant: 'B2',
    what: 'a month counts a charge that there was not',
    sql: `insert into top_up_month values (${account}, '2026-03-01', 100, 50);`,
  },
  {
    invariant: 'B3',
    what: 'an account is frozen without a dispute',
    sql: changed('account_control', `billing_freeze = 'why'`),
  },
  {
    invariant: 'N1',
    what: 'a queued notification has no text',
    sql: aNotification(`'queued', null, gen_random_uuid(), null`),
  },
  {
    invariant: 'N1',
    what: 'a text about an appointment has no notification',
    sql: changed('message', `idem_key = 'appt:' || id`, `id = ${messageIn('pending')}`),
  },
  {
    invariant: 'N2',
    what: 'a text was authorised after its notification was taken back',
    sql: aNotification(`'voided', 'cancelled', ${messageIn('accepted')}, 0`),
  },
  {
    invariant: 'E1',
    what: 'an e-mail went for a text that nobody knew the outcome of',
    sql: anEmail(messageIn('unknown'), ['began', 'sent']),
  },
  {
    invariant: 'E1',
    what: 'an e-mail went for a text that the carrier had accepted and not given up',
    sql: `delete from delivery; ${anEmail(messageIn('accepted'), ['began', 'sent'])}`,
  },
  {
    invariant: 'E1',
    what: 'an e-mail went for a text that was proved to have left before',
    sql: `insert into late_proof (attempt_id, account_id, message_id, sid, closed_as, source, credits, owed, at)
        select gen_random_uuid(), ${account}, ${messageIn('failed')}, 'SM', 'absent', 'list', 0, 0, now() - interval '1 hour';
      ${anEmail(messageIn('failed'), ['began', 'sent'])}`,
  },
  {
    invariant: 'E2',
    what: 'an e-mail was tried again although the first may have gone',
    sql: anEmail(messageIn('failed'), ['began', 'uncertain', 'began', 'sent']),
  },
  {
    invariant: 'E2',
    what: 'an e-mail counts as sent and never was',
    sql: anEmail(messageIn('failed'), ['began', 'uncertain']),
  },
  {
    invariant: 'W1',
    what: 'a webhook counts as delivered and was never taken',
    sql: aWebhook({ state: 'delivered', tries: 1, attempts: [500] }),
  },
  {
    invariant: 'W1',
    what: 'a try of a webhook is missing in its log',
    sql: aWebhook({ state: 'waiting', tries: 2, attempts: [500] }),
  },
  {
    invariant: 'W2',
    what: "a webhook tells of an event after its endpoint's place",
    sql: `${aWebhook({ state: 'delivered', tries: 1, attempts: [204] })} update webhook_delivery set seq = 2;`,
  },
  {
    invariant: 'W2',
    what: "a webhook is another account's",
    sql: `${aWebhook({ state: 'delivered', tries: 1, attempts: [204] })} update webhook_delivery set account_id = gen_random_uuid();`,
  },
  {
    invariant: 'W2',
    what: 'the place of an endpoint is beyond the log',
    sql: `${aWebhook({ state: 'delivered', tries: 1, attempts: [204] })} update webhook_endpoint set through_seq = 1000000000;`,
  },
]

/** An endpoint that has come to the first event of its account, and what became of it. */
function aWebhook({ state, tries, attempts }: { state: string; tries: number; attempts: number[] }): string {
  const lines = attempts.map(
    (status, place) => `insert into webhook_attempt (delivery_id, n, at, duration_ms, status, problem)
      select id, ${String(place + 1)}, now(), 1, ${String(status)}, ${status < 300 ? 'null' : `'rejected'`} from webhook_delivery;`,
  )
  return `insert into webhook_endpoint (id, account_id, url, description, event_types, through_seq, created_at, created_by, changed_at)
      select gen_random_uuid(), account_id, 'https://example.com/', '', '{account.sending_stopped}', 1, now(), 'test', now()
      from account_feed where last_seq > 1 limit 1;
    insert into webhook_delivery (id, endpoint_id, account_id, seq, type, body, state, tries, not_before, event_at, created_at, changed_at)
      select gen_random_uuid(), id, account_id, 1, 'account.sending_stopped', '{}', '${state}', ${String(tries)}, now(), now(), now(), now()
      from webhook_endpoint;
    ${lines.join(' ')}`
}
