/** Everything that a carrier can fail to do: refuse calls, drop them, issue no tokens, list nothing. */
export const carrierAway = { errorBeforeAccept: 0.7, dropBeforeAccept: 0.3, tokenError: 1, listError: 1 }
export const carrierThere = { errorBeforeAccept: 0, dropBeforeAccept: 0, tokenError: 0, listError: 0 }
