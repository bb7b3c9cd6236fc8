import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * Messages, attempts and their evidence. The rules of the sending protocol stand here as constraints and set-based
 * triggers, so that no program error can make a message that is in flight without a hold, or two live attempts.
 */
export class CreateMessages1763776802000 implements MigrationInterface {
  name = 'CreateMessages1763776802000'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create type message_state as enum ('pending', 'dispatching', 'unknown', 'accepted', 'unproven', 'failed',
        'suppressed', 'cancelled', 'expired');
      create type attempt_state as enum ('dispatching', 'unknown', 'accepted', 'unproven', 'not_sent', 'absent');

      -- Mirrors of messages/domain/message-state.ts and attempt-state.ts; a test holds them equal.
      create table message_transition (from_state message_state, to_state message_state, primary key (from_state, to_state));
      insert into message_transition values
        ('pending', 'dispatching'), ('pending', 'suppressed'), ('pending', 'cancelled'), ('pending', 'expired'), ('pending', 'failed'),
        ('dispatching', 'accepted'), ('dispatching', 'unknown'), ('dispatching', 'pending'), ('dispatching', 'failed'),
        ('dispatching', 'suppressed'), ('dispatching', 'cancelled'),
        ('unknown', 'accepted'), ('unknown', 'pending'), ('unknown', 'failed'), ('unknown', 'suppressed'),
        ('unknown', 'cancelled'), ('unknown', 'unproven'),
        ('unproven', 'accepted');
      create table attempt_transition (from_state attempt_state, to_state attempt_state, primary key (from_state, to_state));
      insert into attempt_transition values
        ('dispatching', 'accepted'), ('dispatching', 'unknown'), ('dispatching', 'not_sent'),
        ('unknown', 'accepted'), ('unknown', 'not_sent'), ('unknown', 'absent'), ('unknown', 'unproven'),
        ('unproven', 'accepted');

      -- Who a text comes from: a number, a short code or a Messaging Service.
      create table sender (
        id int primary key generated always as identity,
        address text not null unique,
        created_at timestamptz not null default clock_timestamp()
      );

      -- Content first, what moves last and together: an update then logs only its end. No index names a column that
      -- moves, and pages are left half empty, so that updates stay on their page and touch no index.
      create table message (
        id uuid primary key default uuidv7(),
        account_id uuid not null references account,
        campaign_id uuid,
        ordinal int,
        contact_id uuid,
        purpose text not null check (purpose in ('transactional', 'marketing')),
        -- E.164; contacts check the whole form, this is asked again with every update.
        phone text not null check (starts_with(phone, '+')),
        country text not null,
        segments smallint not null check (segments > 0),
        cost int not null check (cost > 0),
        price_version smallint not null,
        expires_at timestamptz not null default 'infinity',
        idem_key text,
        created_at timestamptz not null default clock_timestamp(),
        state message_state not null default 'pending',
        tries smallint not null default 0,
        not_before timestamptz not null default '-infinity',
        -- The attempt in flight, or the one that settled the message.
        attempt_id uuid,
        state_reason text,
        check ((campaign_id is null) = (ordinal is null)),
        check ((state in ('dispatching', 'unknown', 'accepted', 'unproven')) = (attempt_id is not null))
      ) with (fillfactor = 50);
      create unique index message_place on message (campaign_id, ordinal) where campaign_id is not null;
      create unique index one_message_per_phone_and_campaign on message (campaign_id, phone) where campaign_id is not null;
      create unique index message_idem_key on message (account_id, idem_key) where idem_key is not null;
      create index message_contact on message (account_id, contact_id, id) where contact_id is not null;

      -- The messages that wait, in the order of their lane. Kept by the triggers of message, and by nothing else.
      create sequence message_due_place;
      create table message_due (
        message_id uuid primary key,
        account_id uuid not null,
        campaign_id uuid,
        place bigint not null,
        not_before timestamptz not null
      ) with (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 2000);
      create index message_due_next on message_due (account_id, campaign_id, place);
      create function only_the_message() returns trigger language plpgsql as $$ begin
        if pg_trigger_depth() < 2 then
          raise exception 'message_due follows message' using errcode = '23001';
        end if;
        return null;
      end $$;
      create trigger message_due_guard before insert or update or delete on message_due
        for each statement execute function only_the_message();

      -- Apart from the message, because an UPDATE rewrites the whole row.
      create table message_body (
        message_id uuid primary key,
        body text not null,
        encoding text not null check (encoding in ('GSM-7', 'UCS-2'))
      );
      create trigger message_body_is_history before update on message_body for each row execute function refuse_change();

      -- One claim: one transaction that passed a batch of messages through the gate. Its row keeps what the gate saw.
      create table claim (
        id bigint primary key generated always as identity,
        ord bigint not null default nextval('history_ord'),
        account_id uuid not null,
        campaign_id uuid,
        sender_id int not null references sender,
        worker text not null,
        unknown_policy text not null check (unknown_policy in ('P0', 'P1')),
        claimed_at timestamptz not null,
        -- The carrier refuses (P1), or we stop writing (P0), a request later than this.
        not_after timestamptz not null,
        gate jsonb not null,
        check (not_after > claimed_at)
      );
      create trigger claim_is_history before update or delete on claim for each row execute function refuse_change();

      create table attempt (
        id uuid primary key,
        message_id uuid not null,
        account_id uuid not null,
        claim_id bigint not null,
        sender_id int not null,
        n smallint not null,
        cost int not null,
        phone text not null,
        consent_event_id uuid,
        state attempt_state not null default 'dispatching',
        sid text,
        evidence text check (evidence in ('worker', 'callback', 'look_up', 'lease', 'policy', 'administrator')),
        error_code int,
        failure_class text,
        -- Why it was not sent or is not known: refused, throttled, deadline, …
        reason text,
        resolved_at timestamptz,
        check ((state = 'accepted') = (sid is not null)),
        check (state in ('dispatching', 'unknown') or resolved_at is not null)
      );
      create unique index attempt_number on attempt (message_id, n);
      create unique index attempt_sid on attempt (sid) where sid is not null;
      -- Two texts of unknown outcome to one phone could not be told apart in the carrier's list. It is also the index of
      -- all that is unresolved. One live attempt per message is kept by the triggers: the message names it.
      create unique index one_unresolved_per_phone on attempt (sender_id, phone) where state in ('dispatching', 'unknown');

      -- Message ids of the carrier that somebody other than the sending worker reported for an attempt.
      create table carrier_observation (
        sid text primary key,
        attempt_id uuid not null,
        message_id uuid not null,
        source text not null,
        at timestamptz not null default clock_timestamp()
      );
      create trigger carrier_observation_is_history before update or delete on carrier_observation
        for each row execute function refuse_change();

      -- What the carrier was asked, and what it answered, when an unknown outcome was looked up.
      create table look_up (
        id bigint primary key generated always as identity,
        attempt_id uuid not null,
        at timestamptz not null default clock_timestamp(),
        pages int not null,
        candidates int not null,
        verdict text not null check (verdict in ('found', 'absent', 'too_early', 'unavailable')),
        details jsonb not null
      );
      create index look_up_attempt on look_up (attempt_id);
      create trigger look_up_is_history before update or delete on look_up for each row execute function refuse_change();

      create table delivery (
        attempt_id uuid primary key,
        message_id uuid not null,
        account_id uuid not null,
        campaign_id uuid,
        status text not null,
        error_code int,
        updated_at timestamptz not null
      );

      create table message_tally (
        campaign_id uuid primary key,
        account_id uuid not null,
        pending int not null default 0 check (pending >= 0),
        dispatching int not null default 0 check (dispatching >= 0),
        unknown int not null default 0 check (unknown >= 0),
        accepted int not null default 0 check (accepted >= 0),
        unproven int not null default 0 check (unproven >= 0),
        failed int not null default 0 check (failed >= 0),
        suppressed int not null default 0 check (suppressed >= 0),
        cancelled int not null default 0 check (cancelled >= 0),
        expired int not null default 0 check (expired >= 0),
        delivered int not null default 0 check (delivered >= 0),
        undelivered int not null default 0 check (undelivered >= 0),
        held_credits bigint not null default 0 check (held_credits >= 0),
        captured_credits bigint not null default 0 check (captured_credits >= 0)
      );

      create function tally_inserted_messages() returns trigger language plpgsql as $$ begin
        insert into message_tally (campaign_id, account_id)
          select distinct campaign_id, account_id from inserted where campaign_id is not null on conflict do nothing;
        update message_tally t set pending = t.pending + d.n
          from (select campaign_id, count(*) n from inserted where campaign_id is not null group by 1) d
          where t.campaign_id = d.campaign_id;
        if exists (select from inserted where state <> 'pending') then
          raise exception 'a message begins pending' using errcode = '23001';
        end if;
        insert into message_due (message_id, account_id, campaign_id, place, not_before)
          select id, account_id, campaign_id, coalesce(ordinal, nextval('message_due_place')), not_before from inserted order by ordinal, id;
        return null;
      end $$;
      create trigger message_begins after insert on message referencing new table as inserted
        for each statement execute function tally_inserted_messages();

      -- Batches are small and tables large. Plans are cached while tables may still be empty, so they are made for large ones.
      create function move_messages() returns trigger language plpgsql
        set enable_seqscan = off set enable_mergejoin = off set plan_cache_mode = force_generic_plan as $$
      declare
        wrong_move boolean; open_attempt_dropped boolean; attempt_disagrees boolean;
        left_queue uuid[]; joined_queue uuid[]; deferred uuid[];
      begin
        select
          bool_or((o.account_id, o.campaign_id, o.ordinal, o.phone, o.segments, o.cost, o.price_version, o.purpose, o.idem_key, o.contact_id)
            is distinct from (n.account_id, n.campaign_id, n.ordinal, n.phone, n.segments, n.cost, n.price_version, n.purpose, n.idem_key, n.contact_id)
            or (o.state <> n.state and (o.state, n.state) not in (select from_state, to_state from message_transition))),
          -- An attempt that its message no longer names is closed, so a message never has two that could be out.
          bool_or(o.attempt_id <> n.attempt_id
            or (o.attempt_id is not null and n.attempt_id is null and a.state not in ('not_sent', 'absent'))),
          bool_or(n.attempt_id is not null and (a.message_id is distinct from n.id or a.account_id <> n.account_id
            or a.cost <> n.cost or a.state::text <> n.state::text)),
          array_agg(n.id) filter (where o.state = 'pending' and n.state <> 'pending'),
          array_agg(n.id) filter (where o.state <> 'pending' and n.state = 'pending'),
          array_agg(n.id) filter (where o.state = 'pending' and n.state = 'pending' and o.not_before <> n.not_before)
          into wrong_move, open_attempt_dropped, attempt_disagrees, left_queue, joined_queue, deferred
          from before o join after n using (id)
          left join lateral (
            select message_id, account_id, cost, state from attempt where id = coalesce(n.attempt_id, o.attempt_id) limit 1
          ) a on true;
        if wrong_move then
          raise exception 'a message keeps its content and moves along its transitions' using errcode = '23001', constraint = 'message_transition';
        end if;
        if open_attempt_dropped then
          raise exception 'a message lets go of a closed attempt only' using errcode = '23503', constraint = 'one_live_attempt';
        end if;
        if attempt_disagrees then
          raise exception 'a message in flight or settled agrees with its attempt' using errcode = '23503', constraint = 'message_attempt';
        end if;
        if left_queue is not null then
          delete from message_due where message_id = any (left_queue);
        end if;
        if joined_queue is not null then
          insert into message_due (message_id, account_id, campaign_id, place, not_before)
            select n.id, n.account_id, n.campaign_id, coalesce(n.ordinal, nextval('message_due_place')), n.not_before
            from after n where n.id = any (joined_queue);
        end if;
        if deferred is not null then
          update message_due d set not_before = (select n.not_before from after n where n.id = d.message_id)
            where d.message_id = any (deferred);
        end if;
        update message_tally t set
          pending = t.pending + d.pending, dispatching = t.dispatching + d.dispatching, unknown = t.unknown + d.unknown,
          accepted = t.accepted + d.accepted, unproven = t.unproven + d.unproven, failed = t.failed + d.failed,
          suppressed = t.suppressed + d.suppressed, cancelled = t.cancelled + d.cancelled, expired = t.expired + d.expired,
          held_credits = t.held_credits + d.held, captured_credits = t.captured_credits + d.captured
        from (
          select campaign_id,
            coalesce(sum(s) filter (where state = 'pending'), 0) pending,
            coalesce(sum(s) filter (where state = 'dispatching'), 0) dispatching, coalesce(sum(s) filter (where state = 'unknown'), 0) unknown,
            coalesce(sum(s) filter (where state = 'accepted'), 0) accepted, coalesce(sum(s) filter (where state = 'unproven'), 0) unproven,
            coalesce(sum(s) filter (where state = 'failed'), 0) failed, coalesce(sum(s) filter (where state = 'suppressed'), 0) suppressed,
            coalesce(sum(s) filter (where state = 'cancelled'), 0) cancelled, coalesce(sum(s) filter (where state = 'expired'), 0) expired,
            coalesce(sum(s * cost) filter (where state in ('dispatching', 'unknown')), 0) held,
            coalesce(sum(s * cost) filter (where state in ('accepted', 'unproven')), 0) captured
          from (select campaign_id, state, cost, 1 as s from after union all select campaign_id, state, cost, -1 from before) x
          where campaign_id is not null group by campaign_id
        ) d where t.campaign_id = d.campaign_id;
        return null;
      end $$;
      create trigger message_moves after update on message referencing old table as before new table as after
        for each statement execute function move_messages();

      create function begin_attempts() returns trigger language plpgsql
        set enable_seqscan = off set enable_mergejoin = off set plan_cache_mode = force_generic_plan as $$
      declare
        wrong_hold boolean; not_named boolean;
      begin
        select bool_or(i.state <> 'dispatching' or h.held is distinct from i.cost), bool_or(m.attempt_id is distinct from i.id)
          into wrong_hold, not_named
          from inserted i
          left join lateral (select sum(h.amount) as held from credit_transfer h
            where ledger_key(h.account_id) = ledger_key(i.account_id) and h.attempt_id = i.id and h.kind = 'hold') h on true
          left join lateral (select attempt_id from message where id = i.message_id limit 1) m on true;
        if wrong_hold then
          raise exception 'an attempt begins with a hold of exactly its cost' using errcode = '23503', constraint = 'attempt_hold';
        end if;
        if not_named then
          raise exception 'an attempt is the one that its message names' using errcode = '23503', constraint = 'one_live_attempt';
        end if;
        return null;
      end $$;
      create trigger attempt_begins after insert on attempt referencing new table as inserted
        for each statement execute function begin_attempts();

      create function move_attempts() returns trigger language plpgsql
        set enable_seqscan = off set enable_mergejoin = off set plan_cache_mode = force_generic_plan as $$
      declare
        wrong_move boolean; open_hold boolean; absent_early boolean;
      begin
        select
          bool_or((o.message_id, o.account_id, o.claim_id, o.sender_id, o.n, o.cost, o.phone, o.consent_event_id)
            is distinct from (n.message_id, n.account_id, n.claim_id, n.sender_id, n.n, n.cost, n.phone, n.consent_event_id)
            or (o.sid is not null and n.sid is distinct from o.sid)
            or (o.state <> n.state and (o.state, n.state) not in (select from_state, to_state from attempt_transition))),
          bool_or(h.unresolved > 0),
          bool_or(n.state = 'absent' and n.resolved_at <= (select c.not_after from claim c where c.id = n.claim_id))
          into wrong_move, open_hold, absent_early
          from before o join after n using (id)
          left join lateral (
            select count(*) as unresolved from credit_transfer h left join lateral (
              select kind from credit_transfer r where ledger_key(r.account_id) = ledger_key(h.account_id) and r.ref_seq = h.seq
                and r.kind in ('capture', 'release') limit 1
            ) r on true
            where ledger_key(h.account_id) = ledger_key(n.account_id) and h.attempt_id = n.id and h.kind = 'hold'
              and r.kind is distinct from (case when n.state in ('accepted', 'unproven') then 'capture' else 'release' end)::transfer_kind_name
          ) h on n.state not in ('dispatching', 'unknown');
        if wrong_move then
          raise exception 'an intent is immutable and moves along its transitions' using errcode = '23001', constraint = 'attempt_transition';
        end if;
        if open_hold then
          raise exception 'a settled attempt has captured or released its whole hold' using errcode = '23503', constraint = 'attempt_settlement';
        end if;
        if absent_early then
          raise exception 'absence is proved only after the credential has died' using errcode = '23514', constraint = 'absent_after_deadline';
        end if;
        return null;
      end $$;
      create trigger attempt_moves after update on attempt referencing old table as before new table as after
        for each statement execute function move_attempts();
      create trigger attempt_is_history before delete on attempt for each row execute function refuse_change();

      create function tally_deliveries() returns trigger language plpgsql as $$ begin
        update message_tally t set delivered = t.delivered + d.delivered, undelivered = t.undelivered + d.undelivered
        from (
          select campaign_id, coalesce(sum(s) filter (where status in ('delivered', 'read')), 0) delivered,
            coalesce(sum(s) filter (where status in ('undelivered', 'failed', 'canceled')), 0) undelivered
          from (select campaign_id, status, 1 as s from after union all select campaign_id, status, -1 from before) x
          where campaign_id is not null group by campaign_id
        ) d where t.campaign_id = d.campaign_id and (d.delivered <> 0 or d.undelivered <> 0);
        return null;
      end $$;
      create function tally_new_deliveries() returns trigger language plpgsql as $$ begin
        update message_tally t set delivered = t.delivered + d.delivered, undelivered = t.undelivered + d.undelivered
        from (
          select campaign_id, count(*) filter (where status in ('delivered', 'read')) delivered,
            count(*) filter (where status in ('undelivered', 'failed', 'canceled')) undelivered
          from after where campaign_id is not null group by campaign_id
        ) d where t.campaign_id = d.campaign_id and (d.delivered <> 0 or d.undelivered <> 0);
        return null;
      end $$;
      create trigger delivery_moves after update on delivery referencing old table as before new table as after
        for each statement execute function tally_deliveries();
      create trigger delivery_begins after insert on delivery referencing new table as after
        for each statement execute function tally_new_deliveries();

      -- Up to which attempt each age tier of the status sweep has asked the carrier.
      create table status_sweep (
        tier text primary key,
        swept_through uuid not null
      );

      create table webhook_inbox (
        id bigint primary key generated always as identity,
        provider text not null,
        dedupe_key text not null,
        route text not null,
        params jsonb not null,
        received_at timestamptz not null default clock_timestamp(),
        applied_at timestamptz,
        tries smallint not null default 0,
        outcome text,
        unique (provider, dedupe_key)
      );
      create index webhook_inbox_waiting on webhook_inbox (id) where applied_at is null;
    `)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table webhook_inbox, status_sweep, message_tally, delivery, look_up, carrier_observation, attempt, claim,
        message_due, message_body, message, sender, attempt_transition, message_transition cascade;
      drop sequence message_due_place;
      drop function only_the_message, tally_new_deliveries, tally_deliveries, move_attempts, begin_attempts, move_messages, tally_inserted_messages;
      drop type message_state, attempt_state;
    `)
  }
}
