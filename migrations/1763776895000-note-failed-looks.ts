import type { MigrationInterface, QueryRunner } from 'typeorm'

/** A look of the audit that could not be finished is written down as well, so that its pause applies. */
export class NoteFailedLooks1763776895000 implements MigrationInterface {
  name = 'NoteFailedLooks1763776895000'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table audit_look add column failed boolean not null default false`)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table audit_look drop column failed`)
  }
}
