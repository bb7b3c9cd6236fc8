import { EventEmitter } from 'node:events'
import { toJobId, type JobNotification, type NotificationChannel, type NotificationHandler } from 'agenda'
import pg from 'pg'

const CHANNEL = 'tollgate_scheduling'

interface Message {
  id: string
  name: string
  at: number | null
}

/**
 * Tells other processes of a new row at once, by NOTIFY. Agenda's own channel publishes only from processes that run
 * jobs themselves, announces every state of every job, and dies of connection errors; this one does none of that.
 */
export class PostgresWakeChannel extends EventEmitter implements NotificationChannel {
  /** Publishing goes through the pool, so it needs no connection of our own. */
  readonly state = 'connected'
  private readonly handlers = new Set<NotificationHandler>()
  private client: pg.Client | null = null

  constructor(
    private readonly databaseUrl: string,
    private readonly pool: pg.Pool,
    private readonly onTrouble: (error: unknown) => void,
  ) {
    super()
  }

  async connect(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.databaseUrl,
      application_name: 'tollgate-scheduler-listener',
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
    })
    const report = (error?: unknown): void => {
      if (this.client === client) this.onTrouble(error ?? new Error('the LISTEN connection has ended'))
    }
    client.on('error', report)
    client.on('end', report)
    client.on('notification', ({ payload }) => this.deliver(payload))
    this.client = client
    await client.connect()
    await client.query(`/* scheduling.listen */ listen ${CHANNEL}`)
  }

  async disconnect(): Promise<void> {
    const { client } = this
    this.client = null
    this.handlers.clear()
    await client?.end().catch(() => undefined)
  }

  subscribe(handler: NotificationHandler): () => void {
    this.handlers.add(handler)
    return () => this.handlers.delete(handler)
  }

  async publish(notification: JobNotification): Promise<void> {
    const message: Message = {
      id: notification.jobId,
      name: notification.jobName,
      at: notification.nextRunAt?.getTime() ?? null,
    }
    await this.pool.query('/* scheduling.notify */ select pg_notify($1, $2)', [
      CHANNEL,
      JSON.stringify(message),
    ])
  }

  private deliver(payload: string | undefined): void {
    const message = readMessage(payload)
    if (message === null) return
    const notification: JobNotification = {
      jobId: toJobId(message.id),
      jobName: message.name,
      nextRunAt: message.at === null ? null : new Date(message.at),
      priority: 0,
      timestamp: new Date(message.at ?? 0),
    }
    for (const handler of this.handlers) {
      Promise.resolve(handler(notification)).catch(this.onTrouble)
    }
  }
}

function readMessage(payload: string | undefined): Message | null {
  try {
    return JSON.parse(payload ?? '') as Message
  } catch {
    return null
  }
}
