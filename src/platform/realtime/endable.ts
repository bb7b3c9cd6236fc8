/**
 * A generator that ends as soon as its reader leaves. A plain one that waits for news hears of `return()` only after the
 * news has come, which may be never: here `return()` first aborts the signal that the generator waits with.
 */
export function endable<T>(
  make: (signal: AbortSignal) => AsyncGenerator<T, void, undefined>,
): AsyncGenerator<T, void, undefined> {
  const leaving = new AbortController()
  const generator = make(leaving.signal)
  const endable: AsyncGenerator<T, void, undefined> = {
    next: () => generator.next(),
    return: () => {
      leaving.abort()
      return generator.return()
    },
    throw: (error) => {
      leaving.abort()
      return generator.throw(error)
    },
    [Symbol.asyncIterator]: () => endable,
    [Symbol.asyncDispose]: async () => {
      leaving.abort()
      await generator.return()
    },
  }
  return endable
}

/** Settles when the promise does, or when the signal fires. */
export function unlessLeft(promise: Promise<unknown>, signal: AbortSignal): Promise<unknown> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve, reject) => {
    const leave = (): void => {
      resolve(undefined)
    }
    signal.addEventListener('abort', leave, { once: true })
    promise.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', leave)
    })
  })
}
