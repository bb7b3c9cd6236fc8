// Every variable that src/config/env.ts reads is documented in .env.example, and nothing else is; docker compose hands every
// one to the processes that read it.
import fs from 'node:fs'
import { envNames } from '../dist/src/config/env.js'

/** Read by tools only: tests, the local carrier and docker compose. */
const toolNames = ['TEST_DATABASE_URL', 'TEST_MONGODB_URL', 'TOLLGATE_STATE_DIRECTORY', 'POSTGRES_PASSWORD']

const lines = fs.readFileSync(new URL('../.env.example', import.meta.url), 'utf8').split('\n')
const documented = new Map()
lines.forEach((line, index) => {
  const name = /^#?\s?([A-Z][A-Z0-9_]*)=/.exec(line)?.[1]
  if (name) documented.set(name, hasCommentAbove(index))
})

/** Variables in one block share the comment that opens it. */
function hasCommentAbove(index) {
  let above = index - 1
  while (above >= 0 && /^#?\s?[A-Z][A-Z0-9_]*=/.test(lines[above])) above -= 1
  return above >= 0 && /^# \S/.test(lines[above])
}

const wanted = [...envNames, ...toolNames]
const problems = [
  ...envNames.filter((name) => !documented.has(name)).map((name) => `${name} is not in .env.example`),
  ...[...documented.keys()]
    .filter((name) => !wanted.includes(name))
    .map((name) => `${name} is read by nobody`),
  ...[...documented].filter(([, commented]) => !commented).map(([name]) => `${name} has no comment above it`),
]
/** What docker compose answers for itself, because it knows where things are. All else reaches its processes from .env. */
const composeNames = [
  ...['NODE_ENV', 'DATABASE_URL', 'MONGODB_URL', 'HOST', 'PORT', 'PUBLIC_BASE_URL', 'SESSION_SECRET', 'ROLE'],
]
const compose = fs.readFileSync(new URL('../docker-compose.yml', import.meta.url), 'utf8')

for (const service of ['migrate', 'api', 'worker']) {
  const text = resolveAnchors(blockAt(new RegExp(`^  ${service}:$`)))
  if (!/env_file: (?:&\S+ )?\[\{ path: \.env, required: false \}\]/.test(text))
    problems.push(`docker-compose.yml: ${service} does not get what .env says`)
  for (const [, name] of text.matchAll(/^\s+([A-Z][A-Z0-9_]*): /gm))
    if (!composeNames.includes(name))
      problems.push(`docker-compose.yml: ${service} is given ${name}, whatever .env says`)
}
if (!/SESSION_SECRET: \$\{SESSION_SECRET:\?/.test(compose))
  problems.push(
    'docker-compose.yml: SESSION_SECRET must be asked for; one that is published protects nothing',
  )

/** A line and what is indented below it. */
function blockAt(start) {
  const all = compose.split('\n')
  const first = all.findIndex((line) => start.test(line))
  if (first < 0) return ''
  const indent = all[first].search(/\S/)
  const rest = all.slice(first + 1).findIndex((line) => line.trim() !== '' && line.search(/\S/) <= indent)
  return all.slice(first, rest < 0 ? undefined : first + 1 + rest).join('\n')
}

/** With the text of each anchor that is referred to, those in it included. */
function resolveAnchors(text) {
  const names = new Set([...text.matchAll(/\*([a-z-]+)/g)].map(([, name]) => name))
  for (const name of names) for (const [, inner] of anchored(name).matchAll(/\*([a-z-]+)/g)) names.add(inner)
  return [text, ...[...names].map(anchored)].join('\n')
}

function anchored(name) {
  return blockAt(new RegExp(`: &${name}(?: |$)`))
}

for (const problem of new Set(problems)) process.stderr.write(`${problem}\n`)
if (problems.length > 0) process.exit(1)
process.stdout.write(
  `.env.example documents all ${envNames.length} variables, and docker compose hands them on.\n`,
)
