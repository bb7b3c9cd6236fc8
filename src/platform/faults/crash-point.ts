/**
 * Places in the program where a fault test can end the process, as a power cut would. Every transaction has two of them,
 * `<transaction>:written` (everything is written, nothing is committed) and `<transaction>:committed` (nobody has been told yet);
 * calls to the outside have theirs before and after. Nothing happens unless CRASH_AT names one.
 */
interface Armed {
  point: string
  passesLeft: number
}

let armed: Armed | null = null

/** `messages.claim:committed`, or with `#3` at its end to die at the third passage. Null disarms. Throws on anything else. */
export function armCrashPoint(text: string | null): void {
  const match = text === null ? null : /^([\w.]+:[a-z]+)(?:#([1-9]\d*))?$/.exec(text)
  if (text !== null && match === null) throw new Error(`CRASH_AT is no crash point: ${text}`)
  armed = match?.[1] === undefined ? null : { point: match[1], passesLeft: Number(match[2] ?? 1) }
}

/** Ends the process at once, with SIGKILL and without a word, when this is the place and the passage that was asked for. */
export function crashPoint(point: string): void {
  if (armed?.point !== point) return
  armed.passesLeft -= 1
  if (armed.passesLeft === 0) process.kill(process.pid, 'SIGKILL')
}
