import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Keys of partners, which run what was registered for them and nothing else. */
export class RegisterOperations1763776886000 implements MigrationInterface {
  name = 'RegisterOperations1763776886000'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Decided when the key is made: a key that ran anything before would not become safe by it.
      alter table api_key add column operations_only boolean not null default false;

      create table registered_operation (
        api_key_id uuid not null references api_key,
        -- SHA-256 of the document, so that a hash can never mean another text.
        hash text not null check (hash = encode(sha256(convert_to(document, 'UTF8')), 'hex')),
        name text not null check (length(name) between 1 and 200),
        document text not null check (length(document) between 1 and 20000),
        registered_by uuid not null references app_user,
        registered_at timestamptz not null,
        primary key (api_key_id, hash)
      );
      create trigger registered_operation_is_kept before update on registered_operation
        for each row execute function refuse_change();
    `)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table registered_operation;
      alter table api_key drop column operations_only;
    `)
  }
}
