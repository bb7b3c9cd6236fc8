// The layers and slices of ARCHITECTURE.md as rules. `npm run boundaries` checks them.

/** From each slice, the slices it may import (through their front doors). */
const mayImport = {
  accounts: [],
  billing: ['accounts', 'credits', 'webhooks'],
  carrier: [],
  contacts: [],
  credits: [],
  webhooks: [],
  messages: ['accounts', 'carrier', 'contacts', 'credits', 'webhooks'],
  campaigns: ['accounts', 'contacts', 'credits', 'messages'],
  inbox: ['accounts', 'carrier', 'contacts', 'credits', 'messages', 'webhooks'],
  appointments: ['accounts', 'contacts', 'credits', 'messages'],
  emails: ['accounts', 'contacts', 'messages'],
  endpoints: ['webhooks'],
}

/** Which folders may import which package. */
const owners = {
  twilio: '^src/slices/carrier/',
  stripe: '^src/slices/billing/stripe/',
  nodemailer: '^src/slices/emails/smtp/',
  'proxy-addr': '^src/platform/http/',
  '@opentelemetry': '^src/platform/observability/',
  standardwebhooks: '^src/slices/endpoints/http/',
  'ipaddr\\.js': '^src/slices/(endpoints/http|accounts/domain)/',
  'agenda|@agendajs|mongodb': '^src/platform/scheduling/',
  'typeorm|pg':
    '^(src/platform/(db|realtime|scheduling)/|src/slices/[^/]+/store/|src/local/postgres/|migrations/|ormconfig)',
  'type-graphql|graphql|graphql-scalars|@apollo|@graphql-yoga':
    '^src/(app/|client/|platform/(graphql|realtime)/|slices/[^/]+/graphql/)',
}

const notTests = '\\.test\\.ts$'
const rule = (name, from, to) => ({ name, severity: 'error', from, to })

module.exports = {
  forbidden: [
    rule('no-circular', {}, { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } }),
    rule(
      'kernel-is-a-leaf',
      { path: '^src/kernel/', pathNot: notTests },
      { pathNot: ['^src/kernel/', 'node_modules/(@types/)?(luxon|uuid)/'], dependencyTypesNot: ['core'] },
    ),
    rule(
      'platform-knows-no-slice',
      { path: '^src/(kernel|platform|config)/' },
      { path: '^src/(slices|app|commands|local|client|console)/' },
    ),
    rule(
      'domain-is-pure',
      { path: '^src/slices/([^/]+)/domain/', pathNot: notTests },
      {
        pathNot: [
          '^src/kernel/',
          '^src/slices/$1/domain/',
          'node_modules/(@types/)?luxon/',
          // Libraries that are pure tables and arithmetic.
          'node_modules/(libphonenumber-js|sms-segments-calculator|rrule|ipaddr\\.js)/',
        ],
      },
    ),
    rule(
      'store-decides-nothing',
      { path: '^src/slices/([^/]+)/store/', pathNot: notTests },
      {
        path: '^src/',
        pathNot: ['^src/slices/$1/(store|domain)/', '^src/kernel/', '^src/platform/(db|realtime)/'],
      },
    ),
    rule('graphql-has-no-sql', { path: '^src/slices/[^/]+/(graphql|jobs)/' }, { path: '/store/' }),
    rule(
      'use-front-door',
      { path: '^src/slices/([^/]+)/' },
      {
        path: '^src/slices/',
        pathNot: [
          '^src/slices/$1/',
          '^src/slices/[^/]+/index\\.ts$',
          '^src/slices/[^/]+/graphql/[^/]+\\.types\\.ts$',
        ],
      },
    ),
    ...Object.entries(mayImport).map(([slice, others]) =>
      rule(
        `slice-order/${slice}`,
        { path: `^src/slices/${slice}/` },
        { path: '^src/slices/', pathNot: `^src/slices/(${[slice, ...others].join('|')})/` },
      ),
    ),
    ...Object.entries(owners).map(([packages, owner]) =>
      rule(
        `sdk-owner/${packages.split('|')[0]}`,
        { path: '^(src|migrations)/', pathNot: [owner, notTests] },
        { path: `node_modules/(@types/)?(${packages})/` },
      ),
    ),
    rule(
      'slices-know-no-process',
      { path: '^src/slices/' },
      { path: '^src/(app|commands|local|config|client|console)/' },
    ),
    // They stand for somebody else's computer: they share nothing with the program but the kernel.
    rule(
      'local-providers-are-strangers',
      { path: '^src/local/(carrier|payments)/', pathNot: notTests },
      { path: '^(src|migrations)/', pathNot: ['^src/local/', '^src/kernel/'] },
    ),
    rule(
      'local-tools-know-no-slice',
      { path: '^src/local/', pathNot: notTests },
      { path: '^src/(slices|app|commands|client|console)/' },
    ),
    rule('commands-are-entries', { path: '^src/', pathNot: '^src/commands/' }, { path: '^src/commands/' }),
    rule(
      'client-is-a-client',
      { path: '^src/client/', pathNot: notTests },
      { path: '^(src|migrations)/', pathNot: '^src/(client|kernel)/' },
    ),
    rule(
      'console-is-a-client',
      { path: '^src/console/', pathNot: notTests },
      { path: '^(src|migrations)/', pathNot: '^src/console/' },
    ),
    rule('console-has-no-node', { path: '^src/console/' }, { dependencyTypes: ['core'] }),
    // A feature shows what another one offers; nobody but the router knows them all.
    rule(
      'console-shared-knows-no-feature',
      { path: '^src/console/(api|live|shared)/' },
      { path: '^src/console/(features|app)/' },
    ),
    rule(
      'nobody-imports-the-console',
      { path: '^(src|migrations)/', pathNot: '^src/console/' },
      { path: '^src/console/' },
    ),
    rule(
      'migrations-stand-alone',
      { path: '^migrations/', pathNot: '^migrations/index\\.ts$' },
      { path: '^src/', pathNot: ['^src/kernel/', '^src/slices/[^/]+/domain/'] },
    ),
    rule('tests-are-not-imported', { path: '^(src|migrations)/', pathNot: notTests }, { path: '^test/' }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      exportsFields: ['exports'],
      extensions: ['.ts', '.tsx', '.js', '.d.ts'],
    },
  },
}
