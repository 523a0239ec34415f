import { type Random, randomStream } from './estates/random.ts';

/** Which of the requests that fit a fault are hit by it; unless told otherwise all of them. */
export interface Occasions {
  /** After so many hits the fault is over; without it, it stays. */
  readonly times?: number;
  /** So many requests that fit pass before the first one is hit. */
  readonly spared?: number;
  /**
   * Hits come in bursts of so many; one request in so many, drawn from the seed, begins one. After `lastsMs` of real time a
   * burst is over, however few requests came: who waits gets through.
   */
  readonly bursts?: {
    readonly seed: number;
    readonly oneIn: number;
    readonly length: number;
    readonly lastsMs?: number;
  };
  /** Only the first request that is hit, and those that repeat it. */
  readonly onlyRepetitions?: boolean;
}

/** Decides for one fault, request by request. */
export class FaultOccasions {
  readonly #occasions: Occasions;
  readonly #random: Random;
  #left: number;
  #toSpare: number;
  #burst = 0;
  #burstEndsAt = 0;
  #first: string | undefined;

  constructor(occasions: Occasions) {
    this.#occasions = occasions;
    this.#random = randomStream(occasions.bursts?.seed ?? 0, 'fault-occasions');
    this.#left = occasions.times ?? Number.POSITIVE_INFINITY;
    this.#toSpare = occasions.spared ?? 0;
  }

  /** Whether a request that fits is hit, counted as such. `request`: what a repetition has in common with it. */
  hits(request: string): boolean {
    if (this.#left <= 0 || (this.#first !== undefined && this.#first !== request)) return false;
    if (this.#toSpare > 0) {
      this.#toSpare -= 1;
      return false;
    }
    if (!this.#isInBurst()) return false;
    if (this.#occasions.onlyRepetitions) this.#first = request;
    this.#left -= 1;
    return true;
  }

  #isInBurst(): boolean {
    const { bursts } = this.#occasions;
    if (bursts === undefined) return true;
    if (performance.now() >= this.#burstEndsAt) this.#burst = 0;
    if (this.#burst === 0 && this.#random.int(bursts.oneIn) === 0) {
      this.#burst = bursts.length;
      this.#burstEndsAt = performance.now() + (bursts.lastsMs ?? Number.POSITIVE_INFINITY);
    }
    if (this.#burst === 0) return false;
    this.#burst -= 1;
    return true;
  }
}
