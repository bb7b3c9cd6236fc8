import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * Whoever is deleted is forgotten also in what imports remember of a contact for undo. Those rows are found by the contact, and
 * those of people who were deleted before are removed.
 */
export class FindImportChanges1763776894000 implements MigrationInterface {
  name = 'FindImportChanges1763776894000'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create index contact_import_change_contact on contact_import_change (contact_id);
      delete from contact_import_change h using contact c where c.id = h.contact_id and c.deleted_at is not null;
    `)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index contact_import_change_contact')
  }
}
