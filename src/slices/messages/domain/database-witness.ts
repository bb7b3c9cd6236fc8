/** How far a database has come. Within one installation it never goes back, whatever crashes. */
export interface DatabasePosition {
  /** Databases that were accepted after a restore. */
  epoch: bigint
  /** Bytes of its write-ahead log that are on disk; a crash loses none of these. */
  flushed: bigint
}

/**
 * What one process remembers of the database it claims from. A backup that is copied back under a running program has
 * kept its name and its timeline; that it knows less than this process has seen is what gives it away.
 */
export class DatabaseWitness {
  private seen: DatabasePosition = { epoch: 0n, flushed: 0n }

  /** Taken before a question is sent: answers may overtake each other. */
  get known(): DatabasePosition {
    return this.seen
  }

  /** Returns whether the answer comes from a database that has gone back behind what was known when it was asked. */
  hasGoneBack(known: DatabasePosition, answer: DatabasePosition): boolean {
    if (isBehind(answer, known)) return true
    if (isBehind(this.seen, answer)) this.seen = answer
    return false
  }
}

function isBehind(one: DatabasePosition, other: DatabasePosition): boolean {
  return one.epoch === other.epoch ? one.flushed < other.flushed : one.epoch < other.epoch
}
