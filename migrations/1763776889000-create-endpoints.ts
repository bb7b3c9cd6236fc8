import type { MigrationInterface, QueryRunner } from 'typeorm'

const BEFORE = `'member_added', 'member_role_changed', 'member_removed', 'key_created', 'key_revoked',
          'operation_registered', 'operation_removed', 'settings_changed'`
const ADDED = `'webhook_created', 'webhook_changed', 'webhook_secret_rolled', 'webhook_deleted', 'webhook_disabled'`

/**
 * Signed webhooks to accounts' own servers. Rows are written by a worker that follows the accounts' event logs, so that
 * nothing is added to the way of a text.
 */
export class CreateEndpoints1763776889000 implements MigrationInterface {
  name = 'CreateEndpoints1763776889000'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table webhook_endpoint (
        id uuid primary key,
        account_id uuid not null references account,
        url text not null check (length(url) between 1 and 2000),
        description text not null check (length(description) <= 200),
        event_types text[] not null check (cardinality(event_types) between 1 and 100),
        state text not null default 'enabled' check (state in ('enabled', 'disabled', 'deleted')),
        disabled_reason text check (disabled_reason in ('by_user', 'gone', 'failing', 'secret_unreadable')),
        -- Up to which event of the account deliveries have been written. Never backwards.
        through_seq bigint not null check (through_seq >= 0),
        -- Of the first try that failed since one last succeeded.
        failing_since timestamptz,
        created_at timestamptz not null,
        created_by text not null,
        changed_at timestamptz not null,
        check ((state = 'disabled') = (disabled_reason is not null))
      );
      create index webhook_endpoint_account on webhook_endpoint (account_id, id) where state <> 'deleted';
      create function keep_endpoint() returns trigger language plpgsql as $$ begin
        if (old.id, old.account_id, old.created_at) is distinct from (new.id, new.account_id, new.created_at)
            or new.through_seq < old.through_seq or (old.state = 'deleted' and new.state <> 'deleted') then
          raise exception 'an endpoint stays its account''s, never goes back in the log, and stays deleted' using errcode = '23001';
        end if;
        return new;
      end $$;
      create trigger webhook_endpoint_moves before update on webhook_endpoint for each row execute function keep_endpoint();
      create trigger webhook_endpoint_is_kept before delete on webhook_endpoint for each row execute function refuse_change();

      create table webhook_secret (
        id uuid primary key,
        endpoint_id uuid not null references webhook_endpoint,
        -- AES-256-GCM; the key is the installation's and not in the database.
        sealed bytea not null,
        created_at timestamptz not null,
        -- Null: the present one. A rolled one goes on signing until then.
        expires_at timestamptz
      );
      create unique index webhook_secret_present on webhook_secret (endpoint_id) where expires_at is null;
      create index webhook_secret_endpoint on webhook_secret (endpoint_id);

      -- Mirror of endpoints/domain/delivery-state.ts; a test holds them equal.
      create table webhook_delivery_transition (from_state text, to_state text, primary key (from_state, to_state));
      insert into webhook_delivery_transition values ('waiting', 'sending'), ('waiting', 'failed'), ('sending', 'delivered'),
        ('sending', 'waiting'), ('sending', 'failed'), ('failed', 'waiting'), ('delivered', 'waiting');

      create table webhook_delivery (
        -- What receivers get as webhook-id, at every try.
        id uuid primary key,
        endpoint_id uuid not null references webhook_endpoint,
        account_id uuid not null references account,
        -- The event that it tells of, and which part of its messages. Null for a test event.
        seq bigint,
        part smallint not null default 0 check (part >= 0),
        type text not null,
        -- Exactly the bytes that are signed and sent.
        body text not null,
        state text not null default 'waiting' check (state in ('waiting', 'sending', 'delivered', 'failed')),
        -- Tries over all; those since it was last asked for decide about the next pause.
        tries smallint not null default 0 check (tries >= 0),
        round_tries smallint not null default 0 check (round_tries between 0 and tries),
        not_before timestamptz not null,
        -- Who has it: the answer of anybody else is not written down.
        lease uuid,
        lease_until timestamptz,
        event_at timestamptz not null,
        created_at timestamptz not null,
        changed_at timestamptz not null,
        check ((state = 'sending') = (lease is not null and lease_until is not null))
      );
      -- Each event once for each endpoint.
      create unique index webhook_delivery_event on webhook_delivery (endpoint_id, seq, part) where seq is not null;
      create index webhook_delivery_due on webhook_delivery (endpoint_id, not_before) where state = 'waiting';
      create index webhook_delivery_leased on webhook_delivery (lease_until) where state = 'sending';
      create index webhook_delivery_calls on webhook_delivery (endpoint_id, lease_until) where state = 'sending';
      -- Each filter of the log is some of these rows' beginnings, merged: none has to look at what it leaves out.
      create index webhook_delivery_listed on webhook_delivery (endpoint_id, state, type, id);
      create index webhook_delivery_changed on webhook_delivery (endpoint_id, changed_at);
      create index webhook_delivery_taken on webhook_delivery (endpoint_id, changed_at) where state = 'delivered';
      -- What ended is kept for a while; what still waits is not old.
      create index webhook_delivery_age on webhook_delivery (changed_at) where state in ('delivered', 'failed');
      create function move_delivery_of_event() returns trigger language plpgsql as $$ begin
        if old.state <> new.state and not exists (
            select from webhook_delivery_transition t where t.from_state = old.state and t.to_state = new.state) then
          raise exception 'illegal webhook delivery transition % -> %', old.state, new.state using errcode = '23001';
        end if;
        if (old.id, old.endpoint_id, old.account_id, old.seq, old.part, old.type, old.body, old.created_at)
            is distinct from (new.id, new.endpoint_id, new.account_id, new.seq, new.part, new.type, new.body, new.created_at) then
          raise exception 'a delivery says the same at every try' using errcode = '23001';
        end if;
        return new;
      end $$;
      create trigger webhook_delivery_moves before update on webhook_delivery
        for each row execute function move_delivery_of_event();

      create table webhook_attempt (
        delivery_id uuid not null references webhook_delivery on delete cascade,
        n smallint not null check (n > 0),
        at timestamptz not null,
        duration_ms int not null check (duration_ms >= 0),
        -- The receiver's answer, when there was one.
        status smallint,
        -- Null: it was taken.
        problem text,
        answer text check (length(answer) <= 1024),
        primary key (delivery_id, n)
      );
      create trigger webhook_attempt_is_history before update on webhook_attempt
        for each row execute function refuse_change();

      alter table account_change drop constraint account_change_kind_check;
      alter table account_change add constraint account_change_kind_check check (kind in (${BEFORE}, ${ADDED}));
    `)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table account_change disable trigger account_change_is_history;
      delete from account_change where kind in (${ADDED});
      alter table account_change enable trigger account_change_is_history;
      alter table account_change drop constraint account_change_kind_check;
      alter table account_change add constraint account_change_kind_check check (kind in (${BEFORE}));
      drop table webhook_attempt, webhook_delivery, webhook_delivery_transition, webhook_secret, webhook_endpoint cascade;
      drop function keep_endpoint, move_delivery_of_event;
    `)
  }
}
