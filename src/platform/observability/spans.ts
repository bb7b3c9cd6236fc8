import type { IncomingHttpHeaders } from 'node:http'
import { context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'

/** What may stand in a span besides its name: never a number, a word or a secret of anybody. */
export interface SpanFields {
  requestId?: string
  attemptId?: string
  outcome?: string
  status?: number
}

const tracer = trace.getTracer('tollgate')

/**
 * Runs the work in a span of this name; what it asks of Postgres, and spans inside of it, are its children. Without
 * OTEL_EXPORTER_OTLP_ENDPOINT there are no spans, and this is a call. An error marks the span and goes on.
 */
export function inSpan<Result>(
  name: string,
  fields: SpanFields,
  work: (note: (more: SpanFields) => void) => Promise<Result>,
): Promise<Result> {
  return tracer.startActiveSpan(name, { attributes: { ...fields } }, async (span) => {
    try {
      return await work((more) => span.setAttributes({ ...more }))
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR })
      throw error
    } finally {
      span.end()
    }
  })
}

export interface RequestSpan {
  /** Runs the work of the request inside. */
  run<Result>(work: () => Result): Result
  end(status: number): void
}

/** The span of a request; a child of the caller's own where the request says so (`traceparent`). */
export function startRequestSpan(name: string, headers: IncomingHttpHeaders, requestId: string): RequestSpan {
  const parent = propagation.extract(context.active(), headers)
  const span = tracer.startSpan(name, { kind: SpanKind.SERVER, attributes: { requestId } }, parent)
  return {
    run: (work) => context.with(trace.setSpan(parent, span), work),
    end: (status) => {
      span.setAttributes({ status })
      if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR })
      span.end()
    },
  }
}

/** Calls the span of this moment by what was found out about it. */
export function nameSpan(name: string): void {
  trace.getActiveSpan()?.updateName(name)
}
