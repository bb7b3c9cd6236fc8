import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * E-mails that take the place of texts that could not be delivered. Rows are written by a job that follows the accounts'
 * event logs, so that nothing is added to the way of a text.
 */
export class CreateEmails1763776883000 implements MigrationInterface {
  name = 'CreateEmails1763776883000'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table email_setting (
        account_id uuid primary key references account,
        enabled boolean not null,
        -- Up to which event of the account texts that ended have been looked at. Being switched on moves it to the newest.
        through_seq bigint not null check (through_seq >= 0),
        changed_at timestamptz not null,
        changed_by text not null
      );

      -- Mirror of emails/domain/email-state.ts; a test holds them equal.
      create table email_transition (from_state text, to_state text, primary key (from_state, to_state));
      insert into email_transition values ('waiting', 'sending'), ('waiting', 'withheld'), ('sending', 'sent'), ('sending', 'waiting'),
        ('sending', 'failed'), ('sending', 'uncertain'), ('uncertain', 'sent');

      create table email_fallback (
        -- One for each text at most.
        message_id uuid primary key,
        account_id uuid not null references account,
        why text not null check (why in ('failed', 'expired', 'suppressed', 'undelivered')),
        state text not null default 'waiting' check (state in ('waiting', 'sending', 'sent', 'withheld', 'failed', 'uncertain')),
        tries smallint not null default 0 check (tries >= 0),
        not_before timestamptz not null,
        -- Where it went, as of the last try.
        address text check (address !~ '[[:cntrl:][:space:]]'),
        reason text,
        code int,
        created_at timestamptz not null,
        changed_at timestamptz not null,
        check (state in ('waiting', 'withheld') or (tries > 0 and address is not null))
      );
      create index email_fallback_account on email_fallback (account_id, message_id);
      create index email_fallback_due on email_fallback (not_before) where state = 'waiting';
      create index email_fallback_sending on email_fallback (changed_at) where state = 'sending';
      create function move_email() returns trigger language plpgsql as $$ begin
        if old.state <> new.state and not exists (
            select from email_transition t where t.from_state = old.state and t.to_state = new.state) then
          raise exception 'illegal e-mail transition % -> %', old.state, new.state using errcode = '23001';
        end if;
        if (old.message_id, old.account_id, old.why, old.created_at) is distinct from (new.message_id, new.account_id, new.why, new.created_at) then
          raise exception 'an e-mail stays that of its text' using errcode = '23001';
        end if;
        return new;
      end $$;
      create trigger email_moves before update on email_fallback for each row execute function move_email();
      create trigger email_is_kept before delete on email_fallback for each row execute function refuse_change();

      create table email_attempt (
        ord bigint primary key default nextval('history_ord'),
        message_id uuid not null references email_fallback,
        n smallint not null check (n > 0),
        outcome text not null check (outcome in ('began', 'sent', 'later', 'failed', 'uncertain')),
        -- The mail server's answer, when it gave one.
        code int,
        reason text,
        at timestamptz not null,
        -- A try begins once: no two processes are at it.
        unique (message_id, n, outcome)
      );
      create trigger email_attempt_is_history before update or delete on email_attempt
        for each row execute function refuse_change();
      create trigger email_attempt_is_kept before truncate on email_attempt
        for each statement execute function refuse_change();
    `)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table email_attempt, email_fallback, email_transition, email_setting cascade;
      drop function move_email;
    `)
  }
}
