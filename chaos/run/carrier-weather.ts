import type { BehaviourPatch } from '../../src/local/carrier/options.js'
import type { weightedFaults } from '../plan/fault-kinds.js'

type CarrierWeather = (typeof weightedFaults)['carrier'][number][0]
type CallbackWeather = (typeof weightedFaults)['callbacks'][number][0]

/** Longer than our calls wait for an answer. */
const TOO_SLOW_MS = 2_500

const bad: Readonly<Record<CarrierWeather | CallbackWeather, BehaviourPatch>> = {
  drops: { faults: { dropBeforeAccept: 0.1, acceptThenDrop: 0.2 } },
  'server-errors': { faults: { errorBeforeAccept: 0.2, errorAfterAccept: 0.2 } },
  throttles: { faults: { throttle: 0.4 } },
  slow: { faults: { slowAfterAccept: 0.2, slowMs: TOO_SLOW_MS } },
  'broken-answers': { faults: { brokenAnswer: 0.1, stalledAnswer: 0.1, redirect: 0.1 } },
  blind: { faults: { listError: 0.6, readError: 0.5, tokenError: 0.5 } },
  mixed: {
    faults: {
      dropBeforeAccept: 0.03,
      acceptThenDrop: 0.07,
      errorBeforeAccept: 0.03,
      errorAfterAccept: 0.05,
      throttle: 0.05,
      slowBeforeAccept: 0.06,
      brokenAnswer: 0.03,
      stalledAnswer: 0.03,
      listError: 0.1,
    },
  },
  lost: { callbacks: { lost: 0.6 } },
  late: { callbacks: { late: 0.6 } },
  doubled: { callbacks: { duplicated: 0.6 } },
  'all-of-it': { callbacks: { lost: 0.3, late: 0.4, duplicated: 0.4 } },
}

export function isWeather(kind: string): kind is CarrierWeather | CallbackWeather {
  return kind in bad
}

export function weatherOf(kind: CarrierWeather | CallbackWeather): BehaviourPatch {
  return bad[kind]
}
