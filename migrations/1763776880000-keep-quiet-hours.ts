import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * Hours in which an account's texts may go, who lifted them and why; texts that answer a person (`service`); and a queue
 * in which a hundred thousand texts that wait for the morning stand in nobody's way.
 */
export class KeepQuietHours1763776880000 implements MigrationInterface {
  name = 'KeepQuietHours1763776880000'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table account_control
        -- {transactional: {opens, closes}, marketing: {…}} in minutes since midnight; what is missing is the default.
        add column quiet_hours jsonb,
        -- Why an administrator lifted quiet hours and the frequency cap. For accounts whose texts reach no people.
        add column quiet_hours_waiver text check (length(quiet_hours_waiver) between 1 and 500),
        -- Days in the recipient's calendar on which no marketing goes out.
        add column holidays date[] not null default '{}' check (cardinality(holidays) <= 40),
        -- Marketing texts to one number within 24 hours, at most.
        add column marketing_per_day smallint not null default 3 check (marketing_per_day between 1 and 10),
        -- Nobody can allow an account more than 08:00 to 20:00 for marketing.
        add constraint account_control_marketing_hours_check check (coalesce(
          (quiet_hours #>> '{marketing,opens}')::int >= 480 and (quiet_hours #>> '{marketing,closes}')::int <= 1200, true));

      -- Which hours an account had at any time, and who set them.
      create table quiet_hours_event (
        id bigint primary key generated always as identity,
        account_id uuid not null references account,
        actor text not null,
        -- Of a waiver, or of lifting one.
        reason text,
        rules jsonb not null,
        at timestamptz not null
      );
      create index quiet_hours_event_account on quiet_hours_event (account_id, id);
      create trigger quiet_hours_event_is_history before update or delete on quiet_hours_event
        for each row execute function refuse_change();
      create trigger quiet_hours_event_is_kept before truncate on quiet_hours_event
        for each statement execute function refuse_change();

      alter table message
        drop constraint message_purpose_check,
        -- The incoming text that it answers.
        add column answers uuid,
        -- What the gate saw when it refused or deferred the message, in words.
        add column state_detail text,
        add constraint message_purpose_check check (purpose in ('transactional', 'marketing')
          or (purpose = 'service' and campaign_id is null and idem_key is not null and expires_at < 'infinity')),
        -- With the unique key: one answer at most to one incoming text.
        add constraint message_answers_check check (answers is null
          or (purpose = 'service' and idem_key = 'answer:' || answers::text));
      create trigger message_answers_is_content before update of answers on message
        for each row execute function refuse_change();

      -- A person's single texts: what waits when the person opts out.
      create index message_single_phone on message (account_id, phone, id) where campaign_id is null;
      create index message_tally_account on message_tally (account_id);
      -- What else an account's campaigns have sent lately, for the frequency cap.
      create index campaign_control_account on campaign_control (account_id);

      -- Two ranges per lane: what never waited, by its place, and what waits for a time, by that time.
      drop index message_due_next;
      create index message_due_next on message_due (account_id, campaign_id, not_before, place);
      ${replaceIn('move_messages', ONE_BY_ONE, TOGETHER)}
    `)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${replaceIn('move_messages', TOGETHER, ONE_BY_ONE)}
      drop index message_due_next;
      create index message_due_next on message_due (account_id, campaign_id, place);
      drop index campaign_control_account, message_tally_account, message_single_phone;
      drop trigger message_answers_is_content on message;
      alter table message disable trigger message_moves;
      alter table message drop constraint message_answers_check, drop constraint message_purpose_check;
      update message set purpose = 'transactional' where purpose = 'service';
      alter table message enable trigger message_moves;
      alter table message
        drop column state_detail,
        drop column answers,
        add constraint message_purpose_check check (purpose in ('transactional', 'marketing'));
      drop table quiet_hours_event;
      alter table account_control
        drop constraint account_control_marketing_hours_check,
        drop column marketing_per_day,
        drop column holidays,
        drop column quiet_hours_waiver,
        drop column quiet_hours;
    `)
  }
}

/** How the queue learns of new times. A thousand texts that are put off at once look each other up one by one in the first. */
const ONE_BY_ONE = `update message_due d set not_before = (select n.not_before from after n where n.id = d.message_id)
            where d.message_id = any (deferred);`
const TOGETHER = `update message_due d set not_before = n.not_before from after n
            where d.message_id = n.id and n.id = any (deferred);`

function replaceIn(name: string, before: string, after: string): string {
  return `do $replace$ declare was text := pg_get_functiondef('${name}'::regproc); begin
        if position($before$${before}$before$ in was) = 0 then raise exception '${name} is not what it was'; end if;
        execute replace(was, $before$${before}$before$, $after$${after}$after$);
      end $replace$;`
}
