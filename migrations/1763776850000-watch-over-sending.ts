import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * What watches over sending: breaches of invariants with who has answered for them, how far the live audit has looked, and
 * by which marks a database knows that it is not the one that last sent (restored, failed over, copied).
 */
export class WatchOverSending1763776850000 implements MigrationInterface {
  name = 'WatchOverSending1763776850000'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- One row per row that broke an invariant. No foreign keys: what it names may be what is broken.
      create table audit_breach (
        id bigint primary key generated always as identity,
        invariant text not null,
        -- Null: of the platform itself.
        account_id uuid,
        what text not null,
        -- Whether the account does not send until somebody has answered for it.
        stops boolean not null,
        first_seen_at timestamptz not null
      );
      create index audit_breach_account on audit_breach (account_id, id);

      -- How a breach ended: an administrator has answered for it, or a full audit no longer found it. It may be both.
      create table audit_breach_end (
        breach_id bigint not null references audit_breach,
        kind text not null check (kind in ('acknowledged', 'cleared')),
        actor text not null,
        reason text not null check (reason <> ''),
        at timestamptz not null,
        primary key (breach_id, kind)
      );

      -- Up to where an account's log and ledger were found sound, and the balance there.
      create table audit_checkpoint (
        account_id uuid primary key,
        event_seq bigint not null,
        block_no bigint not null default 0,
        seq bigint not null default 0,
        head bytea not null default '\\x00',
        available bigint not null default 0,
        held bigint not null default 0,
        spent bigint not null default 0,
        expired bigint not null default 0,
        debt bigint not null default 0,
        looked_at timestamptz not null
      ) with (fillfactor = 50);

      -- When was looked last, what it cost, and when nothing was wrong.
      create table audit_look (
        kind text primary key check (kind in ('news', 'full')),
        ended_at timestamptz not null,
        took_ms int not null,
        clean_at timestamptz
      );

      alter table platform_control
        -- Where the database that last sent was; null until the first worker starts.
        add column database_identity text,
        -- Counts the databases that were accepted after a restore: within one process it never goes back.
        add column epoch bigint not null default 1,
        -- Nobody sends until it was accounted for what a lost tail had sent.
        add column locked_at timestamptz,
        add column lock_reason text,
        add constraint platform_control_lock_has_reason check ((locked_at is null) = (lock_reason is null));

      -- A dump comes back under another system identifier or another oid, a recovery on another timeline. The walfile's
      -- name has the timeline that is written now; the control file learns it at the next checkpoint only.
      create function database_identity() returns text language sql stable as $$
        select concat_ws('/', (select system_identifier from pg_control_system()),
          (select oid from pg_database where datname = current_database()), left(pg_walfile_name(pg_current_wal_flush_lsn()), 8)) $$;

      create or replace function record_platform_control() returns trigger language plpgsql as $$ begin
        if (old.sending_stopped_reason, old.lock_reason) is not distinct from (new.sending_stopped_reason, new.lock_reason) then
          return new;
        end if;
        insert into control_event (kind, key, state, reason) values ('platform', null,
          case when new.sending_stopped_reason is null and new.lock_reason is null then 'may_send' else 'may_not_send' end,
          coalesce(new.lock_reason, new.sending_stopped_reason));
        return new;
      end $$;

      -- Texts at the carrier that a restored database knows nothing of, and no message fits.
      create table carrier_stray (
        sid text primary key,
        phone text not null,
        sender text,
        sent_at timestamptz not null,
        found_at timestamptz not null
      );

      -- Each time that a database was accepted after a restore, and what that rested on.
      create table restore_run (
        id bigint primary key generated always as identity,
        at timestamptz not null,
        actor text not null,
        lock_reason text not null,
        locked_at timestamptz not null,
        listed_since timestamptz not null,
        identity_before text,
        identity_after text not null,
        listed int not null,
        known int not null,
        imported int not null,
        stray int not null,
        -- Why strays were accepted; null when there were none.
        stray_reason text,
        charged_credits bigint not null,
        check ((stray = 0) = (stray_reason is null))
      );
    `)
    for (const table of history) {
      await runner.query(`
        create trigger ${table}_is_history before update or delete on ${table} for each row execute function refuse_change();
        create trigger ${table}_is_kept before truncate on ${table} for each statement execute function refuse_change();
      `)
    }
    await runner.query(changeEvidence(`'worker'::text`, `'worker'::text, 'restore'::text`))
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(changeEvidence(`'worker'::text, 'restore'::text`, `'worker'::text`))
    await runner.query(`
      create or replace function record_platform_control() returns trigger language plpgsql as $$ begin
        if old.sending_stopped_reason is not distinct from new.sending_stopped_reason then return new; end if;
        insert into control_event (kind, key, state, reason) values ('platform', null,
          case when new.sending_stopped_reason is null then 'may_send' else 'may_not_send' end, new.sending_stopped_reason);
        return new;
      end $$;
      drop function database_identity;
      alter table platform_control drop constraint platform_control_lock_has_reason, drop column lock_reason, drop column locked_at,
        drop column epoch, drop column database_identity;
      drop table restore_run, carrier_stray, audit_look, audit_checkpoint, audit_breach_end, audit_breach;
    `)
  }
}

const history = ['audit_breach', 'audit_breach_end', 'carrier_stray', 'restore_run']

/** The list of what may prove an outcome grows in several migrations, so it is taken as it stands. */
function changeEvidence(from: string, to: string): string {
  const quoted = (text: string): string => `'${text.replaceAll(`'`, `''`)}'`
  return `do $$ declare allowed text; begin
    select pg_get_constraintdef(oid) into strict allowed from pg_constraint
      where conrelid = 'attempt'::regclass and conname = 'attempt_evidence_check';
    alter table attempt drop constraint attempt_evidence_check;
    execute 'alter table attempt add constraint attempt_evidence_check ' || replace(allowed, ${quoted(from)}, ${quoted(to)});
  end $$;`
}
