import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { PgInstrumentation } from '@opentelemetry/instrumentation-pg'
import { resourceFromAttributes } from '@opentelemetry/resources'
import {
  BatchSpanProcessor,
  NodeTracerProvider,
  type ReadableSpan,
  type Span,
  type SpanProcessor,
} from '@opentelemetry/sdk-trace-node'
import { redactText } from './redact.js'

export interface Tracing {
  /** Sends what is left. Never throws: a collector that is away must not keep a process from ending. */
  stop(): Promise<void>
}

export interface TracingOptions {
  /** Where a collector takes OTLP over HTTP; `/v1/traces` is put behind it. */
  endpoint: string
  role: string
}

/**
 * Sends spans to a collector from now on: requests, jobs, calls of the carrier, and inside of requests and jobs each statement
 * by the name that it carries. Sampling and the headers for the collector are read by the library itself
 * (OTEL_TRACES_SAMPLER, OTEL_EXPORTER_OTLP_HEADERS).
 */
export function startTracing({ endpoint, role }: TracingOptions): Tracing {
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, '')}/v1/traces` })
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'tollgate', 'service.instance.role': role }),
    spanProcessors: [new SafeSpans(new BatchSpanProcessor(exporter))],
  })
  provider.register()
  const statements = new PgInstrumentation({
    // Workers poll: a statement outside of a request or job would be a trace of its own.
    requireParentSpan: true,
    requestHook: (span, { query }) => {
      const name = /^\/\* ([\w.-]+) \*\//.exec(query.text)?.[1]
      if (name !== undefined) span.updateName(name)
    },
  })
  statements.setTracerProvider(provider)
  return { stop: () => provider.shutdown().catch(() => undefined) }
}

const allowed: ReadonlySet<string> = new Set(['requestId', 'attemptId', 'outcome', 'status', 'db.namespace'])

/** Like the lines of the log, spans carry what a list allows and nothing else: libraries put statements and messages into them. */
class SafeSpans implements SpanProcessor {
  constructor(private readonly next: SpanProcessor) {}

  onStart(span: Span, parent: Parameters<SpanProcessor['onStart']>[1]): void {
    this.next.onStart(span, parent)
  }

  onEnd(span: ReadableSpan): void {
    for (const name of Object.keys(span.attributes))
      if (!allowed.has(name)) Reflect.deleteProperty(span.attributes, name)
    span.events.length = 0
    if (span.status.message !== undefined) span.status.message = redactText(span.status.message)
    this.next.onEnd(span)
  }

  forceFlush(): Promise<void> {
    return this.next.forceFlush()
  }

  shutdown(): Promise<void> {
    return this.next.shutdown()
  }
}
