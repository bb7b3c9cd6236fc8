import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Campaigns: content, control (what claims share-lock), the frozen audience with its order, and quotes. */
export class CreateCampaigns1763776803000 implements MigrationInterface {
  name = 'CreateCampaigns1763776803000'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table campaign (
        id uuid primary key,
        account_id uuid not null references account,
        name text not null check (length(name) between 1 and 200),
        purpose text not null default 'marketing' check (purpose in ('transactional', 'marketing')),
        template text not null check (length(template) between 1 and 1600),
        opt_out_footer text,
        -- {"tags": [...], "importId": "..."}; empty means every contact.
        audience jsonb not null,
        auto_resume boolean not null default false,
        scheduled_at timestamptz,
        -- A message that could not leave by then is expired, not sent late.
        expires_at timestamptz,
        clone_of uuid,
        created_by text not null,
        created_at timestamptz not null default clock_timestamp(),
        updated_at timestamptz not null default clock_timestamp(),
        unique (id, account_id)
      );
      create index campaign_account on campaign (account_id, id);

      create table campaign_control (
        campaign_id uuid primary key,
        account_id uuid not null,
        state text not null default 'draft' check (state in ('draft', 'scheduled', 'running', 'paused', 'completed', 'cancelled')),
        pause_reason text check (pause_reason in ('by_user', 'credits_exhausted', 'subscription_inactive', 'carrier_unavailable',
          'error_rate', 'cap_reached', 'by_administrator')),
        -- Credits: the quote that the campaign was started with is its cap.
        cap_credits bigint check (cap_credits >= 0),
        quote_id uuid,
        started_at timestamptz,
        finished_at timestamptz,
        changed_at timestamptz not null default clock_timestamp(),
        foreign key (campaign_id, account_id) references campaign (id, account_id),
        check ((state = 'paused') = (pause_reason is not null)),
        check ((state in ('running', 'paused', 'completed')) <= (started_at is not null))
      );
      create index campaign_control_live on campaign_control (state) where state in ('scheduled', 'running', 'paused');

      -- Mirror of campaigns/domain/campaign-state.ts; a test holds them equal.
      create table campaign_transition (from_state text, to_state text, primary key (from_state, to_state));
      insert into campaign_transition values ('draft', 'scheduled'), ('draft', 'running'), ('draft', 'cancelled'),
        ('scheduled', 'draft'), ('scheduled', 'running'), ('scheduled', 'paused'), ('scheduled', 'cancelled'),
        ('running', 'paused'), ('running', 'completed'), ('running', 'cancelled'),
        ('paused', 'running'), ('paused', 'cancelled'), ('paused', 'completed');

      create function move_campaign() returns trigger language plpgsql as $$ begin
        if tg_op = 'UPDATE' and old.state <> new.state and not exists (
            select from campaign_transition t where t.from_state = old.state and t.to_state = new.state) then
          raise exception 'illegal campaign transition % -> %', old.state, new.state using errcode = '23001';
        end if;
        if tg_op = 'INSERT' or (old.state, old.pause_reason) is distinct from (new.state, new.pause_reason) then
          insert into control_event (kind, key, state, reason) values ('campaign', new.campaign_id, new.state, new.pause_reason);
        end if;
        return new;
      end $$;
      create trigger campaign_moves after insert or update on campaign_control for each row execute function move_campaign();

      create table campaign_quote (
        id uuid primary key,
        campaign_id uuid not null,
        account_id uuid not null,
        audience_size int not null,
        recipients int not null,
        skipped jsonb not null,
        segments_min int not null,
        segments_typical int not null,
        segments_max int not null,
        credits bigint not null,
        details jsonb not null,
        -- Of template, footer, audience filter and price book: a quote for something else does not start a campaign.
        content_hash bytea not null,
        created_at timestamptz not null default clock_timestamp(),
        foreign key (campaign_id, account_id) references campaign (id, account_id)
      );
      create index campaign_quote_campaign on campaign_quote (campaign_id, created_at desc);
      create trigger campaign_quote_is_history before update or delete on campaign_quote for each row execute function refuse_change();

      create table recipient (
        campaign_id uuid not null,
        ordinal int not null,
        contact_id uuid not null,
        phone text not null,
        -- Why this recipient gets no text; null for those who get one.
        skip_reason text,
        primary key (campaign_id, ordinal)
      );
      create unique index one_recipient_per_contact on recipient (campaign_id, contact_id);

      -- How far the frozen audience has been turned into messages.
      create table campaign_preparation (
        campaign_id uuid primary key references campaign (id),
        account_id uuid not null,
        audience_size int not null,
        next_ordinal int not null default 1,
        skipped int not null default 0,
        done boolean not null default false
      );
      create index campaign_preparation_open on campaign_preparation (campaign_id) where not done;
    `)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table campaign_preparation, recipient, campaign_quote, campaign_control, campaign_transition, campaign cascade;
      drop function move_campaign;
    `)
  }
}
