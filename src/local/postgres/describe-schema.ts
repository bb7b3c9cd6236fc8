import pg from 'pg'

/** Each query yields one text per object of ours, outside the catalogs and not owned by an extension. */
const ours = (schema: string, catalog: string, oid: string): string => `
  ${schema} not in ('pg_catalog', 'information_schema') and ${schema} not like 'pg\\_toast%'
  and not exists (select from pg_depend where classid = '${catalog}'::regclass and objid = ${oid} and deptype = 'e')`

const queries: readonly string[] = [
  `/* describe.extensions */
  select format('extension %I', extname) as text from pg_extension where extname <> 'plpgsql'`,
  `/* describe.types */
  select format('type %I.%I: %s', n.nspname, t.typname,
    case t.typtype
      when 'e' then 'enum ' || (select string_agg(quote_literal(enumlabel), ', ' order by enumsortorder) from pg_enum where enumtypid = t.oid)
      else format('domain over %s%s %s', format_type(t.typbasetype, t.typtypmod), case when t.typnotnull then ' not null' else '' end,
        (select string_agg(pg_get_constraintdef(c.oid), ' ' order by c.conname) from pg_constraint c where c.contypid = t.oid))
    end) as text
  from pg_type t join pg_namespace n on n.oid = t.typnamespace
  where t.typtype in ('e', 'd') and ${ours('n.nspname', 'pg_type', 't.oid')}`,
  `/* describe.relations */
  select format('%s %I.%I%s%s%s',
    case c.relkind when 'r' then 'table' when 'p' then 'partitioned table' when 'v' then 'view' when 'm' then 'materialized view' else 'relation ' || c.relkind::text end,
    n.nspname, c.relname,
    coalesce(' with (' || array_to_string(c.reloptions, ', ') || ')', ''),
    coalesce(' partition by ' || pg_get_partkeydef(c.oid), ''),
    coalesce(' ' || pg_get_expr(c.relpartbound, c.oid), '')) ||
    case when c.relkind in ('v', 'm') then E':\\n' || pg_get_viewdef(c.oid, true) else '' end ||
    coalesce((select string_agg(format(E'\\n  column %I %s%s%s%s%s', a.attname, format_type(a.atttypid, a.atttypmod),
        case when a.attnotnull then ' not null' else '' end,
        case when a.attidentity <> '' then ' identity ' || a.attidentity::text else '' end,
        case when a.attgenerated <> '' then ' generated' else '' end,
        coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')), '' order by a.attnum)
      from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
      where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped), '') as text
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'v', 'm', 'f') and ${ours('n.nspname', 'pg_class', 'c.oid')}`,
  `/* describe.constraints */
  select format('constraint %I on %s: %s', con.conname, con.conrelid::regclass, pg_get_constraintdef(con.oid)) as text
  from pg_constraint con join pg_namespace n on n.oid = con.connamespace
  where con.conrelid <> 0 and con.contype <> 'n' and ${ours('n.nspname', 'pg_constraint', 'con.oid')}`,
  `/* describe.indexes */
  select format('index %s', pg_get_indexdef(i.indexrelid)) as text
  from pg_index i join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace
  where not exists (select from pg_constraint where conindid = i.indexrelid and contype in ('p', 'u', 'x'))
    and ${ours('n.nspname', 'pg_class', 'c.oid')}`,
  `/* describe.sequences */
  select format('sequence %I.%I: %s start %s increment %s cache %s', n.nspname, c.relname, format_type(s.seqtypid, null), s.seqstart, s.seqincrement, s.seqcache) as text
  from pg_sequence s join pg_class c on c.oid = s.seqrelid join pg_namespace n on n.oid = c.relnamespace
  where ${ours('n.nspname', 'pg_class', 'c.oid')}`,
  `/* describe.triggers */
  select format('trigger %s%s', pg_get_triggerdef(t.oid), case when t.tgenabled = 'O' then '' else ' [' || t.tgenabled::text || ']' end) as text
  from pg_trigger t where not t.tgisinternal`,
  `/* describe.functions */
  select format('function %s', rtrim(pg_get_functiondef(p.oid))) as text
  from pg_proc p join pg_namespace n on n.oid = p.pronamespace
  where p.prokind in ('f', 'p') and ${ours('n.nspname', 'pg_proc', 'p.oid')}`,
  `/* describe.grants */
  select format('grant on %s: %s', c.oid::regclass, array_to_string(array(select unnest(c.relacl)::text order by 1), ', ')) as text
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relacl is not null and ${ours('n.nspname', 'pg_class', 'c.oid')}`,
]

/** The schema of a database as text that is the same for the same schema: what a dump would say, sorted. */
export async function describeSchema(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const sections: string[] = []
    for (const query of queries) {
      const { rows } = await client.query<{ text: string }>(query)
      sections.push(...rows.map((row) => row.text).sort())
    }
    return sections.map((text) => `${text}\n`).join('\n')
  } finally {
    await client.end()
  }
}
