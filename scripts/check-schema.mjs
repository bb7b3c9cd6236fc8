// schema.graphql is what the code emits: the contract cannot drift from the program.
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'tollgate-schema-'))
try {
  const emitted = path.join(directory, 'schema.graphql')
  const emit = spawnSync(process.execPath, ['dist/src/commands/emit-schema.js', emitted], {
    cwd: root,
    stdio: 'inherit',
  })
  if (emit.status !== 0) process.exit(1)
  const differences = compare(readText(path.join(root, 'schema.graphql')), readText(emitted))
  if (differences.length === 0) {
    process.stdout.write('schema.graphql is what the code emits.\n')
  } else {
    process.stderr.write(`${differences.join('\n')}\n`)
    process.stderr.write('schema.graphql differs from the code. If that is meant: npm run schema:emit\n')
    process.exitCode = 1
  }
} finally {
  fs.rmSync(directory, { recursive: true, force: true })
}

function compare(committed, emitted) {
  if (committed === emitted) return []
  const before = committed.split('\n')
  const now = emitted.split('\n')
  const gone = before.filter((line) => !now.includes(line)).map((line) => `- ${line}`)
  const added = now.filter((line) => !before.includes(line)).map((line) => `+ ${line}`)
  return gone.length + added.length > 0 ? [...gone, ...added] : ['(only the order of lines)']
}

function readText(file) {
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : ''
}
