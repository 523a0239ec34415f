const shortest = 100;

/** Decides how long to wait before an idle queue is asked again: random and growing, as in production. */
export interface PollingDelay {
  /** Milliseconds until the next attempt after one that brought nothing. */
  next(): number;
  /** To be called after an attempt that brought something. */
  reset(): void;
}

export function createPollingDelay(longest: number, random: () => number = Math.random): PollingDelay {
  let emptyRounds = 0;
  return {
    next() {
      const growth = (2 ** emptyRounds - 1) * shortest * (0.8 + 0.4 * random());
      emptyRounds = Math.min(emptyRounds + 1, 20);
      return Math.min(longest, shortest + growth);
    },
    reset() {
      emptyRounds = 0;
    },
  };
}
