import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * Contacts, the append-only history of consent with its current state, and imports with what undo and resume need.
 * Rows of an account reference `account` only where it is cheap: a million contacts would share-lock one row a million times.
 */
export class CreateContacts1763776820000 implements MigrationInterface {
  name = 'CreateContacts1763776820000'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table contact_import (
        id uuid primary key,
        account_id uuid not null references account,
        file_name text not null check (length(file_name) between 1 and 200),
        size_bytes bigint not null default 0 check (size_bytes >= 0),
        sha256 text,
        is_utf8 boolean not null default true,
        mapping jsonb,
        options jsonb,
        state text not null default 'uploading'
          check (state in ('uploading', 'uploaded', 'running', 'completed', 'failed', 'undoing', 'undone')),
        failure text,
        -- How many records of the file are settled. A resumed run begins after them.
        resume_record bigint not null default 0,
        rows_read bigint not null default 0,
        created_count bigint not null default 0,
        updated_count bigint not null default 0,
        unchanged_count bigint not null default 0,
        duplicate_count bigint not null default 0,
        rejected_count bigint not null default 0,
        consents_granted bigint not null default 0,
        consents_revoked bigint not null default 0,
        -- {reason: rows}, for rejects and for warnings.
        reasons jsonb not null default '{}',
        warnings jsonb not null default '{}',
        -- What undo did: {removed, restored, kept, consentsRevoked}.
        undo jsonb,
        -- Until then nobody else takes the work over. Saves work only: each chunk is a compare-and-set on resume_record.
        lease_until timestamptz,
        started_by text not null,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        finished_at timestamptz,
        check (rows_read = created_count + updated_count + unchanged_count + duplicate_count + rejected_count),
        check ((state in ('running', 'completed', 'undoing', 'undone')) <= (mapping is not null and options is not null)),
        check (state = 'uploading' or state = 'failed' or sha256 is not null)
      );
      create index contact_import_account on contact_import (account_id, id);
      create index contact_import_live on contact_import (state) where state in ('uploading', 'uploaded', 'running', 'undoing');

      -- Mirror of contacts/domain/import-state.ts; a test holds them equal.
      create table import_transition (from_state text, to_state text, primary key (from_state, to_state));
      insert into import_transition values ('uploading', 'uploaded'), ('uploading', 'failed'), ('uploaded', 'running'),
        ('uploaded', 'failed'), ('running', 'completed'), ('running', 'failed'), ('running', 'undoing'), ('completed', 'undoing'),
        ('failed', 'running'), ('failed', 'undoing'), ('undoing', 'undone');
      create function move_import() returns trigger language plpgsql as $$ begin
        if old.state <> new.state and not exists (
            select from import_transition t where t.from_state = old.state and t.to_state = new.state) then
          raise exception 'illegal import transition % -> %', old.state, new.state using errcode = '23001';
        end if;
        return new;
      end $$;
      create trigger import_moves before update of state on contact_import for each row execute function move_import();

      -- The uploaded file, so that any process can go on after another one died. Removed when the import has ended.
      create table contact_import_file (
        import_id uuid not null references contact_import on delete cascade,
        place int not null check (place >= 0),
        bytes bytea not null,
        primary key (import_id, place)
      );
      alter table contact_import_file alter column bytes set storage external;

      create table contact (
        id uuid primary key,
        account_id uuid not null,
        phone text not null check (phone ~ '^\\+[1-9][0-9]{6,14}$'),
        country text not null check (length(country) = 2),
        number_type text not null,
        first_name text,
        last_name text,
        email text,
        zone text,
        zone_source text check (zone_source in ('import', 'person')),
        region text,
        tags text[] not null default '{}',
        attributes jsonb not null default '{}',
        -- The newest import that named this contact, and its line there.
        import_id uuid,
        import_line int,
        -- The last change by a person or program; null since the newest import.
        edited_at timestamptz,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        deleted_at timestamptz,
        unique (account_id, phone),
        check ((zone is null) = (zone_source is null))
      );
      create index contact_account on contact (account_id, id) where deleted_at is null;
      create index contact_by_import on contact (import_id) where import_id is not null;

      -- What an import changed in contacts that were there before it. Contacts that it made need no row here.
      create table contact_import_change (
        import_id uuid not null,
        contact_id uuid not null,
        previous jsonb not null,
        primary key (import_id, contact_id)
      );

      create table import_row_reject (
        import_id uuid not null,
        line int not null,
        raw text not null check (length(raw) <= 4000),
        column_name text,
        reason text not null,
        primary key (import_id, line)
      );

      -- Rows that became contacts with a remark, and rows that were folded into an earlier line.
      create table import_row_note (
        import_id uuid not null,
        line int not null,
        code text not null,
        column_name text,
        detail text not null default '',
        into_line int,
        check ((code = 'folded') = (into_line is not null))
      );
      create index import_row_note_line on import_row_note (import_id, line);

      create table consent_event (
        id uuid primary key default uuidv7(),
        ord bigint not null default nextval('history_ord'),
        account_id uuid not null,
        phone text not null check (phone ~ '^\\+[1-9][0-9]{6,14}$'),
        purpose text not null check (purpose in ('transactional', 'marketing')),
        action text not null check (action in ('grant', 'revoke')),
        level text check (level in ('express', 'written')),
        method text not null check (method in ('web_form', 'keyword', 'verbal', 'paper', 'import', 'api', 'inbound_sms',
          'carrier_21610', 'admin')),
        source text,
        -- What the person was shown, word for word.
        exact_text text,
        language text,
        actor text,
        evidence jsonb not null default '{}',
        import_id uuid,
        occurred_at timestamptz not null,
        recorded_at timestamptz not null,
        check ((action = 'grant') = (level is not null)),
        check (occurred_at <= recorded_at)
      );
      create index consent_event_phone on consent_event (account_id, phone, purpose, ord desc);
      create index consent_event_import on consent_event (import_id) where import_id is not null;
      create trigger consent_event_is_history before update or delete on consent_event
        for each row execute function refuse_change();
      create trigger consent_event_is_kept before truncate on consent_event
        for each statement execute function refuse_change();

      -- The newest event per number and purpose. Claims share-lock these rows.
      create table consent (
        account_id uuid not null,
        phone text not null,
        purpose text not null check (purpose in ('transactional', 'marketing')),
        granted boolean not null,
        event_id uuid not null,
        ord bigint not null,
        primary key (account_id, phone, purpose)
      );

      -- Whoever records a revocation cannot forget to stop the claims that read the state before it: raising the epoch
      -- waits for running claims (they share-lock the row) and makes later ones read again. The control row is locked
      -- before the consent rows, as claims do.
      create function apply_consent_events() returns trigger language plpgsql as $$ begin
        update account_control set gate_epoch = gate_epoch + 1
          where account_id in (select account_id from added where action = 'revoke');
        insert into consent (account_id, phone, purpose, granted, event_id, ord)
          select distinct on (account_id, phone, purpose) account_id, phone, purpose, action = 'grant', id, ord
          from added order by account_id, phone, purpose, ord desc
          on conflict (account_id, phone, purpose)
            do update set granted = excluded.granted, event_id = excluded.event_id, ord = excluded.ord
            where consent.ord < excluded.ord;
        return null;
      end $$;
      create trigger consent_event_applies after insert on consent_event
        referencing new table as added for each statement execute function apply_consent_events();

      create function refuse_direct_consent() returns trigger language plpgsql as $$ begin
        -- Depth 1 is this trigger alone: the statement did not come from an inserted event.
        if pg_trigger_depth() = 1 then
          raise exception 'consent changes by events only: % on %', tg_op, tg_table_name using errcode = '23001';
        end if;
        return null;
      end $$;
      create trigger consent_follows_events before insert or update or delete or truncate on consent
        for each statement execute function refuse_direct_consent();
    `)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table consent, consent_event, import_row_note, import_row_reject, contact_import_change, contact,
        contact_import_file, import_transition, contact_import;
      drop function refuse_direct_consent, apply_consent_events, move_import;
    `)
  }
}
