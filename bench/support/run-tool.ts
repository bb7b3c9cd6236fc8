import { parseArgs, type ParseArgsConfig } from 'node:util'

type Options = NonNullable<ParseArgsConfig['options']>

/**
 * The frame of a tool that measures and judges: its figures as a table, with --json as one line, the last. Exit code 1 when
 * they are not as promised.
 */
export function runTool<Result extends { pass: boolean }>(tool: {
  /** With their defaults; numbers are read by `run`. */
  options: Readonly<Record<string, string>>
  words: Readonly<Record<keyof Result & string, string>>
  run: (options: Readonly<Record<string, number>>, say: (line: string) => void) => Promise<Result>
}): void {
  const options: Options = { json: { type: 'boolean', default: false } }
  for (const [name, value] of Object.entries(tool.options)) options[name] = { type: 'string', default: value }
  const { values } = parseArgs({ options })
  const isJson = values['json'] === true
  /** With --json only the last line goes to standard output. */
  const say = (line: string): void => {
    ;(isJson ? process.stderr : process.stdout).write(`${line}\n`)
  }
  const numbers = Object.fromEntries(Object.keys(tool.options).map((name) => [name, Number(values[name])]))
  tool.run(numbers, say).then(
    (result) => {
      if (isJson) process.stdout.write(`${JSON.stringify(result)}\n`)
      else printFigures(result, tool.words, say)
      process.exitCode = result.pass ? 0 : 1
    },
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
      process.exitCode = 1
    },
  )
}

function printFigures<Result extends object>(
  result: Result,
  words: Readonly<Record<keyof Result & string, string>>,
  say: (line: string) => void,
): void {
  const labels = Object.entries<string>(words)
  const width = Math.max(...labels.map(([, label]) => label.length))
  for (const [name, label] of labels) say(`${label.padEnd(width)}  ${String(result[name as keyof Result])}`)
}
