import type { Fact } from '../domain/fact.ts';

/** Minutes for which settings of subscriptions and vaults are taken as they were read: events in a row stay cheap so. */
const minutes = 5;

interface Memory<T> {
  readonly until: number;
  readonly reading: Promise<Fact<T>>;
}

/** Reads a thing by its key, or recalls it. What could not be read is asked for again. */
export type Recall<T> = (key: string, read: () => Promise<Fact<T>>) => Promise<Fact<T>>;

/** A memory of this process for one kind of reading. */
export function shortMemory<T>(now: () => Date): Recall<T> {
  const memories = new Map<string, Memory<T>>();

  function forgetOld(): void {
    for (const [key, { until }] of memories) {
      if (until <= now().getTime()) {
        memories.delete(key);
      }
    }
  }

  async function remembered(key: string, read: () => Promise<Fact<T>>): Promise<Fact<T>> {
    const fact = await read();
    if (fact.kind === 'unknown') {
      memories.delete(key);
    }
    return fact;
  }

  return (key, read) => {
    forgetOld();
    const known = memories.get(key)?.reading ?? remembered(key, read);
    if (!memories.has(key)) {
      memories.set(key, { until: now().getTime() + minutes * 60_000, reading: known });
    }
    return known;
  };
}
