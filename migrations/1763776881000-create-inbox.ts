import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * What people text to us: each text once and for ever, the conversations that they make, what was answered by itself;
 * opt-ins that wait for the person's own word; and numbers that cannot take texts.
 */
export class CreateInbox1763776881000 implements MigrationInterface {
  name = 'CreateInbox1763776881000'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table inbound_text (
        id uuid primary key,
        -- The carrier's id: the same text is kept once, however often it is posted.
        sid text not null unique,
        -- Null: nobody's, as far as can be told. Administrators see it.
        account_id uuid,
        contact_id uuid,
        phone text not null,
        sender text not null,
        body text not null,
        class text not null check (class in ('opt_out', 'opt_in', 'help', 'confirm', 'other')),
        media_count smallint not null default 0 check (media_count >= 0),
        -- What it did by itself, in one word.
        outcome text not null,
        received_at timestamptz not null,
        recorded_at timestamptz not null default clock_timestamp()
      );
      create index inbound_text_thread on inbound_text (account_id, phone, id);
      create index inbound_text_unattributed on inbound_text (id) where account_id is null;
      create trigger inbound_text_is_history before update or delete on inbound_text
        for each row execute function refuse_change();
      create trigger inbound_text_is_kept before truncate on inbound_text for each statement execute function refuse_change();

      -- An opt-out counts for every account that knows the number, each in a transaction of its own. This says which have it.
      create table inbound_opt_out (
        sid text not null,
        account_id uuid not null,
        phone text not null,
        at timestamptz not null,
        primary key (sid, account_id)
      );
      create trigger inbound_opt_out_is_history before update or delete on inbound_opt_out
        for each row execute function refuse_change();

      create table conversation (
        id uuid primary key default uuidv7(),
        account_id uuid not null references account,
        phone text not null check (phone ~ '^\\+[1-9][0-9]{6,14}$'),
        last_inbound_id uuid not null references inbound_text,
        last_inbound_at timestamptz not null,
        -- Of the newest text in either direction.
        last_at timestamptz not null,
        unread int not null default 0 check (unread >= 0),
        -- Why a person should look; null once somebody has read it.
        attention text check (attention in ('ambiguous', 'keyword_clash', 'unmatched_confirmation')),
        -- When a text of theirs opted out by itself; null again after a START.
        opted_out_at timestamptz,
        assigned_to uuid,
        closed_at timestamptz,
        unique (account_id, phone)
      );
      create index conversation_newest on conversation (account_id, last_at desc, id desc);
      create index conversation_unread on conversation (account_id) where unread > 0;

      -- Texts that the inbox wrote. Their content and their fate stand with the message.
      create table conversation_message (
        message_id uuid primary key,
        account_id uuid not null,
        phone text not null,
        kind text not null check (kind in ('reply', 'opt_out', 'help', 'opt_in', 'nothing_to_restore', 'opt_in_request',
          'opt_in_confirmed')),
        answers uuid,
        actor text,
        at timestamptz not null
      );
      create index conversation_message_thread on conversation_message (account_id, phone, at);
      create trigger conversation_message_is_history before update or delete on conversation_message
        for each row execute function refuse_change();

      create table inbox_setting (
        account_id uuid primary key references account,
        -- How texts name the account; its name unless said.
        brand_name text check (length(brand_name) between 1 and 60),
        help_contact text check (length(help_contact) between 1 and 120),
        language text not null default 'en' check (language in ('en', 'es', 'fr', 'de', 'pt')),
        carrier_answers text not null default 'by_sender' check (carrier_answers in ('by_sender', 'always', 'never')),
        double_opt_in boolean not null default false,
        opt_in_hours smallint not null default 24 check (opt_in_hours between 1 and 168),
        changed_at timestamptz not null,
        changed_by text not null
      );

      -- An agreement that waits for the person's own word from the phone itself.
      create table opt_in_request (
        id uuid primary key,
        account_id uuid not null references account,
        phone text not null check (phone ~ '^\\+[1-9][0-9]{6,14}$'),
        -- What was agreed to elsewhere, as it will be recorded: purposes, level, method, source, text shown, evidence, actor.
        agreed jsonb not null,
        request_text text not null,
        message_id uuid,
        requested_at timestamptz not null,
        expires_at timestamptz not null check (expires_at > requested_at),
        state text not null default 'waiting' check (state in ('waiting', 'confirmed', 'expired', 'withdrawn')),
        ended_at timestamptz,
        confirmed_by uuid references inbound_text deferrable initially deferred,
        event_ids uuid[],
        check ((state = 'waiting') = (ended_at is null)),
        check ((state = 'confirmed') = (event_ids is not null and confirmed_by is not null))
      );
      create unique index one_waiting_opt_in on opt_in_request (account_id, phone) where state = 'waiting';
      create index opt_in_request_phone on opt_in_request (account_id, phone, id);

      -- Numbers to which no text can go, by the carrier's word; until a person, or a text from the number, says otherwise.
      create table unreachable (
        account_id uuid not null,
        phone text not null check (phone ~ '^\\+[1-9][0-9]{6,14}$'),
        code int not null,
        words text not null,
        marked_at timestamptz not null,
        cleared_at timestamptz,
        cleared_by text,
        primary key (account_id, phone),
        check ((cleared_at is null) = (cleared_by is null))
      );
    `)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table unreachable, opt_in_request, inbox_setting, conversation_message, conversation, inbound_opt_out, inbound_text;
    `)
  }
}
