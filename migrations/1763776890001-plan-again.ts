import type { MigrationInterface, QueryRunner } from 'typeorm'

/** What an opt-out took back is planned again when the person agrees again; nothing else that was taken back ever is. */
export class PlanAgain1763776890001 implements MigrationInterface {
  name = 'PlanAgain1763776890001'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      insert into notification_transition values ('voided', 'planned');
      ${moveNotification(`
        if old.state = 'voided' and new.state = 'planned' then
          if old.reason <> 'opted_out' then
            raise exception 'only what an opt-out took back is planned again' using errcode = '23001';
          end if;
          new.reason := null;
          new.voided_ord := null;
        end if;`)}
    `)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      delete from notification_transition where from_state = 'voided';
      ${moveNotification('')}
    `)
  }
}

function moveNotification(again: string): string {
  return `create or replace function move_notification() returns trigger language plpgsql as $$ begin
        if old.state <> new.state and not exists (
            select from notification_transition t where t.from_state = old.state and t.to_state = new.state) then
          raise exception 'illegal notification transition % -> %', old.state, new.state using errcode = '23001';
        end if;
        if (old.id, old.account_id, old.appointment_id, old.revision, old.context, old.offset_minutes, old.party_id, old.nominal_at,
            old.due_at, old.useful_until) is distinct from (new.id, new.account_id, new.appointment_id, new.revision, new.context,
            new.offset_minutes, new.party_id, new.nominal_at, new.due_at, new.useful_until)
            or (old.message_id is not null and old.message_id is distinct from new.message_id) then
          raise exception 'a planned notification does not change' using errcode = '23001';
        end if;
        -- Its place among claims: the audit asks whether anything was authorised after it.
        if old.state <> 'voided' and new.state = 'voided' then new.voided_ord := nextval('history_ord'); end if;${again}
        return new;
      end $$;`
}
