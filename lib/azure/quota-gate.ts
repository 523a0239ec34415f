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
 * Keeps the requests of this process within a quota that is told by answers. As long as nobody has answered, one request at a
 * time goes ahead and finds out; after that as many as are left, and those under way count as spent.
 */
export class QuotaGate {
  readonly #nowMs: () => number;
  readonly #pause: (ms: number) => Promise<void>;
  /** Requests that may still be made before `#resetsAt`. */
  #left = 1;
  #underWay = 0;
  /** When the quota is full again; the smallest of what the answers said, as they round up. */
  #resetsAt = Number.POSITIVE_INFINITY;
  /** The most that was ever left, with the request that told it. */
  #size = 1;
  /** Answers may overtake each other: the one to the latest request of all is believed. */
  #latest = 0;
  #requests = 0;
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
    let isOver = false;
    this.#requests += 1;
    const request = this.#requests;
    return {
      waitedMs: this.#nowMs() - since,
      answered: (answer) => {
        if (!isOver) {
          isOver = true;
          this.#note(request, answer);
        }
      },
    };
  }

  #take(): boolean {
    if (this.#nowMs() >= this.#resetsAt) {
      this.#left = this.#size - this.#underWay;
      this.#resetsAt = Number.POSITIVE_INFINITY;
    }
    if (this.#left < 1) {
      return false;
    }
    this.#left -= 1;
    this.#underWay += 1;
    return true;
  }

  #note(request: number, answer: QuotaAnswer | undefined): void {
    this.#underWay -= 1;
    if (answer) {
      this.#size = Math.max(this.#size, answer.remaining + 1);
      if (request > this.#latest) {
        this.#latest = request;
        this.#left = answer.remaining - this.#underWay;
      }
      this.#resetsAt = Math.min(this.#resetsAt, this.#nowMs() + answer.resetsAfterSeconds * 1000);
    } else {
      this.#left = Math.max(this.#left, 1);
    }
    for (const wake of this.#waiting.splice(0)) {
      wake();
    }
  }

  /** Until an answer comes, or the quota is full again. */
  async #change(): Promise<void> {
    const answered = new Promise<void>((resolve) => this.#waiting.push(resolve));
    const untilFull = this.#resetsAt - this.#nowMs();
    await (Number.isFinite(untilFull) ? Promise.race([answered, this.#pause(untilFull)]) : answered);
  }
}
