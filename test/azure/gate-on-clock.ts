import { QuotaGate } from '../../lib/azure/quota-gate.ts';

/** Lets everything happen that follows from what has happened, which takes no time on the clock of the test. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

interface Alarm {
  readonly at: number;
  readonly ring: () => void;
}

/** A clock that only the test moves. */
export class DrivenClock {
  now = 0;
  #alarms: Alarm[] = [];

  /** Resolves when so much time has passed. */
  pause(ms: number): Promise<void> {
    return new Promise((ring) => this.#alarms.push({ at: this.now + ms, ring }));
  }

  /** Moves from alarm to alarm, so that everything happens at its time. */
  async pass(ms: number): Promise<void> {
    const until = this.now + ms;
    await settled();
    for (let next = this.#next(until); next; next = this.#next(until)) {
      this.now = Math.max(this.now, next.at);
      this.#alarms = this.#alarms.filter((alarm) => alarm !== next);
      next.ring();
      await settled();
    }
    this.now = until;
  }

  #next(until: number): Alarm | undefined {
    return this.#alarms.filter(({ at }) => at <= until).toSorted((a, b) => a.at - b.at)[0];
  }
}

/** A gate on a clock that stands. */
export function gateOnClock(): { readonly clock: DrivenClock; readonly gate: QuotaGate } {
  const clock = new DrivenClock();
  const gate = new QuotaGate(
    () => clock.now,
    (ms) => clock.pause(ms),
  );
  return { clock, gate };
}
