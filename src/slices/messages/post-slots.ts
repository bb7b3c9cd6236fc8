/** How many calls to the carrier may be under way at once in this process. Waiting is in order of asking. */
export interface PostSlots {
  take(): Promise<void>
  give(): void
}

export function createPostSlots(count: number): PostSlots {
  let free = count
  const waiting: (() => void)[] = []
  return {
    take: () => {
      if (free > 0) {
        free -= 1
        return Promise.resolve()
      }
      return new Promise((resolve) => waiting.push(resolve))
    },
    give: () => {
      const next = waiting.shift()
      if (next === undefined) free += 1
      else next()
    },
  }
}
