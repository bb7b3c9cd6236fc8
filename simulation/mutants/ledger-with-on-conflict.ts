import { all, funded, withPlan, withTransactions } from './focus.js'
import type { Mutant } from './mutant.js'

/**
 * Finding 6: a ledger whose row trigger moves the balance before the insert, and that relies on ON CONFLICT for repeated
 * requests. The insert is skipped, what its trigger did stays, and the same purchase is paid in twice.
 */
export const ledgerWithOnConflict: Mutant = {
  repeats: 'finding 6',
  what: 'repeated grants rest on ON CONFLICT DO NOTHING behind a row trigger',
  harm: ['I1', 'I17', 'I20'],
  source: [
    {
      file: 'slices/credits/grant-credits.js',
      from: 'if (existing !== null)',
      to: 'if (existing === undefined)',
    },
    {
      file: 'slices/credits/store/lots.js',
      from: 'return row?.lot_no ?? 0;',
      to: 'return row?.lot_no ?? (await findLotByOrigin(tx, lot.accountId, lot.origin)).lotNo;',
    },
  ],
  statements: {
    'credits.addLot': ['returning lot_no', 'on conflict do nothing returning lot_no'],
    'credits.postGrant': ['from part, balance, actor', 'from part, balance, actor on conflict do nothing'],
  },
  schema: `
    create function pay_in_first() returns trigger language plpgsql as $$ begin
      if new.kind = 'grant' then
        update credit_balance set available = available + new.amount where account_id = new.account_id;
      end if;
      return new;
    end $$;
    create trigger credit_transfer_pays_in before insert on credit_transfer for each row execute function pay_in_first();
    do $$ begin
      execute replace(pg_get_functiondef('post_transfers'::regproc), 'set available = available + d_available,',
        'set available = available + d_available - (select coalesce(sum(amount), 0) from posted where kind = ''grant''),');
    end $$;
  `,
  // Whoever hears nothing of a grant repeats it under the same key.
  focus: all(
    funded,
    withPlan({ administrators: 7, orders: ['grant'] }),
    withTransactions({ 'ack-lost': 20 }),
  ),
}
