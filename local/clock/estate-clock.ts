/** The time of an estate: it stands at the estate's `now` until it is let run; then it goes as fast as any clock. */
export interface EstateClock {
  now(): Date;
  run(): void;
  /** Moves on by so many milliseconds, whether it stands or runs. */
  advance(ms: number): void;
}

/** The app's process replaces `Date` by this very clock. */
const RealDate = Date;

/** Standing at first, so that a first sweep judges every VM at exactly the instant that the estate names. */
export function createEstateClock(standsAt: string): EstateClock {
  let start = Date.parse(standsAt);
  let runsSince: number | undefined;
  return {
    now: () => new RealDate(start + (runsSince === undefined ? 0 : performance.now() - runsSince)),
    run() {
      runsSince ??= performance.now();
    },
    advance(ms) {
      start += ms;
    },
  };
}
