import type { MigrationInterface, QueryRunner } from 'typeorm'

/** What a refund may name, in the check that post_transfers makes. */
const REFUND_OF_CAPTURE = `r.kind <> case when t.kind = 'refund' then 'capture' else 'hold' end::transfer_kind_name`
const REFUND_OF_CHARGE = `not case when t.kind = 'refund' then r.kind in ('capture', 'late_charge') else r.kind = 'hold' end`

/**
 * What is known late is corrected, never rewritten. A late charge moves available → spent for an attempt whose hold was
 * given back before the carrier was proved to have the text; what is missing is advanced and owed. Also the history of what
 * administrators decided about unknown outcomes, and a policy of their own for texts outside campaigns.
 */
export class CorrectLateProofs1763776840001 implements MigrationInterface {
  name = 'CorrectLateProofs1763776840001'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table transfer_kind disable trigger transfer_kind_is_fixed;
      insert into transfer_kind values ('late_charge', 'available', 'spent');
      alter table transfer_kind enable trigger transfer_kind_is_fixed;

      alter table credit_transfer
        drop constraint credit_transfer_check1, drop constraint credit_transfer_check2,
        add constraint credit_transfer_check1 check ((kind in ('hold', 'late_charge')) = (attempt_id is not null and part is not null)),
        add constraint credit_transfer_check2 check (kind in ('hold', 'late_charge') or (attempt_id is null and part is null));
      create unique index attempt_is_charged_late_once on credit_transfer (ledger_key(account_id), attempt_id, part)
        where kind = 'late_charge';

      create function check_late_charge() returns trigger language plpgsql
        set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$ begin
        if (select sum(amount) from credit_transfer h
              where ledger_key(h.account_id) = ledger_key(new.account_id) and h.attempt_id = new.attempt_id and h.kind = 'hold')
            is distinct from
           (select case when min(part) = 1 and max(part) = count(*) and count(distinct lot_no) = count(*) then sum(amount) end
              from credit_transfer l
              where ledger_key(l.account_id) = ledger_key(new.account_id) and l.attempt_id = new.attempt_id and l.kind = 'late_charge') then
          raise exception 'a late charge is the whole cost of its attempt, once' using errcode = '23503', constraint = 'late_charge_amount';
        end if;
        if exists (
          select from credit_transfer h
          left join lateral (select seq, kind from credit_transfer r where ledger_key(r.account_id) = ledger_key(h.account_id)
            and r.ref_seq = h.seq and r.kind in ('capture', 'release') limit 1) r on true
          where ledger_key(h.account_id) = ledger_key(new.account_id) and h.attempt_id = new.attempt_id and h.kind = 'hold'
            and r.kind is distinct from 'release'
            and not exists (select from credit_transfer f where ledger_key(f.account_id) = ledger_key(h.account_id)
              and f.ref_seq = r.seq and f.kind = 'refund')
        ) then
          raise exception 'only what was given back is charged late' using errcode = '23503', constraint = 'late_charge_due';
        end if;
        return null;
      end $$;
      create trigger late_charge_is_due after insert on credit_transfer
        for each row when (new.kind = 'late_charge') execute function check_late_charge();

      -- An attempt that was closed without proof and given back is not accepted without being charged again.
      create function check_late_proof() returns trigger language plpgsql
        set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$ begin
        if exists (
          select from credit_transfer h
          join lateral (select seq from credit_transfer r where ledger_key(r.account_id) = ledger_key(h.account_id)
            and r.ref_seq = h.seq and r.kind in ('capture', 'release') and r.kind = 'capture' limit 1) r on true
          where ledger_key(h.account_id) = ledger_key(new.account_id) and h.attempt_id = new.id and h.kind = 'hold'
            and exists (select from credit_transfer f where ledger_key(f.account_id) = ledger_key(h.account_id)
              and f.ref_seq = r.seq and f.kind = 'refund')
            and not exists (select from credit_transfer l where ledger_key(l.account_id) = ledger_key(h.account_id)
              and l.attempt_id = new.id and l.kind = 'late_charge')
        ) then
          raise exception 'what is accepted after all is charged again' using errcode = '23503', constraint = 'late_proof_charged';
        end if;
        return null;
      end $$;
      create trigger attempt_is_proved_late after update of state on attempt
        for each row when (old.state = 'unproven' and new.state = 'accepted') execute function check_late_proof();

      -- Proofs that came after an attempt had been closed without one, each once, with what they corrected.
      create table late_proof (
        attempt_id uuid primary key,
        account_id uuid not null,
        message_id uuid not null,
        campaign_id uuid,
        sid text not null,
        closed_as attempt_state not null check (closed_as in ('unproven', 'absent', 'not_sent')),
        source text not null,
        -- Nothing when the charge of an unproven text was still standing; else what it cost, of which so much is owed.
        credits bigint not null check (credits >= 0),
        owed bigint not null check (owed between 0 and credits),
        at timestamptz not null default clock_timestamp()
      );
      create index late_proof_account on late_proof (account_id, attempt_id);

      create table unknown_decision (
        id bigint primary key generated always as identity,
        account_id uuid not null,
        attempt_id uuid not null,
        message_id uuid not null,
        decision text not null check (decision in ('charge', 'give_back', 'send_again')),
        actor text not null,
        reason text not null check (btrim(reason) <> ''),
        at timestamptz not null default clock_timestamp()
      );
      create index unknown_decision_attempt on unknown_decision (attempt_id);

      create index attempt_unproven on attempt (account_id, id) where state = 'unproven';

      -- unknown_policy is for campaigns; texts outside them keep what the account had chosen for all.
      alter table account_control
        add column unknown_policy_single text not null default 'P0' check (unknown_policy_single in ('P0', 'P1'));
      update account_control set unknown_policy_single = unknown_policy where unknown_policy <> 'P0';
    `)
    for (const table of ['late_proof', 'unknown_decision']) {
      await runner.query(`
        create trigger ${table}_is_history before update or delete on ${table} for each row execute function refuse_change();
        create trigger ${table}_is_not_emptied before truncate on ${table} for each statement execute function refuse_change();
      `)
    }
    await rewrite(runner, 'post_transfers', REFUND_OF_CAPTURE, REFUND_OF_CHARGE)
  }

  async down(runner: QueryRunner): Promise<void> {
    await rewrite(runner, 'post_transfers', REFUND_OF_CHARGE, REFUND_OF_CAPTURE)
    await runner.query(`
      alter table account_control drop column unknown_policy_single;
      drop index attempt_unproven;
      drop table unknown_decision, late_proof;
      drop trigger attempt_is_proved_late on attempt;
      drop trigger late_charge_is_due on credit_transfer;
      drop function check_late_proof, check_late_charge;
      drop index attempt_is_charged_late_once;
      -- Fails while there are late charges: history is not taken back.
      alter table credit_transfer
        drop constraint credit_transfer_check1, drop constraint credit_transfer_check2,
        add constraint credit_transfer_check1 check ((kind = 'hold') = (attempt_id is not null and part is not null)),
        add constraint credit_transfer_check2 check (kind = 'hold' or (attempt_id is null and part is null));
      alter table transfer_kind disable trigger transfer_kind_is_fixed;
      delete from transfer_kind where kind = 'late_charge';
      alter table transfer_kind enable trigger transfer_kind_is_fixed;
    `)
  }
}

/** Changes one condition of a function and leaves the rest as whoever wrote it last has left it. */
async function rewrite(runner: QueryRunner, name: string, from: string, to: string): Promise<void> {
  const rows = (await runner.query(`select pg_get_functiondef($1::regproc) as definition`, [name])) as {
    definition: string
  }[]
  const definition = rows[0]?.definition ?? ''
  if (!definition.includes(from)) throw new Error(`${name} does not have the condition to be changed`)
  await runner.query(definition.replace(from, () => to))
}
