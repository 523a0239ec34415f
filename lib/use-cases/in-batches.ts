/** Reads of ARM at a time. */
const readsAtOnce = 8;

/** Reads one after another, some at a time. */
export async function inBatches<T>(all: readonly T[], read: (one: T) => Promise<void>): Promise<void> {
  for (let from = 0; from < all.length; from += readsAtOnce) {
    await Promise.all(all.slice(from, from + readsAtOnce).map(read));
  }
}
