import type { MigrationInterface, QueryRunner } from 'typeorm'

const eachPair = 'from before o join after n using (id)'
const onePass = 'from before o full join after n using (id)'

/**
 * The guards of messages and attempts compare each row before an update with the same row after it. A session keeps the plan of
 * its first update, and where that had one row, all later ones compared every row with every other: 2,000 rows took two seconds.
 * A full join cannot be planned like that.
 */
export class CompareInOnePass1763776888000 implements MigrationInterface {
  name = 'CompareInOnePass1763776888000'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `${rewritten('move_messages', eachPair, onePass)} ${rewritten('move_attempts', eachPair, onePass)}`,
    )
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `${rewritten('move_messages', onePass, eachPair)} ${rewritten('move_attempts', onePass, eachPair)}`,
    )
  }
}

function rewritten(name: string, from: string, to: string): string {
  return `do $$ declare body text := pg_get_functiondef('${name}'::regproc); begin
    if position('${from}' in body) = 0 then raise exception '${name} has no longer: ${from}'; end if;
    execute replace(body, '${from}', '${to}');
  end $$;`
}
