/** What an answer of Resource Graph says about the quota: how many requests are left, and seconds until it is full again. */
export interface QuotaAnswer {
  readonly remaining: number;
  readonly resetsAfterSeconds: number;
}

/** Reads the two headers of an answer; `undefined` where Azure does not send them, or sends nonsense. */
export function quotaAnswer(remaining: string | undefined, resetsAfter: string | undefined): QuotaAnswer | undefined {
  const left = Number(remaining);
  const [hours = Number.NaN, minutes = Number.NaN, seconds = Number.NaN] = (resetsAfter ?? '').split(':').map(Number);
  const resetsAfterSeconds = hours * 3600 + minutes * 60 + seconds;
  return remaining !== undefined && Number.isFinite(left) && Number.isFinite(resetsAfterSeconds)
    ? { remaining: left, resetsAfterSeconds }
    : undefined;
}

/** Room for one request. */
interface Ticket {
  /** Milliseconds for which the request was held back. */
  readonly waitedMs: number;
  /** What the answer said; without quota headers nothing is learned. Has to be called, whatever became of the request. */
  answered(answer: QuotaAnswer | undefined): void;
}

/**
 * What is known of the time for which the quota counts now. Azure rounds up to seconds, and answers take their time: when it
 * ends lies between two instants.
 */
interface Window {
  /** Requests that were made before may still count for the window before. */
  readonly since: number;
  readonly endsFrom: number;
  readonly endsBy: number;
  /** The least that an answer said to be left; absent until one came. */
  readonly remaining?: number;
}

const unseen = { endsFrom: Number.NEGATIVE_INFINITY, endsBy: Number.POSITIVE_INFINITY } as const;

/**
 * Keeps the requests of this process within a quota that is told by answers. As long as nobody has answered, one request at a
 * time goes ahead and finds out; after that as many as are left, and those under way count as spent.
 */
export class QuotaGate {
  readonly #nowMs: () => number;
  readonly #pause: (ms: number) => Promise<void>;
  #window: Window = { since: Number.NEGATIVE_INFINITY, ...unseen };
  #underWay = 0;
  /** Requests of the window whose answers did not say what is left now. */
  #untold = 0;
  /** The most that was ever left, with the request that told it. */
  #size = 1;
  #waiting: (() => void)[] = [];

  constructor(nowMs: () => number, pause: (ms: number) => Promise<void>) {
    this.#nowMs = nowMs;
    this.#pause = pause;
  }

  /** Waits for room in the quota, and takes it. */
  async pass(): Promise<Ticket> {
    const since = this.#nowMs();
    while (!this.#take()) {
      await this.#change();
    }
    const madeAt = this.#nowMs();
    let isOver = false;
    return {
      waitedMs: madeAt - since,
      answered: (answer) => {
        if (!isOver) {
          isOver = true;
          this.#note(madeAt, answer);
        }
      },
    };
  }

  #take(): boolean {
    const now = this.#nowMs();
    if (now >= this.#window.endsBy) {
      this.#open({ since: now, ...unseen });
    }
    if (this.#room() < 1) {
      return false;
    }
    this.#underWay += 1;
    return true;
  }

  #room(): number {
    const { remaining = this.#size, endsBy } = this.#window;
    const room = remaining - this.#untold - this.#underWay;
    // Somebody has to find out when it ends.
    return endsBy === Number.POSITIVE_INFINITY && this.#underWay === 0 ? Math.max(1, room) : room;
  }

  #open(window: Window): void {
    this.#window = window;
    this.#untold = 0;
  }

  #note(madeAt: number, answer: QuotaAnswer | undefined): void {
    this.#underWay -= 1;
    if (answer) {
      this.#learn(madeAt, answer);
    } else {
      this.#untold += 1;
    }
    for (const wake of this.#waiting.splice(0)) {
      wake();
    }
  }

  #learn(madeAt: number, { remaining, resetsAfterSeconds }: QuotaAnswer): void {
    this.#size = Math.max(this.#size, remaining + 1);
    const { since, endsFrom, endsBy, remaining: least = remaining } = this.#window;
    const endsAtLeast = madeAt + (resetsAfterSeconds - 1) * 1000;
    const endsAtMost = this.#nowMs() + resetsAfterSeconds * 1000;
    if (endsAtMost < endsFrom) {
      return; // Of a window that is over.
    }
    if (endsAtLeast > endsBy) {
      // Azure has begun a new one before this was known here.
      this.#open({ since, endsFrom: endsAtLeast, endsBy: endsAtMost, remaining });
    } else if (madeAt < since && endsAtLeast <= since) {
      this.#untold += 1;
    } else {
      this.#window = {
        since,
        endsFrom: Math.max(endsFrom, endsAtLeast),
        endsBy: Math.min(endsBy, endsAtMost),
        remaining: Math.min(least, remaining),
      };
    }
  }

  /** Until an answer comes, or the quota is full again. */
  async #change(): Promise<void> {
    const answered = new Promise<void>((resolve) => this.#waiting.push(resolve));
    const untilFull = this.#window.endsBy - this.#nowMs();
    await (Number.isFinite(untilFull) ? Promise.race([answered, this.#pause(untilFull)]) : answered);
  }
}
