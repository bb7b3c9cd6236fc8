import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * A text that the carrier called failed, and that was given back, may turn out to have left. Its charge is recorded as a
 * late proof of an accepted attempt, beside the one that an attempt closed without proof may have.
 */
export class ChargeContradictedFailures1763776892000 implements MigrationInterface {
  name = 'ChargeContradictedFailures1763776892000'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table late_proof
        drop constraint late_proof_pkey, add constraint late_proof_pkey primary key (attempt_id, closed_as),
        drop constraint late_proof_closed_as_check,
        add constraint late_proof_closed_as_check check (closed_as in ('unproven', 'absent', 'not_sent', 'accepted')),
        -- Without a charge there is nothing to record of it.
        add constraint late_proof_contradiction_is_charged check (closed_as <> 'accepted' or credits > 0);
    `)
  }

  async down(runner: QueryRunner): Promise<void> {
    // Fails while there are such proofs: history is not taken back.
    await runner.query(`
      alter table late_proof
        drop constraint late_proof_contradiction_is_charged,
        drop constraint late_proof_closed_as_check,
        add constraint late_proof_closed_as_check check (closed_as in ('unproven', 'absent', 'not_sent')),
        drop constraint late_proof_pkey, add constraint late_proof_pkey primary key (attempt_id);
    `)
  }
}
