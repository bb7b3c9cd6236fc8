import type { MigrationInterface, QueryRunner } from 'typeorm'

const pauseReasons = [
  'by_user',
  'credits_exhausted',
  'subscription_inactive',
  'carrier_unavailable',
  'error_rate',
  'cap_reached',
  'by_administrator',
  'runaway_guard',
]

/**
 * Money: what is for sale, who bought what, what Stripe said of it, and which lots of credits came of it. The rules that
 * must never break stand here: a purchase is granted once, a top-up runs alone, a month's cap holds.
 */
export class CreateBilling1763776870000 implements MigrationInterface {
  name = 'CreateBilling1763776870000'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- One order over marks ("this object changed") and fetches ("this is how it was"): a fetch that began after the
      -- last mark has seen everything that the mark meant.
      create sequence stripe_ord;

      create table price_list_item (
        code text primary key check (code ~ '^[a-z0-9_]{1,60}$'),
        kind text not null check (kind in ('pack', 'plan', 'top_up')),
        name text not null,
        credits bigint not null check (credits > 0),
        amount_minor bigint not null check (amount_minor > 0),
        currency text not null check (currency ~ '^[a-z]{3}$'),
        trial_days int not null default 0 check (trial_days >= 0),
        trial_credits bigint not null default 0 check (trial_credits >= 0),
        -- What a period leaves may be used in the next one, up to so many credits.
        rollover_credits_max bigint not null default 0 check (rollover_credits_max >= 0),
        listed boolean not null default true,
        check (kind = 'plan' or (trial_days = 0 and trial_credits = 0 and rollover_credits_max = 0))
      );
      create unique index one_top_up_price on price_list_item (currency) where kind = 'top_up' and listed;
      -- Orders refer to their terms for ever: an item is only taken off the list.
      create trigger price_list_item_is_history before update of code, kind, name, credits, amount_minor, currency, trial_days,
        trial_credits, rollover_credits_max or delete on price_list_item for each row execute function refuse_change();
      insert into price_list_item (code, kind, name, credits, amount_minor, currency, trial_days, trial_credits, rollover_credits_max) values
        ('credits_1000', 'pack', '1,000 credits', 1000, 1500, 'usd', 0, 0, 0),
        ('credits_2500', 'pack', '2,500 credits', 2500, 3500, 'usd', 0, 0, 0),
        ('credits_10000', 'pack', '10,000 credits', 10000, 12000, 'usd', 0, 0, 0),
        ('plan_starter', 'plan', 'Starter', 1000, 1900, 'usd', 14, 100, 250),
        ('plan_growth', 'plan', 'Growth', 5000, 7900, 'usd', 14, 100, 1000),
        ('plan_scale', 'plan', 'Scale', 25000, 29900, 'usd', 0, 0, 5000),
        ('top_up', 'top_up', 'Automatic top-up, 1,000 credits', 1000, 1500, 'usd', 0, 0, 0);

      -- Stripe's prices of our plans. A plan may have had several.
      create table stripe_price (
        price_id text primary key,
        code text not null references price_list_item
      );

      create table billing_customer (
        account_id uuid primary key references account,
        customer_id text not null unique,
        -- The payment method that automatic top-up charges.
        card_id text,
        created_at timestamptz not null
      );

      create table billing_order (
        id uuid primary key,
        account_id uuid not null references account,
        kind text not null check (kind in ('pack', 'plan')),
        code text not null references price_list_item,
        credits bigint not null check (credits > 0),
        amount_minor bigint not null check (amount_minor > 0),
        currency text not null,
        state text not null check (state in ('created', 'open', 'pending', 'paid', 'failed', 'expired')),
        session_id text unique,
        session_url text,
        idem_key text not null,
        created_at timestamptz not null,
        expires_at timestamptz not null,
        changed_at timestamptz not null,
        unique (account_id, idem_key),
        unique (account_id, id),
        -- Money may be heard of before the session that it was paid in.
        check (state not in ('open', 'pending') or session_id is not null)
      );
      create index billing_order_account on billing_order (account_id, id desc);

      create table top_up_setting (
        account_id uuid primary key references account,
        enabled boolean not null,
        threshold_credits bigint not null check (threshold_credits > 0),
        mode text not null check (mode in ('fixed', 'target')),
        -- To buy, or to reach.
        credits bigint not null check (credits > 0),
        monthly_cap_minor bigint not null check (monthly_cap_minor > 0),
        disabled_reason text,
        -- Declines in a row; the next success begins again.
        failures int not null default 0 check (failures >= 0),
        -- Not before this, after a decline or right after another top-up.
        rest_until timestamptz not null default '-infinity',
        changed_at timestamptz not null,
        check (enabled = (disabled_reason is null)),
        check (mode = 'fixed' or credits > threshold_credits)
      );

      -- What is charged and what is pending count alike, so that two charges never pass the cap together.
      create table top_up_month (
        account_id uuid not null references account,
        month date not null,
        cap_minor bigint not null,
        committed_minor bigint not null default 0,
        primary key (account_id, month),
        constraint top_up_month_keeps_cap check (committed_minor between 0 and cap_minor)
      );

      create table top_up (
        id uuid primary key,
        account_id uuid not null references account,
        state text not null check (state in ('requested', 'processing', 'requires_action', 'succeeded', 'failed', 'canceled')),
        credits bigint not null check (credits > 0),
        amount_minor bigint not null check (amount_minor > 0),
        currency text not null,
        month date not null,
        card_id text not null,
        -- How often the charge was posted under this top-up's key.
        posts int not null default 0,
        payment_intent_id text unique,
        failure text,
        look_at timestamptz not null,
        requested_at timestamptz not null,
        ended_at timestamptz,
        unique (account_id, id),
        foreign key (account_id, month) references top_up_month,
        check ((state in ('succeeded', 'failed', 'canceled')) = (ended_at is not null))
      );
      create unique index one_top_up_at_a_time on top_up (account_id) where state in ('requested', 'processing', 'requires_action');
      create index top_up_open on top_up (look_at) where state in ('requested', 'processing', 'requires_action');
      create index top_up_account on top_up (account_id, id desc);

      -- Accounts whose credits fell below their mark.
      create table top_up_due (
        account_id uuid primary key references account,
        not_before timestamptz not null default '-infinity'
      );
      alter table credit_balance add column low_mark bigint;
      create function note_low_credits() returns trigger language plpgsql as $$ begin
        insert into top_up_due (account_id) values (new.account_id) on conflict do nothing;
        return null;
      end $$;
      -- Costs a comparison of two columns where nobody wants a top-up, and one where nobody is low.
      create trigger credit_balance_runs_low after update on credit_balance for each row
        when (new.low_mark is not null and new.available < new.low_mark and new.available < old.available)
        execute function note_low_credits();
      create function keep_low_mark() returns trigger language plpgsql as $$ begin
        update credit_balance set low_mark = case when new.enabled then new.threshold_credits end where account_id = new.account_id;
        return null;
      end $$;
      create trigger top_up_setting_keeps_mark after insert or update of enabled, threshold_credits on top_up_setting
        for each row execute function keep_low_mark();

      create table billing_subscription (
        id text primary key,
        account_id uuid not null references account,
        -- As Stripe says it, whatever that may be some day.
        status text not null,
        code text references price_list_item,
        price_id text,
        item_id text,
        collection_paused boolean not null,
        pause_cause text,
        cancel_at timestamptz,
        period_start timestamptz,
        period_end timestamptz,
        created_at timestamptz not null,
        ended_at timestamptz
      );
      create index billing_subscription_account on billing_subscription (account_id, created_at desc);

      create table billing_invoice (
        id text primary key,
        account_id uuid not null references account,
        subscription_id text,
        number text,
        status text not null,
        reason text,
        currency text not null,
        total_minor bigint not null,
        paid_minor bigint not null,
        hosted_url text,
        attempts int not null,
        next_attempt_at timestamptz,
        created_at timestamptz not null
      );
      create index billing_invoice_account on billing_invoice (account_id, created_at desc);

      create table billing_payment (
        id text primary key,
        account_id uuid not null references account,
        order_id uuid,
        top_up_id uuid,
        invoice_id text,
        status text not null,
        currency text not null,
        amount_minor bigint not null,
        received_minor bigint not null check (received_minor >= 0),
        refunded_minor bigint not null check (refunded_minor >= 0),
        disputed_minor bigint not null check (disputed_minor >= 0),
        dispute_open boolean not null,
        -- The bank says that it was fraud; holds sending until somebody has looked into it, or the money went back.
        fraud_warned boolean not null,
        fraud_cleared_at timestamptz,
        fraud_cleared_by text,
        fraud_cleared_reason text,
        failure text,
        receipt_url text,
        created_at timestamptz not null,
        check (num_nonnulls(order_id, top_up_id, invoice_id) = 1),
        check (num_nonnulls(fraud_cleared_at, fraud_cleared_by, fraud_cleared_reason) in (0, 3)),
        foreign key (account_id, order_id) references billing_order (account_id, id),
        foreign key (account_id, top_up_id) references top_up (account_id, id)
      );
      create index billing_payment_account on billing_payment (account_id, created_at desc);
      create index billing_payment_invoice on billing_payment (invoice_id) where invoice_id is not null;
      create index billing_payment_disputed on billing_payment (account_id) where dispute_open or fraud_warned;

      -- Something bought that credits came of: 'pi:…' for a pack or a top-up, 'in:…' for a period of a plan.
      create table billing_purchase (
        id text primary key check (id ~ '^(pi|in):'),
        account_id uuid not null references account,
        order_id uuid unique,
        top_up_id uuid unique,
        invoice_id text unique,
        credits bigint not null default 0 check (credits >= 0),
        clawed_credits bigint not null default 0,
        -- Counts clawbacks and restorations: the key of each.
        moves int not null default 0,
        created_at timestamptz not null,
        check (clawed_credits between 0 and credits),
        check (num_nonnulls(order_id, top_up_id, invoice_id) = 1)
      );
      create index billing_purchase_account on billing_purchase (account_id, created_at desc);

      -- Which lots are a purchase's own.
      create table billing_lot (
        account_id uuid not null,
        lot_no int not null,
        purchase_id text not null references billing_purchase,
        kind text not null check (kind in ('grant', 'restore', 'rollover')),
        subscription_id text,
        code text references price_list_item,
        period_end timestamptz,
        source_lot_no int,
        -- Whether what it left was offered to the next period.
        rolled boolean not null default false,
        primary key (account_id, lot_no),
        foreign key (account_id, lot_no) references credit_lot,
        check ((kind = 'rollover') = (source_lot_no is not null))
      );
      create index billing_lot_purchase on billing_lot (purchase_id);
      create index billing_lot_period on billing_lot (account_id, subscription_id, period_end) where subscription_id is not null;
      create unique index lot_rolls_over_once on billing_lot (account_id, source_lot_no) where kind = 'rollover';

      create table stripe_object (
        id text primary key,
        kind text not null check (kind in ('payment', 'invoice', 'subscription', 'session', 'customer')),
        dirty_ord bigint not null,
        fetch_ord bigint not null default 0,
        tries int not null default 0,
        retry_at timestamptz not null default '-infinity',
        problem text,
        -- 'ours' once it was applied to an account, 'missing' when it vanished after that; 'not-ours' when nothing of us points to it.
        outcome text
      );
      create index stripe_object_dirty on stripe_object (dirty_ord) where dirty_ord > fetch_ord;

      -- What Stripe has and we cannot make sense of, until it agrees again.
      create table billing_difference (
        id bigint generated always as identity primary key,
        object_id text not null,
        object_kind text not null,
        account_id uuid,
        what text not null,
        found_at timestamptz not null,
        resolved_at timestamptz
      );
      create unique index billing_difference_open on billing_difference (object_id, what) where resolved_at is null;

      -- When the last event came, among millions of another provider's.
      create index webhook_inbox_stripe on webhook_inbox (id) where provider = 'stripe';

      create table stripe_cursor (
        name text primary key,
        -- Seconds, as Stripe counts them.
        created_from bigint not null,
        moved_at timestamptz not null
      );

      alter table campaign_control
        drop constraint campaign_control_pause_reason_check,
        add constraint campaign_control_pause_reason_check check (pause_reason in (${quoted([...pauseReasons, 'billing_dispute'])}));

      -- An open dispute or a fraud warning stops sending by itself and ends by itself; an administrator's stop stands beside it.
      alter table account_control add column billing_freeze text;
      create or replace function record_account_control() returns trigger language plpgsql as $$ begin
        if tg_op = 'INSERT' or (old.subscription_state, old.sending_stopped_reason, old.billing_freeze)
            is distinct from (new.subscription_state, new.sending_stopped_reason, new.billing_freeze) then
          insert into control_event (kind, key, state, reason) values ('account', new.account_id,
            case when coalesce(new.sending_stopped_reason, new.billing_freeze) is null and new.subscription_state in ('active', 'trialing')
              then 'may_send' else 'may_not_send' end,
            coalesce(new.sending_stopped_reason, new.billing_freeze, new.subscription_state));
        end if;
        return new;
      end $$;
    `)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create or replace function record_account_control() returns trigger language plpgsql as $$ begin
        if tg_op = 'INSERT' or (old.subscription_state, old.sending_stopped_reason)
            is distinct from (new.subscription_state, new.sending_stopped_reason) then
          insert into control_event (kind, key, state, reason) values ('account', new.account_id,
            case when new.sending_stopped_reason is null and new.subscription_state in ('active', 'trialing')
              then 'may_send' else 'may_not_send' end,
            coalesce(new.sending_stopped_reason, new.subscription_state));
        end if;
        return new;
      end $$;
      drop index webhook_inbox_stripe;
      alter table account_control drop column billing_freeze;
      update campaign_control set pause_reason = 'by_administrator' where pause_reason = 'billing_dispute';
      alter table campaign_control
        drop constraint campaign_control_pause_reason_check,
        add constraint campaign_control_pause_reason_check check (pause_reason in (${quoted(pauseReasons)}));
      drop table stripe_cursor, billing_difference, stripe_object, billing_lot, billing_purchase, billing_payment,
        billing_invoice, billing_subscription;
      drop trigger top_up_setting_keeps_mark on top_up_setting;
      drop trigger credit_balance_runs_low on credit_balance;
      drop function keep_low_mark, note_low_credits;
      alter table credit_balance drop column low_mark;
      drop table top_up_due, top_up, top_up_month, top_up_setting, billing_order, billing_customer, stripe_price, price_list_item;
      drop sequence stripe_ord;
    `)
  }
}

function quoted(words: readonly string[]): string {
  return words.map((word) => `'${word}'`).join(', ')
}
