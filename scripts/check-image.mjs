// What no test runs, because tests have no container engine: that the image can be built, and has what commands need.
import fs from 'node:fs'

const dockerfile = fs.readFileSync(new URL('../Dockerfile', import.meta.url), 'utf8')
const problems = []

const beforeBuild = dockerfile.split('npm run build')[0] ?? ''
// Vite's native bindings and those of its minifier are optional packages: without them the console is not built.
if (!/\bnpm ci\b/.test(beforeBuild)) problems.push('Dockerfile: nothing is installed before `npm run build`')
if (/\bnpm (?:ci|install)\b.*--omit/.test(beforeBuild))
  problems.push('Dockerfile: packages are left out before `npm run build`; prune after it')

// Every operator's command begins with this script. It leaves alone what has no sources beside it.
const image = dockerfile.slice(dockerfile.lastIndexOf('\nFROM '))
if (!/^COPY .*scripts\/ensure-ready\.mjs /m.test(image))
  problems.push('Dockerfile: `npm run <command>` needs scripts/ensure-ready.mjs in the image')
if (/^COPY .*(?:\/app|\ssrc) /m.test(image))
  problems.push('Dockerfile: sources in the image would be compiled there, where there is no compiler')

for (const problem of problems) process.stderr.write(`${problem}\n`)
if (problems.length > 0) process.exit(1)
process.stdout.write('The image is built from what its build needs, and has what its commands need.\n')
