import { createServer, type Server, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'

export interface ReceivedEmail {
  from: string
  to: string[]
  /** The whole message, dots unstuffed. */
  data: string
}

export type SmtpStep = 'greeting' | 'MAIL' | 'RCPT' | 'DATA' | 'END'

export interface SmtpReceiver {
  url: string
  received: ReceivedEmail[]
  /** Conversations that began, whatever became of them. */
  connections: number
  /** What the server says at a step instead of yes; `hang-up` closes the connection without a word. */
  answers: Partial<Record<SmtpStep, string>>
  /** Told of each e-mail when it is whole and not yet answered. */
  onReceived: (() => Promise<void>) | null
  stop(): Promise<void>
}

/** A small mail server on this machine that speaks as much SMTP as a client needs: EHLO, MAIL, RCPT, DATA, RSET, QUIT. */
export async function startSmtpReceiver(): Promise<SmtpReceiver> {
  const sockets = new Set<Socket>()
  const receiver: SmtpReceiver = {
    url: '',
    received: [],
    connections: 0,
    answers: {},
    onReceived: null,
    stop: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
  const server: Server = createServer((socket) => {
    receiver.connections += 1
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
    converse(socket, receiver)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  receiver.url = `smtp://127.0.0.1:${String((server.address() as AddressInfo).port)}`
  return receiver
}

function converse(socket: Socket, receiver: SmtpReceiver): void {
  let waiting = ''
  let isData = false
  let email: ReceivedEmail = { from: '', to: [], data: '' }
  const say = (step: SmtpStep | null, yes: string): boolean => {
    const answer = (step === null ? undefined : receiver.answers[step]) ?? yes
    if (answer === 'hang-up') socket.destroy()
    else socket.write(`${answer}\r\n`)
    return answer === yes
  }
  const command = (line: string): void => {
    const address = /<([^>]*)>/.exec(line)?.[1] ?? ''
    const verb = line.slice(0, 4).toUpperCase()
    if (verb === 'EHLO' || verb === 'HELO') say(null, '250 receiver')
    else if (verb === 'MAIL') {
      email = { from: address, to: [], data: '' }
      say('MAIL', '250 ok')
    } else if (verb === 'RCPT') {
      if (say('RCPT', '250 ok')) email.to.push(address)
    } else if (verb === 'DATA') isData = say('DATA', '354 go on')
    else if (verb === 'QUIT') socket.end('221 bye\r\n')
    else say(null, verb === 'RSET' ? '250 ok' : '502 no such command')
  }
  const finish = async (data: string): Promise<void> => {
    const whole = { ...email, data: data.replaceAll('\r\n..', '\r\n.') }
    const isTaken = (receiver.answers.END ?? '250 taken').startsWith('250')
    if (isTaken || receiver.answers.END === 'hang-up') receiver.received.push(whole)
    await receiver.onReceived?.()
    say('END', '250 taken')
  }
  socket.setEncoding('utf8')
  socket.on('data', (chunk: string) => {
    waiting += chunk
    for (;;) {
      const mark = isData ? '\r\n.\r\n' : '\r\n'
      const end = waiting.indexOf(mark)
      if (end < 0) return
      const part = waiting.slice(0, end)
      waiting = waiting.slice(end + mark.length)
      if (isData) {
        isData = false
        void finish(part)
      } else command(part)
    }
  })
  say('greeting', '220 receiver ready')
}
