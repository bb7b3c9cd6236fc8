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
        -- Whoever gets marketing is told how to end it, whichever program wrote this row.
        opt_out_footer text check (length(opt_out_footer) between 1 and 160),
        check (purpose <> 'marketing' or coalesce(opt_out_footer ~* '\\mSTOP\\M', false)),
        -- {"tags": [...], "excludeTags": [...], "importId": "..."}; {} means every contact.
        audience jsonb not null check (jsonb_typeof(audience) = 'object'),
        auto_resume boolean not null default false,
        -- The owner's own ceiling. The quote that it is started with is one as well; the lower of the two binds.
        cap_credits bigint check (cap_credits > 0),
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
        -- What exactly paused it, for example the carrier's failure class: decides whether it may resume by itself.
        pause_detail text,
        -- Credits: the quote that the campaign was started with is its cap.
        cap_credits bigint check (cap_credits >= 0),
        quote_id uuid,
        -- Why a scheduled start did not happen; it is a draft again then.
        start_problem text,
        -- Failures and settled messages when it was last started or resumed: the error rate counts from there.
        failed_before int not null default 0,
        settled_before int not null default 0,
        -- Cancelled, and messages may still have to be taken back.
        draining boolean not null default false,
        started_at timestamptz,
        finished_at timestamptz,
        changed_by text not null,
        changed_at timestamptz not null default clock_timestamp(),
        foreign key (campaign_id, account_id) references campaign (id, account_id),
        check ((state = 'paused') = (pause_reason is not null)),
        check (pause_detail is null or state = 'paused'),
        check ((state in ('running', 'paused', 'completed')) <= (started_at is not null)),
        check ((state in ('completed', 'cancelled')) = (finished_at is not null)),
        check (state <> 'scheduled' or quote_id is not null),
        check (not draining or state = 'cancelled')
      );
      create index campaign_control_live on campaign_control (state) where state in ('scheduled', 'running', 'paused');
      create index campaign_control_draining on campaign_control (campaign_id) where draining;

      -- Mirror of campaigns/domain/campaign-state.ts; a test holds them equal.
      create table campaign_transition (from_state text, to_state text, primary key (from_state, to_state));
      insert into campaign_transition values ('draft', 'scheduled'), ('draft', 'running'), ('draft', 'cancelled'),
        ('scheduled', 'draft'), ('scheduled', 'running'), ('scheduled', 'cancelled'),
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

      -- What recipients get is settled when the campaign leaves draft; a change makes a new campaign.
      create function keep_campaign_content() returns trigger language plpgsql as $$ begin
        if (old.account_id, old.purpose, old.template, old.opt_out_footer, old.audience, old.cap_credits, old.expires_at)
            is distinct from (new.account_id, new.purpose, new.template, new.opt_out_footer, new.audience, new.cap_credits, new.expires_at)
            and exists (select from campaign_control c where c.campaign_id = new.id and c.state <> 'draft') then
          raise exception 'only a draft changes its content' using errcode = '23001', constraint = 'campaign_content';
        end if;
        return new;
      end $$;
      create trigger campaign_keeps_content before update on campaign for each row execute function keep_campaign_content();

      create table campaign_quote (
        id uuid primary key,
        campaign_id uuid not null,
        account_id uuid not null,
        audience_size int not null check (audience_size >= recipients),
        recipients int not null check (recipients >= 0),
        skipped jsonb not null,
        segments_min int not null,
        segments_typical int not null,
        segments_max int not null,
        credits bigint not null,
        details jsonb not null,
        -- Of template, footer, audience filter and price book: a quote for something else does not start a campaign.
        content_hash bytea not null check (octet_length(content_hash) = 32),
        price_version int not null,
        created_at timestamptz not null,
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
      create index recipient_skipped on recipient (campaign_id, ordinal) where skip_reason is not null;

      -- How far the frozen audience has been turned into messages.
      create table campaign_preparation (
        campaign_id uuid primary key references campaign (id),
        account_id uuid not null,
        audience_size int not null check (audience_size > 0),
        price_version int not null,
        next_ordinal int not null default 1 check (next_ordinal between 1 and audience_size + 1),
        -- Recipients who get no text, by reason: those known at the start and those found while preparing.
        skipped jsonb not null,
        done boolean not null default false,
        check (not done or next_ordinal = audience_size + 1)
      );
      create index campaign_preparation_open on campaign_preparation (campaign_id) where not done;
    `)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table campaign_preparation, recipient, campaign_quote, campaign_control, campaign_transition, campaign cascade;
      drop function move_campaign, keep_campaign_content;
    `)
  }
}
