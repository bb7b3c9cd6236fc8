import { createHash } from 'node:crypto'
import type { z } from 'zod'
import { assert } from '../../kernel/assert.js'
import { AppError } from '../../kernel/errors.js'

/**
 * A job says "look now": it asks Postgres what is due and does that. It must be safe to run never, once or many times,
 * and in several processes at once, because that is what any scheduler does when machines and networks fail.
 */
export interface JobDefinition<Payload = unknown> {
  name: string
  /** Recurring, at about this pace; such a job must accept the payload {}. Without it: only woken or scheduled. */
  everyMs?: number
  /** Checked when the job is put in, and again before it runs: another version of the program may have put it in. */
  payloadSchema: z.ZodType<Payload>
  /** The signal fires when this process is to end, or after the longest time a run may take: finish the batch at hand. */
  run(payload: Payload, signal: AbortSignal): Promise<unknown>
}

/** A definition whose payload type has been closed over. */
export interface Job {
  readonly name: string
  readonly everyMs: number | null
  /** Checks a payload. Throws `scheduling.bad-payload`. */
  bind(payload: unknown): BoundRun
}

export interface BoundRun {
  readonly job: Job
  /** Same name and same payload: such runs never overlap within a process. */
  readonly lane: string
  run(signal: AbortSignal): Promise<unknown>
}

const PAYLOAD_BYTES_MAX = 4_096
const EVERY_MS_MIN = 20
const EVERY_MS_MAX = 24 * 60 * 60 * 1_000

export function toJob<Payload>(definition: JobDefinition<Payload>): Job {
  const { name, everyMs, payloadSchema } = definition
  assert(/^[a-z][a-z0-9-]{0,62}$/.test(name), 'a job name is kebab-case')
  if (everyMs !== undefined) {
    assert(everyMs >= EVERY_MS_MIN, 'a recurring job leaves time to breathe')
    assert(everyMs <= EVERY_MS_MAX, 'a recurring job recurs within a day')
  }
  const job: Job = {
    name,
    everyMs: everyMs ?? null,
    bind: (payload) => {
      const text = canonicalText(payload)
      const parsed = payloadSchema.safeParse(payload)
      if (text.length > PAYLOAD_BYTES_MAX || !parsed.success) {
        const problem = parsed.success ? 'it is too large' : 'it does not fit the schema'
        throw new AppError({
          code: 'scheduling.bad-payload',
          publicMessage: 'Internal error',
          internalMessage: `the payload of job ${name} is refused: ${problem}`,
        })
      }
      return {
        job,
        lane: `${name}:${digest(text)}`,
        run: async (signal) => definition.run(parsed.data, signal),
      }
    },
  }
  if (everyMs !== undefined) job.bind({})
  return job
}

/** Payloads are small plain JSON; the order of their fields does not tell them apart. */
function canonicalText(value: unknown): string {
  return JSON.stringify([value], (_key, part: unknown) =>
    isPlainObject(part)
      ? Object.fromEntries(Object.entries(part).sort(([left], [right]) => (left < right ? -1 : 1)))
      : part,
  )
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22)
}
