import type { MigrationInterface, QueryRunner } from 'typeorm'

/** The export of consent pages through an account's history by order; without an index each page read the rest of it anew. */
export class PageConsentHistory1763776894001 implements MigrationInterface {
  name = 'PageConsentHistory1763776894001'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create index consent_event_account on consent_event (account_id, ord)')
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index consent_event_account')
  }
}
