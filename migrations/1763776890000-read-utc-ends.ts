import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * The end of a rule in UTC is a moment from now on, as RFC 5545 has it; it was read as if its Z were not there. The console wrote
 * the end of a day on the clock of the series with a Z: without it these rules mean what they always did.
 */
export class ReadUtcEnds1763776890000 implements MigrationInterface {
  name = 'ReadUtcEnds1763776890000'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      update appointment_series set rule = regexp_replace(rule, '(UNTIL=[0-9]{8}T235959)Z', '\\1', 'i')
        where rule ~* 'UNTIL=[0-9]{8}T235959Z'
    `)
  }

  async down(): Promise<void> {
    // An end without a zone was read in the same way before.
  }
}
