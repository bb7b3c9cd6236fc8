// Every variable that src/config/env.ts reads is documented in .env.example, and nothing else is.
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
for (const problem of problems) process.stderr.write(`${problem}\n`)
if (problems.length > 0) process.exit(1)
process.stdout.write(`.env.example documents all ${envNames.length} variables.\n`)
