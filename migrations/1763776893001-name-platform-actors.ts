import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Whoever stops the platform or lets it send again stands in its history, as for an account. */
export class NamePlatformActors1763776893001 implements MigrationInterface {
  name = 'NamePlatformActors1763776893001'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(recordControl(', actor', ", nullif(current_setting('tollgate.actor', true), '')"))
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(recordControl('', ''))
  }
}

function recordControl(columns: string, values: string): string {
  return `
      create or replace function record_platform_control() returns trigger language plpgsql as $$ begin
        if (old.sending_stopped_reason, old.lock_reason) is not distinct from (new.sending_stopped_reason, new.lock_reason) then
          return new;
        end if;
        insert into control_event (kind, key, state, reason${columns}) values ('platform', null,
          case when new.sending_stopped_reason is null and new.lock_reason is null then 'may_send' else 'may_not_send' end,
          coalesce(new.lock_reason, new.sending_stopped_reason)${values});
        return new;
      end $$;`
}
