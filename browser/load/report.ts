import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { checkoutRoot } from '../../src/local/checkout.js'
import { say } from '../../src/local/print.js'
import type { Measured } from './measure.js'

/** What the acceptance line calls a long task. */
const LONG_MS = 200
const LIMITS_MS = [50, 100, LONG_MS]
const SHOWN = 12

/** Says what was measured, keeps it as JSON, and answers what is wrong with it; nothing on a good run. */
export function report(measured: Measured, messagesWanted: number): string[] {
  const { trace, tasks, queries } = measured
  const longest = tasks.toSorted((left, right) => right.wallMs - left.wallMs).slice(0, SHOWN)
  const over = LIMITS_MS.map((limit) => ({
    limit,
    wall: tasks.filter(({ wallMs }) => wallMs > limit).length,
    cpu: tasks.filter(({ cpuMs }) => cpuMs > limit).length,
    seen: measured.longTasksSeen.filter((ms) => ms > limit).length,
  }))
  const interactions = measured.interactionsMs.toSorted((left, right) => left - right)
  const summary = {
    messagesInLog: [measured.messagesBefore, measured.messagesAfter],
    sentPerSecond: Math.round(measured.sentPerSecond),
    campaignState: measured.campaignState,
    drivenSeconds: Math.round(trace.seconds),
    traceBufferUsed: trace.bufferUsed,
    tasks: tasks.length,
    over,
    longest,
    interactions: {
      slowerThan16Ms: interactions.length,
      p95Ms: interactions[Math.ceil(interactions.length * 0.95) - 1] ?? 0,
      maxMs: interactions.at(-1) ?? 0,
    },
    framesReceived: measured.framesReceived,
    queries,
  }
  const folder = path.join(checkoutRoot(), 'browser', 'screenshots')
  mkdirSync(folder, { recursive: true })
  writeFileSync(path.join(folder, 'load.json'), `${JSON.stringify(summary, null, 2)}\n`)
  print(summary)
  return [
    ...over
      .filter(({ limit, wall }) => limit === LONG_MS && wall > 0)
      .map(({ wall }) => `${String(wall)} tasks took longer than ${String(LONG_MS)} ms`),
    ...(tasks.length === 0 || trace.bufferUsed >= 0.99 ? ['the trace is not whole'] : []),
    ...(measured.campaignState === 'RUNNING' ? [] : ['the campaign did not run until the end']),
    ...(measured.messagesBefore >= messagesWanted ? [] : ['the log was not full']),
    ...measured.pageFaults.map((fault) => `an error in the page: ${fault}`),
  ]
}

function print(summary: {
  messagesInLog: number[]
  sentPerSecond: number
  drivenSeconds: number
  traceBufferUsed: number
  tasks: number
  over: { limit: number; wall: number; cpu: number; seen: number }[]
  longest: Measured['tasks']
  interactions: { slowerThan16Ms: number; p95Ms: number; maxMs: number }
  framesReceived: number
  queries: Measured['queries']
}): void {
  const { over, longest, interactions } = summary
  say(
    `\nMessages in the log: ${summary.messagesInLog.map((n) => n.toLocaleString('en')).join(', afterwards ')}`,
  )
  say(
    `Sent meanwhile: ${String(summary.sentPerSecond)} a second, ${String(summary.framesReceived)} pushes received`,
  )
  say(
    `Main thread: ${String(summary.tasks)} tasks in ${String(summary.drivenSeconds)} s; trace memory used: ${(summary.traceBufferUsed * 100).toFixed(0)} %`,
  )
  say('\n  tasks over    by the wall clock  by processor time  seen by the page')
  for (const { limit, wall, cpu, seen } of over)
    say(
      `  ${String(limit).padStart(6)} ms ${String(wall).padStart(17)} ${String(cpu).padStart(18)} ${String(seen).padStart(17)}`,
    )
  say('\n  longest    processor  on screen            what')
  for (const { wallMs, cpuMs, screen, what } of longest)
    say(
      `  ${wallMs.toFixed(0).padStart(4)} ms  ${cpuMs.toFixed(0).padStart(6)} ms   ${screen.padEnd(20)} ${what.join('; ')}`,
    )
  say(
    `\nInteractions slower than a frame: ${String(interactions.slowerThan16Ms)}, p95 ${interactions.p95Ms.toFixed(0)} ms, longest ${interactions.maxMs.toFixed(0)} ms`,
  )
  say('\n  query                        asked      p50      p95      max   largest')
  for (const { name, asked, p50Ms, p95Ms, maxMs, kilobytesMax } of summary.queries)
    say(
      `  ${name.padEnd(26)} ${String(asked).padStart(7)} ${[p50Ms, p95Ms, maxMs].map((ms) => `${ms.toFixed(0)} ms`.padStart(8)).join(' ')} ${`${kilobytesMax.toFixed(0)} kB`.padStart(9)}`,
    )
}
