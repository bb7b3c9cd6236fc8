// Prints the totals of Jest's own JSON reports (the files given) as one plain line.
import fs from 'node:fs'

let passed = 0
let failed = 0
let skipped = 0
for (const file of process.argv.slice(2)) {
  if (!fs.existsSync(file)) {
    // A run that never reported is a failure, not an absence.
    failed += 1
    continue
  }
  const report = JSON.parse(fs.readFileSync(file, 'utf8'))
  passed += report.numPassedTests
  // A file that could not even be loaded has no tests to count.
  failed += report.numFailedTests + report.numRuntimeErrorTestSuites
  skipped += report.numPendingTests + report.numTodoTests
}
process.stdout.write(
  `tests: ${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`,
)
