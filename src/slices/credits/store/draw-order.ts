/**
 * Lots are spent by priority, then earliest expiry, then promotional before paid, then oldest first.
 * One place, because hold, deduction, repayment and the statement of lots must agree.
 */
export const DRAW_ORDER = `priority, expires_at nulls last, (source <> 'promotion'), lot_no`
