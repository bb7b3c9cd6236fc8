import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Tables whose rows are evidence. None of them is ever emptied, whoever asks. */
const kept = ['message', 'attempt', 'claim', 'carrier_observation', 'look_up', 'delivery', 'webhook_inbox']

/**
 * Closes what the triggers of messages leave open: they compare rows by id, so an id must not change; a country decides
 * a price and an expiry decides the gate; a message that vanished would leave its tally and its place in the queue behind.
 * Triggers on columns that nobody writes, on deletes and on truncation cost the sending path nothing.
 */
export class GuardHistory1763776831000 implements MigrationInterface {
  name = 'GuardHistory1763776831000'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create trigger message_keeps_identity before update of id, country, expires_at, created_at on message
        for each row execute function refuse_change();
      create trigger attempt_keeps_identity before update of id on attempt for each row execute function refuse_change();
      create trigger message_is_history before delete on message for each row execute function refuse_change();
      create trigger delivery_is_history before delete on delivery for each row execute function refuse_change();
    `)
    for (const table of kept) {
      await runner.query(
        `create trigger ${table}_is_not_emptied before truncate on ${table} for each statement execute function refuse_change()`,
      )
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of kept) await runner.query(`drop trigger ${table}_is_not_emptied on ${table}`)
    await runner.query(`
      drop trigger delivery_is_history on delivery;
      drop trigger message_is_history on message;
      drop trigger attempt_keeps_identity on attempt;
      drop trigger message_keeps_identity on message;
    `)
  }
}
