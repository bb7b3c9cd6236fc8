import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * Accounts, the control rows that every claim share-locks, their append-only history, and the event log that live
 * clients read. Control rows are separate from hot rows so that a pause or a revocation waits for one claim at most.
 */
export class CreateControl1763776800000 implements MigrationInterface {
  name = 'CreateControl1763776800000'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Time-ordered ids; Postgres 18 has its own function, older servers get an equal one.
      do $$ begin
        if not exists (select from pg_proc where proname = 'uuidv7') then
          create function uuidv7() returns uuid language sql volatile as $f$
            select encode(
              set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
                placing substring(int8send(floor(extract(epoch from clock_timestamp()) * 1000)::bigint) from 3)
                from 1 for 6), 52, 1), 53, 1), 'hex')::uuid $f$;
        end if;
      end $$;

      -- One order over events of different tables, drawn under the row lock that orders them. Wall clocks step; this does not.
      create sequence history_ord;

      create function refuse_change() returns trigger language plpgsql as $$ begin
        raise exception 'append-only: % on %', tg_op, tg_table_name using errcode = '23001';
      end $$;

      create table account (
        id uuid primary key,
        name text not null check (length(name) between 1 and 200),
        created_at timestamptz not null default clock_timestamp()
      );

      create table account_control (
        account_id uuid primary key references account,
        subscription_state text not null default 'none'
          check (subscription_state in ('none', 'active', 'trialing', 'past_due', 'paused', 'unpaid', 'canceled', 'incomplete')),
        sending_stopped_reason text,
        -- Raised by whoever forbids something that is not in this row (a revoked consent): a claim that read the old
        -- state and waited for this row then fails with 40001 and reads again.
        gate_epoch bigint not null default 1,
        unknown_policy text not null default 'P0' check (unknown_policy in ('P0', 'P1')),
        reserve_credits bigint not null default 0 check (reserve_credits >= 0),
        allowed_countries text[] not null default '{US,CA,GB}',
        changed_at timestamptz not null default clock_timestamp()
      );

      create table platform_control (
        only_row boolean primary key default true check (only_row),
        sending_stopped_reason text,
        -- When it was last shown that the carrier refuses late requests. Policy P1 rests on it; without it there is only P0.
        fence_proved_at timestamptz,
        changed_at timestamptz not null default clock_timestamp()
      );
      insert into platform_control default values;

      create table control_event (
        ord bigint primary key default nextval('history_ord'),
        kind text not null check (kind in ('platform', 'account', 'campaign')),
        key uuid,
        state text not null,
        reason text,
        at timestamptz not null default clock_timestamp()
      );
      create index control_event_key on control_event (kind, key, ord desc);
      create trigger control_event_is_history before update or delete on control_event
        for each row execute function refuse_change();
      create trigger control_event_is_kept before truncate on control_event
        for each statement execute function refuse_change();

      create function record_account_control() returns trigger language plpgsql as $$ begin
        if tg_op = 'INSERT' or (old.subscription_state, old.sending_stopped_reason)
            is distinct from (new.subscription_state, new.sending_stopped_reason) then
          insert into control_event (kind, key, state, reason) values ('account', new.account_id,
            case when new.sending_stopped_reason is null and new.subscription_state in ('active', 'trialing')
              then 'may_send' else 'may_not_send' end,
            coalesce(new.sending_stopped_reason, new.subscription_state));
        end if;
        return new;
      end $$;
      create trigger account_control_history after insert or update on account_control
        for each row execute function record_account_control();

      create function record_platform_control() returns trigger language plpgsql as $$ begin
        if old.sending_stopped_reason is not distinct from new.sending_stopped_reason then return new; end if;
        insert into control_event (kind, key, state, reason) values ('platform', null,
          case when new.sending_stopped_reason is null then 'may_send' else 'may_not_send' end, new.sending_stopped_reason);
        return new;
      end $$;
      create trigger platform_control_history after update on platform_control
        for each row execute function record_platform_control();

      create table account_feed (
        account_id uuid primary key references account,
        last_seq bigint not null default 0
      );

      create table account_event (
        account_id uuid not null,
        seq bigint not null,
        at timestamptz not null default clock_timestamp(),
        topic text not null,
        campaign_id uuid,
        message_ids uuid[],
        payload jsonb not null,
        primary key (account_id, seq)
      );
      create trigger account_event_is_history before update on account_event
        for each row execute function refuse_change();

      create function open_account() returns trigger language plpgsql as $$ begin
        insert into account_control (account_id) values (new.id);
        insert into account_feed (account_id) values (new.id);
        return new;
      end $$;
      create trigger account_opens after insert on account for each row execute function open_account();
    `)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table account_event, account_feed, control_event, platform_control, account_control, account cascade;
      drop function open_account, record_platform_control, record_account_control, refuse_change;
      drop sequence history_ord;
      do $$ begin
        if exists (select from pg_proc p join pg_namespace n on n.oid = p.pronamespace
                   where p.proname = 'uuidv7' and n.nspname = current_schema()) then
          drop function uuidv7();
        end if;
      end $$;
    `)
  }
}
