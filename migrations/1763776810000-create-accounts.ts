import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * People, their roles in accounts, their sessions, the accounts' API keys, and what repeats of requests need.
 * Secrets are stored as hashes only: a copy of these tables signs nobody in.
 */
export class CreateAccounts1763776810000 implements MigrationInterface {
  name = 'CreateAccounts1763776810000'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table app_user (
        id uuid primary key,
        email text not null unique check (email = lower(email) and length(email) between 3 and 254),
        name text not null check (length(name) between 1 and 200),
        password_hash text not null check (password_hash like '$argon2id$%'),
        -- False while the password is one that somebody else chose for this person.
        password_is_own boolean not null default false,
        is_platform_admin boolean not null default false,
        created_at timestamptz not null default clock_timestamp()
      );

      create table membership (
        account_id uuid not null references account,
        user_id uuid not null references app_user,
        role text not null check (role in ('owner', 'operator', 'viewer')),
        created_at timestamptz not null default clock_timestamp(),
        primary key (account_id, user_id)
      );
      create index membership_user on membership (user_id, created_at);

      -- Checked at commit, so that two owners who step down at the same time cannot both succeed.
      create function keep_an_owner() returns trigger language plpgsql as $$ begin
        if not exists (select from membership where account_id = old.account_id and role = 'owner') then
          raise exception 'an account keeps at least one owner' using errcode = '23514', constraint = 'account_keeps_an_owner';
        end if;
        return null;
      end $$;
      create constraint trigger membership_keeps_an_owner after update or delete on membership
        deferrable initially deferred for each row when (old.role = 'owner') execute function keep_an_owner();

      create table session (
        id uuid primary key,
        user_id uuid not null references app_user,
        -- The account that the person works in now; null for administrators of the platform.
        account_id uuid references account,
        token_hash bytea not null unique check (octet_length(token_hash) = 32),
        created_at timestamptz not null default clock_timestamp(),
        expires_at timestamptz not null,
        ended_at timestamptz,
        end_reason text check (end_reason in ('signed_out', 'revoked', 'password_changed', 'membership_ended')),
        check ((ended_at is null) = (end_reason is null)),
        check (expires_at > created_at)
      );
      create index session_of_user on session (user_id) where ended_at is null;
      create index session_of_account on session (account_id) where ended_at is null;

      create table api_key (
        id uuid primary key,
        account_id uuid not null references account,
        name text not null check (length(name) between 1 and 200),
        -- Public part of the key, to recognise it by.
        prefix text not null unique check (prefix ~ '^[a-z0-9]{8}$'),
        key_hash bytea not null check (octet_length(key_hash) = 32),
        -- Never owner: a leaked key must not be able to make more keys.
        role text not null check (role in ('operator', 'viewer')),
        created_by uuid not null references app_user,
        created_at timestamptz not null default clock_timestamp(),
        expires_at timestamptz,
        revoked_at timestamptz,
        last_used_at timestamptz
      );
      create index api_key_of_account on api_key (account_id, id desc);

      create table sign_in_throttle (
        bucket text primary key,
        window_started_at timestamptz not null,
        attempts int not null check (attempts > 0)
      );

      create table idempotency_key (
        account_id uuid not null references account,
        key text not null check (length(key) between 1 and 200),
        operation text not null,
        input_hash bytea not null check (octet_length(input_hash) = 32),
        result jsonb not null,
        created_at timestamptz not null default clock_timestamp(),
        primary key (account_id, key)
      );
      create index idempotency_key_age on idempotency_key (created_at);
      create trigger idempotency_key_is_history before update on idempotency_key
        for each row execute function refuse_change();
    `)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table idempotency_key, sign_in_throttle, api_key, session, membership, app_user;
      drop function keep_an_owner;
    `)
  }
}
