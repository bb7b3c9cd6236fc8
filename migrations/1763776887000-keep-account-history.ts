import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * Who added whom, made which key and changed which setting: what no other history says. What was there before begins
 * with whatever the rows still tell.
 */
export class KeepAccountHistory1763776887000 implements MigrationInterface {
  name = 'KeepAccountHistory1763776887000'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table account_change (
        id bigint primary key generated always as identity,
        account_id uuid not null references account,
        kind text not null check (kind in ('member_added', 'member_role_changed', 'member_removed', 'key_created', 'key_revoked',
          'operation_registered', 'operation_removed', 'settings_changed')),
        -- Null for what happened before there was this history, and for the program itself.
        actor text,
        details jsonb not null default '{}'::jsonb,
        at timestamptz not null
      );
      create index account_change_account on account_change (account_id, at);

      insert into account_change (account_id, kind, actor, details, at)
      select m.account_id, 'member_added', null, jsonb_build_object('name', u.name, 'role', m.role), m.created_at
      from membership m join app_user u on u.id = m.user_id
      union all
      select account_id, 'key_created', 'user:' || created_by, jsonb_build_object('name', name, 'role', role), created_at from api_key
      union all
      select account_id, 'key_revoked', null, jsonb_build_object('name', name), revoked_at from api_key where revoked_at is not null
      union all
      select account_id, 'settings_changed', changed_by, '{"of": "inbox"}'::jsonb, changed_at from inbox_setting
      union all
      select account_id, 'settings_changed', changed_by, '{"of": "email"}'::jsonb, changed_at from email_setting
      union all
      select account_id, 'settings_changed', changed_by, '{"of": "appointments"}'::jsonb, changed_at from notification_settings
      order by 5;

      create trigger account_change_is_history before update or delete on account_change
        for each row execute function refuse_change();
      create trigger account_change_is_kept before truncate on account_change
        for each statement execute function refuse_change();

      -- These rows say themselves who changed them; only the last one would be known without this.
      create function record_setting() returns trigger language plpgsql as $$ begin
        insert into account_change (account_id, kind, actor, details, at)
        select new.account_id, 'settings_changed', new.changed_by, jsonb_build_object('of', tg_argv[0]) || coalesce((
            select jsonb_object_agg(n.key, n.value) from jsonb_each(to_jsonb(new)) n
            where n.key not in ('account_id', 'changed_at', 'changed_by', 'through_seq')
              and (tg_op = 'INSERT' or n.value is distinct from to_jsonb(old) -> n.key)), '{}'), new.changed_at;
        return null;
      end $$;
      create trigger inbox_setting_history after insert or update of changed_at on inbox_setting
        for each row execute function record_setting('inbox');
      create trigger email_setting_history after insert or update of changed_at on email_setting
        for each row execute function record_setting('email');
      create trigger notification_settings_history after insert or update of changed_at on notification_settings
        for each row execute function record_setting('appointments');

      -- Campaigns know who moved them, and whoever stops an account says so; their history now keeps it.
      alter table control_event add column actor text;
      ${moveCampaign('kind, key, state, reason, actor', "'campaign', new.campaign_id, new.state, new.pause_reason, new.changed_by")}
      ${recordControl(', actor', ", nullif(current_setting('tollgate.actor', true), '')")}

      -- What people did by themselves among what programs did: few rows of many.
      create index consent_event_by_person on consent_event (account_id, recorded_at) where actor ~ '^(user|admin):' and import_id is null;
      create index ledger_block_by_person on ledger_block (account_id, at) where actor ~ '^(user|admin):';
      create index unknown_decision_account on unknown_decision (account_id, at);
    `)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index unknown_decision_account, ledger_block_by_person, consent_event_by_person;
      ${recordControl('', '')}
      ${moveCampaign('kind, key, state, reason', "'campaign', new.campaign_id, new.state, new.pause_reason")}
      alter table control_event drop column actor;
      drop trigger notification_settings_history on notification_settings;
      drop trigger email_setting_history on email_setting;
      drop trigger inbox_setting_history on inbox_setting;
      drop table account_change;
      drop function record_setting;
    `)
  }
}

function moveCampaign(columns: string, values: string): string {
  return `create or replace function move_campaign() returns trigger language plpgsql as $$ begin
        if tg_op = 'UPDATE' and old.state <> new.state and not exists (
            select from campaign_transition t where t.from_state = old.state and t.to_state = new.state) then
          raise exception 'illegal campaign transition % -> %', old.state, new.state using errcode = '23001';
        end if;
        if tg_op = 'INSERT' or (old.state, old.pause_reason) is distinct from (new.state, new.pause_reason) then
          insert into control_event (${columns}) values (${values});
        end if;
        return new;
      end $$;`
}

function recordControl(column: string, value: string): string {
  return `create or replace function record_account_control() returns trigger language plpgsql as $$ begin
        if tg_op = 'INSERT' or (old.subscription_state, old.sending_stopped_reason, old.billing_freeze)
            is distinct from (new.subscription_state, new.sending_stopped_reason, new.billing_freeze) then
          insert into control_event (kind, key, state, reason${column}) values ('account', new.account_id,
            case when coalesce(new.sending_stopped_reason, new.billing_freeze) is null and new.subscription_state in ('active', 'trialing')
              then 'may_send' else 'may_not_send' end,
            coalesce(new.sending_stopped_reason, new.billing_freeze, new.subscription_state)${value});
        end if;
        return new;
      end $$;`
}
