import { fork, type ChildProcess } from 'node:child_process'
import type { MutantName } from './mutants/mutants.js'
import type { FromRunner, HowToRun, SeenMove, ToRunner } from './processes/messages.js'
import type { SeedResult } from './run-seed.js'

const script = new URL('./processes/run-seeds.js', import.meta.url)
const register = new URL('./loader/register.js', import.meta.url)

/** A process of its own that runs one seed after another. */
export class Runner {
  private constructor(private readonly child: ChildProcess) {}

  static async start(
    databaseUrl: string,
    mutant: MutantName | 'none' = 'none',
    use: 'mutated' | 'control' = 'mutated',
  ): Promise<Runner> {
    const child = fork(script, [mutant, databaseUrl, use], {
      execArgv: ['--enable-source-maps', '--import', register.href],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    const runner = new Runner(child)
    await runner.hear('ready')
    return runner
  }

  async run(seed: number, how: HowToRun = { verbose: false, vacuum: false }): Promise<SeedResult> {
    const heard = this.hear('ran')
    this.tell({ kind: 'run', seed, how })
    return (await heard).result
  }

  async end(): Promise<{ moves: SeenMove[]; statements: number }> {
    const heard = this.hear('ended')
    this.tell({ kind: 'end' })
    return heard
  }

  kill(): void {
    this.child.kill()
  }

  private tell(message: ToRunner): void {
    this.child.send(message)
  }

  /** The next message, which must be of this kind. */
  private hear<Kind extends FromRunner['kind']>(kind: Kind): Promise<Extract<FromRunner, { kind: Kind }>> {
    return new Promise((resolve, reject) => {
      const died = (code: number | null): void => {
        reject(new Error(`a process of the simulation ended with ${String(code)}`))
      }
      this.child.once('exit', died)
      this.child.once('message', (message: FromRunner) => {
        this.child.off('exit', died)
        if (message.kind === kind) resolve(message as Extract<FromRunner, { kind: Kind }>)
        else
          reject(
            new Error(message.kind === 'failed' ? `seed ${String(message.seed)}: ${message.problem}` : kind),
          )
      })
    })
  }
}
