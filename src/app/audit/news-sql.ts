/** The chain as I12 asks for it, from the checkpoint on: what stands before it was found right once, and is asked again in full. */
export const CHAIN_NEWS = `select x.account_id, 'block ' || x.block_no as what from (
    select b.*, coalesce(lag(b.hash) over w, k.head) as before_hash, coalesce(lag(b.last_seq) over w, k.seq) as before_seq,
      coalesce(lag(b.block_no) over w, k.block_no) as before_no, block_hash(b, t.transfers, l.lots) as right_hash, t.size
    from (
      select n.account_id, coalesce(k.block_no, 0) as block_no, coalesce(k.seq, 0) as seq, coalesce(k.head, '\\x00'::bytea) as head
      from unnest($1::uuid[]) as n (account_id) left join audit_checkpoint k using (account_id)) k
    join ledger_block b on b.account_id = k.account_id and b.block_no > k.block_no
    cross join lateral (
      select count(*) as size, bool_or(kind = 'grant') as grants, string_agg(transfer_text(t), E'\\n' order by t.seq) as transfers
      from credit_transfer t where t.account_id = b.account_id and t.seq between b.first_seq and b.last_seq) t
    left join lateral (
      select string_agg(lot_text(l), E'\\n' order by l.lot_no) as lots from credit_transfer g
      join credit_lot l on l.account_id = g.account_id and l.lot_no = g.lot_no
      where g.account_id = b.account_id and g.seq between b.first_seq and b.last_seq and g.kind = 'grant') l on t.grants
    window w as (partition by b.account_id order by b.block_no)) x
  where x.hash is distinct from x.right_hash or x.prev <> x.before_hash or x.first_seq <> x.before_seq + 1
    or x.block_no <> x.before_no + 1 or x.size <> x.last_seq - x.first_seq + 1
  union all
  select b.account_id, 'head' from credit_balance b left join ledger_block l on l.account_id = b.account_id and l.block_no = b.block_no
  where b.account_id = any ($1::uuid[]) and (b.head <> coalesce(l.hash, '\\x00'::bytea) or b.seq <> coalesce(l.last_seq, 0))`

/**
 * What an attempt has held and what became of that, attempt by attempt and through the ledger's own indexes. Joined as sets,
 * as the full audit does, a plan for few rows compares each with each.
 */
const POSTED = `cross join lateral (
    select sum(h.amount) as held, sum(r.amount) filter (where r.kind = 'capture') as captured,
      sum(r.amount) filter (where r.kind = 'release') as released
    from credit_transfer h left join lateral (
      select r.kind, r.amount from credit_transfer r
      where ledger_key(r.account_id) = ledger_key(h.account_id) and r.ref_seq = h.seq and r.kind in ('capture', 'release')) r on true
    where ledger_key(h.account_id) = ledger_key(a.account_id) and h.attempt_id = a.id and h.kind = 'hold') h`

/** I5 from the attempts of messages with news. */
export const CAPTURES_NEWS = `select a.account_id, 'attempt ' || a.id as what
  from attempt a join message m on m.id = a.message_id ${POSTED}
  where h.captured is distinct from case when m.attempt_id = a.id and m.state in ('accepted', 'unproven') then m.cost end`

/** I19 the same way. */
export const HOLDS_NEWS = `select a.account_id, 'attempt ' || a.id as what from attempt a ${POSTED}
  where h.held is distinct from a.cost
    or coalesce(h.captured, 0) <> case when a.state in ('accepted', 'unproven') then a.cost else 0 end
    or coalesce(h.released, 0) <> case when a.state in ('not_sent', 'absent') then a.cost else 0 end`
