import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline/promises'
import { complain, say } from '../local/print.js'
import { classifyReply } from '../slices/inbox/index.js'

/**
 * `npm run classify -- FILE`: the class of each line of a file of replies, one a line: `opt_out`, `opt_in`, `help`,
 * `confirm` or `other`. It asks what the program asks when a text comes in.
 */
const file = process.argv[2]
if (file === undefined) {
  complain('Which file? npm run classify -- FILE')
  process.exitCode = 2
} else {
  try {
    const lines = createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Infinity })
    for await (const line of lines) say(classifyReply(line))
  } catch (error) {
    complain(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`)
    process.exitCode = 1
  }
}
