/** FNV-1a, 32 bits: turns the name of a stream into a number. */
function hashOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < name.length; at++) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193);
  return hash;
}

/** MurmurHash3's finaliser: neighbouring inputs (VM 7, VM 8) end up far apart. */
function scatter(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

const hex = (value: number): string => (value >>> 0).toString(16).padStart(8, '0');

/**
 * A repeatable stream of random numbers (mulberry32); never for secrets. It uses 32-bit integer operations only,
 * which every JavaScript engine computes alike.
 */
export class Random {
  #state: number;

  constructor(state: number) {
    this.#state = state;
  }

  #next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  }

  /** A whole number from 0 to `below` - 1. */
  int(below: number): number {
    return this.#next() % below;
  }

  /** True in `percent` of 100 cases. */
  chance(percent: number): boolean {
    return this.int(100) < percent;
  }

  /** One of the values, each equally likely. Throws on an empty list. */
  pick<T>(values: readonly T[]): T {
    const picked = values[this.int(values.length)];
    if (picked === undefined) throw new RangeError('Nothing to pick from');
    return picked;
  }

  /** One of the values, in proportion to their whole-numbered weights. Throws on an empty list. */
  weighted<T>(choices: readonly (readonly [weight: number, value: T])[]): T {
    let left = this.int(choices.reduce((sum, [weight]) => sum + weight, 0));
    for (const [weight, value] of choices) {
      if (left < weight) return value;
      left -= weight;
    }
    throw new RangeError('Nothing to pick from');
  }

  /** The values in another order (Fisher-Yates); the list given stays as it is. */
  shuffled<T>(values: readonly T[]): T[] {
    const left = [...values];
    return values.flatMap(() => left.splice(this.int(left.length), 1));
  }

  /** A version 4 guid. */
  guid(): string {
    const [a, b, c, d] = [hex(this.#next()), hex(this.#next()), hex(this.#next()), hex(this.#next())];
    const variant = '89ab'.charAt(this.int(4));
    return `${a}-${b.slice(0, 4)}-4${b.slice(5)}-${variant}${c.slice(1, 4)}-${c.slice(4)}${d}`;
  }
}

/**
 * The stream of one kind of entity, or of one entity of that kind. Each is independent of all others, so a new draw
 * for one kind of entity, or one more entity, leaves everything else as it was.
 */
export function randomStream(seed: number, name: string, number = 0): Random {
  return new Random(scatter(scatter(seed ^ hashOf(name)) + Math.imul(number + 1, 0x9e3779b9)));
}
