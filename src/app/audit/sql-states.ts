/** Of attempts and messages that have left, or may have: their credits are held. */
export const IN_FLIGHT = `('dispatching', 'unknown')`
/** Their credits are captured. */
export const CHARGED = `('accepted', 'unproven')`
/** Claims that were written down after a restore, for texts that had left already: no gate let them pass. */
export const RESTORED = `(c.gate ? 'restored')`
