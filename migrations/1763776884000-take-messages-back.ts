import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Messages that are no longer wanted, also while a call of theirs is under way, and notifications that wait to hear of such a call. */
export class TakeMessagesBack1763776884000 implements MigrationInterface {
  name = 'TakeMessagesBack1763776884000'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Why it is no longer wanted; its place among claims is for the audit.
      alter table message add column taken_back text;
      alter table message add column taken_back_ord bigint;
      alter table message add constraint message_taken_back check ((taken_back is null) = (taken_back_ord is null));
      alter table message add constraint taken_back_is_not_sent_again check (taken_back is null or state <> 'pending');
      create index message_taken_back on message (id) where taken_back is not null;
      create function keep_taken_back() returns trigger language plpgsql as $$ begin
        raise exception 'a message that was taken back stays so' using errcode = '23001';
      end $$;
      create trigger message_stays_taken_back before update of taken_back, taken_back_ord on message for each row
        when (old.taken_back is not null and (old.taken_back, old.taken_back_ord) is distinct from (new.taken_back, new.taken_back_ord))
        execute function keep_taken_back();

      -- The text of an earlier revision whose call was under way: only if that was not taken by the carrier is this one told.
      alter table notification add column instead_of uuid;
      create function keep_instead_of() returns trigger language plpgsql as $$ begin
        raise exception 'a planned notification does not change' using errcode = '23001';
      end $$;
      create trigger notification_keeps_instead_of before update of instead_of on notification for each row
        when (old.instead_of is distinct from new.instead_of) execute function keep_instead_of();
    `)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table notification drop column instead_of cascade;
      drop function keep_instead_of cascade;
      alter table message drop column taken_back cascade;
      alter table message drop column taken_back_ord cascade;
      drop function keep_taken_back cascade;
    `)
  }
}
