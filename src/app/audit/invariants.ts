import { appointmentInvariants } from './appointment-invariants.js'
import { billingInvariants } from './billing-invariants.js'
import { creditInvariants } from './credit-invariants.js'
import { derivedInvariants } from './derived-invariants.js'
import { emailInvariants } from './email-invariants.js'
import { endpointInvariants } from './endpoint-invariants.js'
import { gateInvariants } from './gate-invariants.js'
import type { Invariant } from './invariant.js'
import { messageInvariants } from './message-invariants.js'

const numberOf = ({ id }: Invariant): number => Number(id.slice(1))

/** I1 to I31 are those of sending, in the order in which documents and alarms count them. */
const sendingInvariants = [
  ...creditInvariants,
  ...messageInvariants,
  ...gateInvariants,
  ...derivedInvariants,
].sort((left, right) => numberOf(left) - numberOf(right))

/** All that the audit asks for. */
export const invariants: readonly Invariant[] = [
  ...sendingInvariants,
  ...billingInvariants,
  ...appointmentInvariants,
  ...emailInvariants,
  ...endpointInvariants,
]
