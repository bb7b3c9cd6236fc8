/** What the developer's tools say to the person at the terminal. The program itself logs; it does not print. */
export function say(line = ''): void {
  process.stdout.write(`${line}\n`)
}

export function complain(line: string): void {
  process.stderr.write(`${line}\n`)
}
