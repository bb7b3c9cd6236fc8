import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * What the webhook inbox needs to try again, to set aside what keeps failing, and to be replayed; and an index for
 * lists of an account's messages, whose owner is not in the front of any other.
 */
export class KeepWebhooks1763776830000 implements MigrationInterface {
  name = 'KeepWebhooks1763776830000'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table webhook_inbox
        -- Keys are compared byte by byte, so that all events of one route can be found by their common beginning.
        alter column dedupe_key type text collate "C",
        add column retry_at timestamptz not null default '-infinity',
        -- Why it could not be applied the last time.
        add column problem text,
        -- Set aside after too many failures, until an administrator replays it.
        add column quarantined_at timestamptz,
        add column replayed_at timestamptz,
        add column replayed_by text,
        add constraint webhook_inbox_applied_has_outcome check ((applied_at is null) = (outcome is null)),
        add constraint webhook_inbox_quarantined_has_problem check (quarantined_at is null or (problem is not null and applied_at is null)),
        add constraint webhook_inbox_replayed_by_somebody check ((replayed_at is null) = (replayed_by is null));
      drop index webhook_inbox_waiting;
      create index webhook_inbox_waiting on webhook_inbox (provider, id) where applied_at is null and quarantined_at is null;
      create index webhook_inbox_quarantine on webhook_inbox (id) where quarantined_at is not null;

      -- What arrived is evidence: it keeps its words, and it is not removed before it was applied.
      create trigger webhook_inbox_is_evidence before update of provider, dedupe_key, route, params, received_at on webhook_inbox
        for each row execute function refuse_change();
      create trigger webhook_inbox_is_kept before delete on webhook_inbox
        for each row when (old.applied_at is null) execute function refuse_change();

      create index message_account on message (account_id, id);
      create index carrier_observation_attempt on carrier_observation (attempt_id);
    `)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index carrier_observation_attempt;
      drop index message_account;
      drop trigger webhook_inbox_is_kept on webhook_inbox;
      drop trigger webhook_inbox_is_evidence on webhook_inbox;
      drop index webhook_inbox_quarantine;
      drop index webhook_inbox_waiting;
      alter table webhook_inbox
        drop constraint webhook_inbox_replayed_by_somebody,
        drop constraint webhook_inbox_quarantined_has_problem,
        drop constraint webhook_inbox_applied_has_outcome,
        drop column replayed_by, drop column replayed_at, drop column quarantined_at, drop column problem, drop column retry_at,
        alter column dedupe_key type text;
      create index webhook_inbox_waiting on webhook_inbox (id) where applied_at is null;
    `)
  }
}
