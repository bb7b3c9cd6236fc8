import type { MigrationInterface, QueryRunner } from 'typeorm'

/** A partner's key that had an operation taken away: what it runs already is looked at again. */
export class CountRemovedOperations1763776893000 implements MigrationInterface {
  name = 'CountRemovedOperations1763776893000'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Counted, because two removals may fall on one instant.
      alter table api_key add column operations_removed int not null default 0 check (operations_removed >= 0);
    `)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table api_key drop column operations_removed`)
  }
}
