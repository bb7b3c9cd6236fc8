import type { MigrationInterface, QueryRunner } from 'typeorm'

const pauseReasons = [
  'by_user',
  'credits_exhausted',
  'subscription_inactive',
  'carrier_unavailable',
  'error_rate',
  'cap_reached',
  'by_administrator',
]

/**
 * How fast may be sent, kept where a restart does not lose it: the time of each sender, given out in stretches, and what
 * each account sent in single texts within the hour. And what a guard against runaway programs held until somebody approved it.
 *
 * A sender's time is a row of its own, written outside of the serializable transactions; an account's rate is one row
 * per account that is changed in place, so that accounts do not conflict (decision 0011).
 */
export class PaceAndGuard1763776860000 implements MigrationInterface {
  name = 'PaceAndGuard1763776860000'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table sender_pace (
        sender_id int primary key references sender,
        -- Null goes by the program's configuration; 'Infinity' is no limit.
        segments_per_second float8 check (segments_per_second > 0),
        next_free_at timestamptz not null default '-infinity'
      ) with (fillfactor = 50);

      alter table account_control
        -- Single texts (appointments, tests) per hour; null is no limit.
        add column singles_per_hour int default 100 check (singles_per_hour > 0),
        -- What the guard saw when it held the single texts; null while it holds nothing.
        add column singles_held jsonb,
        -- Until then an approval keeps the guard from holding them again.
        add column singles_approved_until timestamptz;

      create table account_rate (
        account_id uuid primary key references account,
        -- The minute of the last element; the others are the minutes before it.
        minute timestamptz not null,
        counts int[] not null check (cardinality(counts) = 61)
      ) with (fillfactor = 50);

      alter table campaign_control
        -- Credits up to which somebody approved what the guard had held.
        add column approved_credits bigint check (approved_credits >= 0),
        drop constraint campaign_control_pause_reason_check,
        add constraint campaign_control_pause_reason_check check (pause_reason in (${quoted([...pauseReasons, 'runaway_guard'])}));

      create table guard_event (
        id bigint primary key generated always as identity,
        account_id uuid not null references account,
        campaign_id uuid,
        kind text not null check (kind in ('held', 'approved')),
        rule text,
        seen jsonb not null default '{}',
        actor text not null,
        reason text,
        at timestamptz not null default clock_timestamp()
      );
      create index guard_event_account on guard_event (account_id, id);
      create trigger guard_event_is_history before update or delete on guard_event
        for each row execute function refuse_change();
      create trigger guard_event_is_kept before truncate on guard_event
        for each statement execute function refuse_change();

      -- What the guard asks about single texts; campaigns have no entries in it.
      create index message_singles on message (account_id, id) where campaign_id is null;
    `)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index message_singles;
      drop table guard_event;
      update campaign_control set pause_reason = 'by_administrator' where pause_reason = 'runaway_guard';
      alter table campaign_control
        drop constraint campaign_control_pause_reason_check,
        add constraint campaign_control_pause_reason_check check (pause_reason in (${quoted(pauseReasons)})),
        drop column approved_credits;
      drop table account_rate;
      alter table account_control drop column singles_approved_until, drop column singles_held, drop column singles_per_hour;
      drop table sender_pace;
    `)
  }
}

function quoted(words: readonly string[]): string {
  return words.map((word) => `'${word}'`).join(', ')
}
