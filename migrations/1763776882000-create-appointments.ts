import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * Appointments, their series, and the notifications that are to be sent about them. A notification is written in the
 * transaction that books, moves or cancels; whether and when it becomes a text is for a worker to find out.
 */
export class CreateAppointments1763776882000 implements MigrationInterface {
  name = 'CreateAppointments1763776882000'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table appointment_series (
        id uuid primary key,
        account_id uuid not null references account,
        rule text not null check (length(rule) between 1 and 300),
        zone text not null,
        -- What the clock on the wall shows at the first occurrence; never an instant, because clocks are changed.
        local_start text not null check (local_start ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}$'),
        duration_minutes int not null check (duration_minutes between 1 and 1440),
        title text check (length(title) between 1 and 100),
        location text check (length(location) between 1 and 100),
        offsets int[],
        -- Who takes part: [{role, contactId, zone}]. Each occurrence gets its own rows.
        parties jsonb not null,
        state text not null default 'active' check (state in ('active', 'finished', 'cancelled')),
        -- Places of the rule that have been written as appointments.
        places_written int not null default 0 check (places_written >= 0),
        is_written_out boolean not null default false,
        -- The occurrence that is reminded of, the first upcoming one, and when the next one takes its place.
        reminded_id uuid,
        next_look_at timestamptz,
        created_by text not null,
        created_at timestamptz not null,
        check (state = 'active' or next_look_at is null)
      );
      create index appointment_series_account on appointment_series (account_id, id);
      create index appointment_series_look on appointment_series (next_look_at) where next_look_at is not null;
      create index appointment_series_open on appointment_series (id) where state = 'active' and not is_written_out;

      create table appointment (
        id uuid primary key,
        account_id uuid not null references account,
        kind text not null check (kind in ('individual', 'occurrence', 'cohort')),
        series_id uuid references appointment_series,
        place int,
        starts_at timestamptz not null,
        duration_minutes int not null check (duration_minutes between 1 and 1440),
        zone text not null,
        title text check (length(title) between 1 and 100),
        location text check (length(location) between 1 and 100),
        offsets int[],
        state text not null default 'scheduled' check (state in ('scheduled', 'cancelled', 'completed', 'no_show')),
        revision int not null default 1 check (revision >= 1),
        created_at timestamptz not null,
        updated_at timestamptz not null,
        check ((kind = 'occurrence') = (series_id is not null)),
        check ((series_id is null) = (place is null))
      );
      create unique index appointment_place on appointment (series_id, place) where series_id is not null;
      create index appointment_calendar on appointment (account_id, starts_at, id);
      create index appointment_upcoming on appointment (series_id, starts_at) where series_id is not null and state = 'scheduled';

      -- Mirrors of appointments/domain/appointment-state.ts and notification-state.ts; a test holds them equal.
      create table appointment_transition (from_state text, to_state text, primary key (from_state, to_state));
      insert into appointment_transition values ('scheduled', 'cancelled'), ('scheduled', 'completed'), ('scheduled', 'no_show'),
        ('completed', 'no_show'), ('no_show', 'completed');
      create function move_appointment() returns trigger language plpgsql as $$ begin
        if old.state <> new.state and not exists (
            select from appointment_transition t where t.from_state = old.state and t.to_state = new.state) then
          raise exception 'illegal appointment transition % -> %', old.state, new.state using errcode = '23001';
        end if;
        if new.revision <> old.revision + 1 then
          raise exception 'a change of an appointment is a revision' using errcode = '23001';
        end if;
        return new;
      end $$;
      create trigger appointment_moves before update on appointment for each row execute function move_appointment();

      create table appointment_party (
        id uuid primary key,
        appointment_id uuid not null references appointment,
        account_id uuid not null,
        role text not null check (role in ('client', 'coach')),
        -- A coach need not be anybody whom we text.
        contact_id uuid,
        zone text not null,
        code smallint check (code >= 1),
        confirmed_at timestamptz,
        -- The text that confirmed.
        confirmed_by text,
        removed_at timestamptz,
        check (role = 'coach' or contact_id is not null)
      );
      create unique index appointment_party_once on appointment_party (appointment_id, role, contact_id) where removed_at is null;
      create index appointment_party_contact on appointment_party (account_id, contact_id, appointment_id) where contact_id is not null;

      create table appointment_event (
        ord bigint primary key default nextval('history_ord'),
        account_id uuid not null,
        appointment_id uuid not null,
        -- Null of what has just come into being.
        from_revision int,
        revision int not null,
        kind text not null check (kind in ('booked', 'changed', 'moved', 'cancelled', 'completed', 'no_show', 'confirmed')),
        details jsonb not null default '{}',
        actor text not null,
        at timestamptz not null
      );
      create index appointment_event_appointment on appointment_event (appointment_id, ord);
      create trigger appointment_event_is_history before update or delete on appointment_event
        for each row execute function refuse_change();
      create trigger appointment_event_is_kept before truncate on appointment_event
        for each statement execute function refuse_change();

      create table notification (
        id uuid primary key default uuidv7(),
        account_id uuid not null,
        appointment_id uuid not null references appointment,
        revision int not null,
        -- Which contexts there are is the program's to say: a new one needs no migration.
        context text not null check (context ~ '^[a-z][a-z0-9_]{0,59}$'),
        offset_minutes int not null check (offset_minutes >= 0),
        party_id uuid not null references appointment_party,
        nominal_at timestamptz not null,
        due_at timestamptz not null,
        useful_until timestamptz not null,
        state text not null default 'planned' check (state in ('planned', 'queued', 'voided', 'skipped')),
        reason text,
        message_id uuid,
        voided_ord bigint,
        check ((state in ('voided', 'skipped')) = (reason is not null)),
        check ((state = 'queued') <= (message_id is not null)),
        check ((state in ('planned', 'skipped')) <= (message_id is null)),
        check ((state = 'voided') = (voided_ord is not null)),
        unique (appointment_id, revision, context, offset_minutes, party_id)
      ) with (fillfactor = 80);
      create index notification_due on notification (due_at, account_id) where state = 'planned';
      create index notification_party on notification (party_id) where state = 'planned';
      create unique index notification_message on notification (message_id) where message_id is not null;

      create table notification_transition (from_state text, to_state text, primary key (from_state, to_state));
      insert into notification_transition values ('planned', 'queued'), ('planned', 'voided'), ('planned', 'skipped'), ('queued', 'voided');
      create function move_notification() returns trigger language plpgsql as $$ begin
        if old.state <> new.state and not exists (
            select from notification_transition t where t.from_state = old.state and t.to_state = new.state) then
          raise exception 'illegal notification transition % -> %', old.state, new.state using errcode = '23001';
        end if;
        if (old.id, old.account_id, old.appointment_id, old.revision, old.context, old.offset_minutes, old.party_id, old.nominal_at,
            old.due_at, old.useful_until) is distinct from (new.id, new.account_id, new.appointment_id, new.revision, new.context,
            new.offset_minutes, new.party_id, new.nominal_at, new.due_at, new.useful_until)
            or (old.message_id is not null and old.message_id is distinct from new.message_id) then
          raise exception 'a planned notification does not change' using errcode = '23001';
        end if;
        -- Its place among claims: the audit asks whether anything was authorised after it.
        if old.state <> 'voided' and new.state = 'voided' then new.voided_ord := nextval('history_ord'); end if;
        return new;
      end $$;
      create trigger notification_moves before update on notification for each row execute function move_notification();

      create table notification_settings (
        account_id uuid primary key references account,
        settings jsonb not null,
        changed_by text not null,
        changed_at timestamptz not null
      );
    `)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table notification_settings, notification_transition, notification, appointment_event, appointment_party,
        appointment_transition, appointment, appointment_series cascade;
      drop function move_notification, move_appointment;
    `)
  }
}
