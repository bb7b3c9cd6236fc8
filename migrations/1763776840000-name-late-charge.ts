import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * The name of a kind of transfer, alone: Postgres lets nobody use a new name before the transaction that made it has
 * committed. It cannot be taken back either, so `down` leaves it behind, unused.
 */
export class NameLateCharge1763776840000 implements MigrationInterface {
  name = 'NameLateCharge1763776840000'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter type transfer_kind_name add value if not exists 'late_charge'`)
  }

  async down(): Promise<void> {
    return Promise.resolve()
  }
}
