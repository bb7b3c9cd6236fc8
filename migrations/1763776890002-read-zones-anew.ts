import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * The zone of somebody who takes part is stored only where whoever booked said one; else it is the contact's, or the appointment's,
 * as it is when a text is written. What was copied from there when it was booked, and is the same today, is no longer stored for
 * what is still to come. What differs stays: it was said, and if it was copied, nobody can tell any more.
 */
export class ReadZonesAnew1763776890002 implements MigrationInterface {
  name = 'ReadZonesAnew1763776890002'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table appointment_party alter column zone drop not null;
      update appointment_party p set zone = null
      from appointment_party q join appointment a on a.id = q.appointment_id and a.state = 'scheduled'
      left join contact c on c.account_id = q.account_id and c.id = q.contact_id and c.deleted_at is null
      where q.id = p.id and q.zone = coalesce(c.zone, a.zone);
      ${seriesParties(`case when party ->> 'zone' = coalesce(c.zone, s.zone) then party || '{"zone": null}' else party end`)}
        and s.state = 'active';
    `)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      update appointment_party p set zone = coalesce(c.zone, a.zone)
      from appointment_party q join appointment a on a.id = q.appointment_id
      left join contact c on c.account_id = q.account_id and c.id = q.contact_id and c.deleted_at is null
      where q.id = p.id and q.zone is null;
      alter table appointment_party alter column zone set not null;
      ${seriesParties(`party || jsonb_build_object('zone', coalesce(party ->> 'zone', c.zone, s.zone))`)};
    `)
  }
}

function seriesParties(party: string): string {
  return `update appointment_series s set parties = (
        select jsonb_agg(${party} order by n) from jsonb_array_elements(s.parties) with ordinality as e (party, n)
        left join contact c on c.account_id = s.account_id and c.id = (party ->> 'contactId')::uuid and c.deleted_at is null)
      where jsonb_array_length(s.parties) > 0`
}
