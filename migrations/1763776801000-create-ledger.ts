import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * The credit ledger. A transfer moves credits between two ledger accounts; its kind says which (transfer_kind), so a
 * transfer is one row and its two ledger entries are a view. Balances, lots and the hash chain are moved by one
 * statement-level trigger and by nothing else: callers insert transfers, they never write a balance.
 */
export class CreateLedger1763776801000 implements MigrationInterface {
  name = 'CreateLedger1763776801000'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create type transfer_kind_name as enum ('grant', 'hold', 'capture', 'release', 'refund', 'expiry',
        'clawback', 'deduction', 'debt_charge', 'debt_repayment');

      -- Which ledger account gives and which receives, as data.
      create table transfer_kind (
        kind transfer_kind_name primary key,
        gives text not null,
        receives text not null
      );
      insert into transfer_kind values
        ('grant', 'funding', 'available'),
        ('hold', 'available', 'held'),
        ('capture', 'held', 'spent'),
        ('release', 'held', 'available'),
        ('refund', 'spent', 'available'),
        ('expiry', 'available', 'expired'),
        ('clawback', 'available', 'funding'),
        ('deduction', 'available', 'funding'),
        ('debt_charge', 'debt', 'funding'),
        ('debt_repayment', 'available', 'debt');
      create trigger transfer_kind_is_fixed before insert or update or delete on transfer_kind
        for each row execute function refuse_change();
      create trigger transfer_kind_is_kept before truncate on transfer_kind
        for each statement execute function refuse_change();

      create table credit_balance (
        account_id uuid primary key references account,
        available bigint not null default 0 check (available >= 0),
        held bigint not null default 0 check (held >= 0),
        spent bigint not null default 0 check (spent >= 0),
        expired bigint not null default 0 check (expired >= 0),
        -- What the account owes after credits it had spent already were taken back.
        debt bigint not null default 0 check (debt >= 0),
        seq bigint not null default 0,
        block_no bigint not null default 0,
        head bytea not null default '\\x00',
        check (available = 0 or debt = 0)
      ) with (fillfactor = 50);

      create table credit_lot (
        account_id uuid not null references credit_balance,
        lot_no int not null,
        source text not null check (source in ('plan', 'purchase', 'promotion', 'adjustment')),
        amount bigint not null check (amount > 0),
        remaining bigint not null default 0 check (remaining between 0 and amount),
        priority smallint not null default 50 check (priority between 0 and 100),
        expires_at timestamptz,
        -- The payment, plan period or ticket that the lot came from.
        origin text not null,
        created_at timestamptz not null default clock_timestamp(),
        primary key (account_id, lot_no),
        unique (account_id, origin)
      ) with (fillfactor = 50);
      -- No index says what a lot has left: its pages would be written with every hold, and serializable transactions of
      -- other accounts that had read the same page would have to run again.
      create index credit_lot_expiry on credit_lot (expires_at) where expires_at is not null;

      -- No foreign keys here, where every message writes twice: post_transfers asks for balance, lot and reference by set.
      -- Wide columns first: nothing is padded.
      create table credit_transfer (
        account_id uuid not null,
        seq bigint not null,
        amount bigint not null check (amount > 0),
        -- What this transfer resolves or undoes: a hold for capture and release, a capture for refund.
        ref_seq bigint,
        attempt_id uuid,
        kind transfer_kind_name not null,
        -- The lot that gives or receives; for a debt charge, the lot that was taken back.
        lot_no int not null,
        -- Of a hold that takes from several lots: 1, 2, 3, …
        part smallint,
        op_key text,
        primary key (account_id, seq),
        check ((kind in ('capture', 'release', 'refund')) = (ref_seq is not null)),
        check ((kind = 'hold') = (attempt_id is not null and part is not null)),
        check (kind = 'hold' or (attempt_id is null and part is null)),
        check (kind not in ('grant', 'clawback', 'deduction', 'debt_charge', 'expiry') or op_key is not null)
      );
      create unique index credit_transfer_op_key on credit_transfer (account_id, op_key) where op_key is not null;
      -- The account as the indexes below know it. Were it account_id, the primary key would serve every question about
      -- an attempt or a reference as well, by reading all transfers of the account: while the ledger is young, Postgres
      -- cannot tell which is better, keeps the plan, and the ledger grows. The account comes first, because accounts
      -- that shared pages of an index would conflict with each other under serializable isolation.
      create function ledger_key(account_id uuid) returns bigint language sql immutable parallel safe
        return uuid_hash_extended(account_id, 0);
      -- An attempt holds once: a second hold would begin with part 1 again.
      create unique index attempt_holds_once on credit_transfer (ledger_key(account_id), attempt_id, part) where kind = 'hold';
      create unique index hold_resolves_once on credit_transfer (ledger_key(account_id), ref_seq) where kind in ('capture', 'release');
      create unique index capture_refunds_once on credit_transfer (ledger_key(account_id), ref_seq) where kind = 'refund';
      create unique index lot_is_granted_once on credit_transfer (account_id, lot_no) where kind = 'grant';

      -- One block per statement and account: who, why, when, and a hash over its transfers and the block before it.
      create table ledger_block (
        account_id uuid not null references credit_balance,
        block_no bigint not null,
        first_seq bigint not null,
        last_seq bigint not null,
        actor text not null,
        reason text,
        at timestamptz not null,
        prev bytea not null,
        hash bytea not null,
        primary key (account_id, block_no),
        check (last_seq >= first_seq)
      );
      create unique index ledger_block_first_seq on ledger_block (account_id, first_seq);

      -- What the hashes cover. Free text is quoted, so that no two different histories have the same text.
      -- Written to be inlined: stable, because that is what concat_ws is declared.
      create function transfer_text(t credit_transfer) returns text language sql stable as $$
        select concat_ws('|', t.seq, t.kind, t.amount, t.lot_no, coalesce(t.ref_seq::text, '-'),
          coalesce(t.attempt_id::text, '-'), coalesce(quote_literal(t.op_key), '-')) $$;

      create function lot_text(l credit_lot) returns text language sql stable as $$
        select concat_ws('|', 'lot', l.lot_no, l.source, l.amount, l.priority,
          coalesce(extract(epoch from l.expires_at)::numeric(20, 6)::text, '-'), quote_literal(l.origin)) $$;

      -- Over the block before it, who, why and when, its transfers, and the terms of the lots that it grants.
      create function block_hash(b ledger_block, transfers text, lots text) returns bytea language sql stable as $$
        select sha256(b.prev || convert_to(concat_ws(E'\\n', concat_ws('|', b.account_id, b.block_no, b.first_seq, b.last_seq,
          quote_literal(b.actor), coalesce(quote_literal(b.reason), '-'), extract(epoch from b.at)::numeric(20, 6)), transfers, lots), 'UTF8')) $$;

      -- Its plans are kept from when the tables were empty: without the settings one could read the whole ledger each time.
      create function post_transfers() returns trigger language plpgsql
        set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
      declare
        b credit_balance;
        n bigint; lo bigint; hi bigint; transfers text; lots text;
        another_account boolean; wrong_reference boolean; wrong_lot boolean; grants boolean; holds boolean;
        d_available bigint; d_held bigint; d_spent bigint; d_expired bigint; d_debt bigint;
        block ledger_block;
      begin
        select account_id into b.account_id from posted limit 1;
        if not found then return null; end if;
        select * into strict b from credit_balance where account_id = b.account_id for update;
        select count(*), min(t.seq), max(t.seq), string_agg(transfer_text(t::credit_transfer), E'\\n' order by t.seq),
          bool_or(t.account_id is distinct from b.account_id), bool_or(t.kind = 'grant'), bool_or(t.kind = 'hold'),
          bool_or(t.ref_seq is not null and (r.seq is null or r.amount <> t.amount or r.lot_no <> t.lot_no
            or r.kind <> case when t.kind = 'refund' then 'capture' else 'hold' end::transfer_kind_name))
          into n, lo, hi, transfers, another_account, grants, holds, wrong_reference
          from posted t left join lateral (
            select seq, amount, lot_no, kind from credit_transfer r where r.account_id = t.account_id and r.seq = t.ref_seq limit 1
          ) r on t.ref_seq is not null;
        if another_account then raise exception 'one statement posts to one account' using errcode = '23001'; end if;
        if lo <> b.seq + 1 or hi <> b.seq + n then
          raise exception 'transfers must continue at seq %', b.seq + 1 using errcode = '40001';
        end if;
        if wrong_reference then
          raise exception 'a capture or release names a hold, a refund names a capture, of the same size and lot'
            using errcode = '23503', constraint = 'transfer_reference';
        end if;
        if holds and exists (
          select from posted where kind = 'hold' group by attempt_id
          having max(part) <> count(*) or min(part) <> 1 or count(distinct lot_no) <> count(*)
        ) then
          raise exception 'the parts of a hold are counted from 1, one for each lot' using errcode = '23514', constraint = 'hold_parts';
        end if;
        if grants then
          if exists (
            select from posted t join credit_lot l on l.account_id = b.account_id and l.lot_no = t.lot_no
            where t.kind = 'grant' and l.amount <> t.amount
          ) then
            raise exception 'a grant fills its whole lot' using errcode = '23503', constraint = 'grant_lot';
          end if;
          select string_agg(lot_text(l), E'\\n' order by l.lot_no) into lots
            from posted t join credit_lot l on l.account_id = b.account_id and l.lot_no = t.lot_no where t.kind = 'grant';
        end if;

        -- A statement moves few kinds over few lots, however many transfers it has.
        with moved as materialized (
          select kind, lot_no, sum(amount) as amount from posted group by kind, lot_no
        ), move as materialized (
          select m.lot_no, m.amount, k.gives, k.receives from moved m join transfer_kind k using (kind)
        ), lot as (
          update credit_lot l set remaining = l.remaining + d.delta from (
            select lot_no, coalesce(sum(amount) filter (where receives = 'available'), 0)
              - coalesce(sum(amount) filter (where gives = 'available'), 0) as delta
            from move group by lot_no
          ) d where l.account_id = b.account_id and l.lot_no = d.lot_no and d.delta <> 0
        )
        select
          coalesce(sum(amount) filter (where receives = 'available'), 0) - coalesce(sum(amount) filter (where gives = 'available'), 0),
          coalesce(sum(amount) filter (where receives = 'held'), 0) - coalesce(sum(amount) filter (where gives = 'held'), 0),
          coalesce(sum(amount) filter (where receives = 'spent'), 0) - coalesce(sum(amount) filter (where gives = 'spent'), 0),
          coalesce(sum(amount) filter (where receives = 'expired'), 0),
          coalesce(sum(amount) filter (where gives = 'debt'), 0) - coalesce(sum(amount) filter (where receives = 'debt'), 0),
          bool_or(not exists (select from credit_lot l where l.account_id = b.account_id and l.lot_no = move.lot_no))
          into d_available, d_held, d_spent, d_expired, d_debt, wrong_lot
          from move;
        if wrong_lot then
          raise exception 'credits come from a lot and go to a lot' using errcode = '23503', constraint = 'transfer_lot';
        end if;

        block.account_id = b.account_id; block.block_no = b.block_no + 1; block.first_seq = lo; block.last_seq = hi;
        block.actor = nullif(current_setting('tollgate.actor', true), '');
        block.reason = nullif(current_setting('tollgate.reason', true), '');
        block.at = clock_timestamp(); block.prev = b.head;
        if block.actor is null then raise exception 'credits never move without an actor' using errcode = '23502'; end if;
        block.hash = block_hash(block, transfers, lots);
        insert into ledger_block values (block.*);

        update credit_balance set available = available + d_available, held = held + d_held, spent = spent + d_spent,
          expired = expired + d_expired, debt = debt + d_debt, seq = hi, block_no = block.block_no, head = block.hash
          where account_id = b.account_id;
        return null;
      end $$;
      create trigger credit_transfer_posts after insert on credit_transfer referencing new table as posted
        for each statement execute function post_transfers();

      create trigger credit_transfer_is_history before update or delete on credit_transfer
        for each row execute function refuse_change();
      create trigger credit_transfer_is_kept before truncate on credit_transfer
        for each statement execute function refuse_change();
      create trigger ledger_block_is_history before update or delete on ledger_block
        for each row execute function refuse_change();
      create trigger ledger_block_is_kept before truncate on ledger_block
        for each statement execute function refuse_change();

      create function only_the_ledger() returns trigger language plpgsql as $$ begin
        if pg_trigger_depth() < 2 then
          raise exception '% changes only through credit_transfer', tg_table_name using errcode = '23001';
        end if;
        return new;
      end $$;
      create trigger credit_balance_guard before update on credit_balance for each row execute function only_the_ledger();
      create trigger credit_balance_is_kept before delete on credit_balance for each row execute function refuse_change();
      create trigger credit_balance_is_not_emptied before truncate on credit_balance
        for each statement execute function refuse_change();
      create trigger ledger_block_guard before insert on ledger_block for each row execute function only_the_ledger();

      create function guard_lot() returns trigger language plpgsql as $$ begin
        if tg_op = 'INSERT' then
          if new.remaining <> 0 then raise exception 'a lot is filled by its grant' using errcode = '23001'; end if;
          return new;
        end if;
        if pg_trigger_depth() < 2 or (old.account_id, old.lot_no, old.source, old.amount, old.priority, old.expires_at, old.origin, old.created_at)
            is distinct from (new.account_id, new.lot_no, new.source, new.amount, new.priority, new.expires_at, new.origin, new.created_at) then
          raise exception 'a lot changes only through credit_transfer' using errcode = '23001';
        end if;
        return new;
      end $$;
      create trigger credit_lot_guard before insert or update on credit_lot for each row execute function guard_lot();
      create trigger credit_lot_is_kept before delete on credit_lot for each row execute function refuse_change();
      create trigger credit_lot_is_not_emptied before truncate on credit_lot
        for each statement execute function refuse_change();

      create function open_balance() returns trigger language plpgsql as $$ begin
        insert into credit_balance (account_id) values (new.id);
        return new;
      end $$;
      create trigger account_opens_balance after insert on account for each row execute function open_balance();

      -- Each side of each transfer, signed: the sum over all ledger accounts is zero at every moment.
      create view ledger_entry as
        select t.account_id, t.seq, k.receives as ledger_account, t.amount, t.kind, t.lot_no from credit_transfer t join transfer_kind k using (kind)
        union all
        select t.account_id, t.seq, k.gives, -t.amount, t.kind, t.lot_no from credit_transfer t join transfer_kind k using (kind);

      create table price_book (
        version int not null,
        country text not null check (country ~ '^[A-Z]{2}$'),
        credits_per_segment int not null check (credits_per_segment > 0),
        effective_at timestamptz not null,
        published_by text not null default 'system',
        primary key (version, country)
      );
      create trigger price_book_is_history before update or delete on price_book
        for each row execute function refuse_change();
      create trigger price_book_is_kept before truncate on price_book
        for each statement execute function refuse_change();
      create function publish_whole_version() returns trigger language plpgsql as $$ begin
        if (select count(distinct (version, effective_at)) <> 1 or count(distinct version) <> 1 from added)
          or (select min(version) from added) <> 1 + coalesce((select max(version) from price_book p
               where not exists (select from added a where a.version = p.version and a.country = p.country)), 0) then
          raise exception 'a version of the price book is published once, whole, after the one before it' using errcode = '23001';
        end if;
        return null;
      end $$;
      create trigger price_book_grows after insert on price_book referencing new table as added
        for each statement execute function publish_whole_version();
      -- Version 1: the base-rate countries cost one credit a segment.
      insert into price_book (version, country, credits_per_segment, effective_at)
        select 1, country, credits, '2026-01-01T00:00:00Z' from (values
          ('US', 1), ('CA', 1), ('GB', 4), ('IE', 5), ('AU', 4), ('NZ', 6), ('DE', 8), ('FR', 6), ('ES', 6), ('IT', 7),
          ('NL', 8), ('SE', 5), ('PL', 3), ('PT', 4), ('BR', 2), ('MX', 4), ('IN', 6), ('JP', 6)
        ) as p (country, credits);
    `)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop trigger account_opens_balance on account;
      drop view ledger_entry;
      drop function block_hash, lot_text, transfer_text;
      drop table price_book, ledger_block, credit_transfer, credit_lot, credit_balance, transfer_kind cascade;
      drop function ledger_key;
      drop function publish_whole_version, open_balance, guard_lot, only_the_ledger, post_transfers;
      drop type transfer_kind_name;
    `)
  }
}
