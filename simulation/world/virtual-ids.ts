import { validate } from 'uuid'
import { BEGINS_AT_MS } from './virtual-time.js'

export { validate }

let nowMs: () => number = () => BEGINS_AT_MS
let count = 0

/** Each run numbers its ids from one and dates them in its own time. */
export function restartIds(time: { nowMs(): number }): void {
  nowMs = () => time.nowMs()
  count = 0
}

/** Stands in for the library's function of this name: ids in order of creation, the same in every run. */
export function v7(): string {
  count += 1
  const ms = nowMs().toString(16).padStart(12, '0')
  const number = count.toString(16)
  return `${ms.slice(0, 8)}-${ms.slice(8)}-7${number.slice(-3).padStart(3, '0')}-a000-${number.padStart(12, '0')}`
}
