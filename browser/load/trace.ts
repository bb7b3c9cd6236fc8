import type { Browser } from 'playwright-core'

interface TraceEvent {
  name: string
  cat: string
  pid: number
  tid: number
  ts: number
  dur?: number
  /** Time on a processor; the rest of `dur` the thread has waited for one. */
  tdur?: number
  args: { name?: string; src_func?: string; data?: { url?: string; functionName?: string; type?: string } }
}

export interface Task {
  /** Milliseconds since the trace began. */
  atMs: number
  wallMs: number
  cpuMs: number
  /** What took longest within it, longest first. */
  what: string[]
}

export interface Trace {
  seconds: number
  /** Share of the trace's memory that was used: at 1 its end would be missing. */
  bufferUsed: number
  tasks: Task[]
}

/** Everything longer than this is looked into. */
const NAMED_MS = 50
const PARTS_NAMED = 4
const MS = 1_000

/** Records what the threads of the browser do until the returned function is called. */
export async function startTrace(browser: Browser): Promise<(address: string) => Promise<Trace>> {
  const session = await browser.newBrowserCDPSession()
  const events: TraceEvent[] = []
  let bufferUsed = 0
  session.on('Tracing.dataCollected', ({ value }) => {
    for (const event of value as unknown as TraceEvent[]) {
      if (event.name === 'thread_name' || event.dur !== undefined) events.push(event)
    }
  })
  session.on('Tracing.bufferUsage', ({ percentFull }) => {
    bufferUsed = Math.max(bufferUsed, percentFull ?? 0)
  })
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    bufferUsageReportingInterval: 1_000,
    traceConfig: {
      recordMode: 'recordAsMuchAsPossible',
      includedCategories: ['toplevel', 'devtools.timeline', 'disabled-by-default-devtools.timeline', 'v8'],
      excludedCategories: ['*'],
    },
  })
  const begunAt = performance.now()
  return async (address) => {
    const seconds = (performance.now() - begunAt) / 1000
    const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve))
    await session.send('Tracing.end')
    await complete
    await session.detach()
    return { seconds, bufferUsed, tasks: tasksOf(events, address) }
  }
}

/** What ran on the main threads of the renderers that had our page. */
function tasksOf(events: readonly TraceEvent[], address: string): Task[] {
  const ours = new Set(events.filter(({ args }) => args.data?.url?.startsWith(address)).map(({ pid }) => pid))
  const mains = new Set(
    events
      .filter(
        ({ name, args, pid }) => name === 'thread_name' && args.name === 'CrRendererMain' && ours.has(pid),
      )
      .map(threadOf),
  )
  const onMain = events
    .filter((event) => event.dur !== undefined && mains.has(threadOf(event)))
    .sort((left, right) => left.ts - right.ts)
  const beganAt = onMain[0]?.ts ?? 0
  return onMain
    .filter(({ name }) => name === 'RunTask')
    .map((task) => ({
      atMs: (task.ts - beganAt) / MS,
      wallMs: (task.dur ?? 0) / MS,
      cpuMs: (task.tdur ?? 0) / MS,
      what: (task.dur ?? 0) < NAMED_MS * MS ? [] : partsOf(task, onMain),
    }))
}

function partsOf(task: TraceEvent, events: readonly TraceEvent[]): string[] {
  const end = task.ts + (task.dur ?? 0)
  return events
    .filter((event) => event !== task && event.ts >= task.ts && event.ts < end)
    .sort((left, right) => (right.dur ?? 0) - (left.dur ?? 0))
    .slice(0, PARTS_NAMED)
    .map(({ name, dur, args }) => {
      const { type, functionName, url } = args.data ?? {}
      const detail = [args.src_func, type, functionName, url?.split('/').at(-1)].filter(
        (part) => part !== undefined && part !== '',
      )
      return `${name}${detail.length === 0 ? '' : ` ${detail.join(' ')}`} ${((dur ?? 0) / MS).toFixed(0)} ms`
    })
}

function threadOf({ pid, tid }: TraceEvent): string {
  return `${String(pid)}:${String(tid)}`
}
