import { describe, expect, it } from 'vitest';

import { randomStream } from '../../../local/estates/random.ts';

describe('randomStream', () => {
  it('repeats itself for the same seed, name and number', () => {
    const draw = () =>
      Array.from(
        { length: 20 },
        (
          (random) => () =>
            random.int(1000)
        )(randomStream(7, 'vms', 3)),
      );

    expect(draw()).toEqual(draw());
  });

  it.each([
    ['seed', randomStream(8, 'vms', 3)],
    ['name', randomStream(7, 'disks', 3)],
    ['number', randomStream(7, 'vms', 4)],
  ])('differs with another %s', (_, other) => {
    expect(other.guid()).not.toBe(randomStream(7, 'vms', 3).guid());
  });

  it('keeps to the given weights', () => {
    const random = randomStream(1, 'weights');
    const drawn = Array.from({ length: 10_000 }, () =>
      random.weighted([
        [1, 'rare'],
        [9, 'common'],
      ]),
    );

    const rare = drawn.filter((value) => value === 'rare').length;

    expect(rare).toBeGreaterThan(900);
    expect(rare).toBeLessThan(1100);
  });

  it('makes version 4 guids', () => {
    const random = randomStream(1, 'guids');

    for (let made = 0; made < 50; made++) {
      expect(random.guid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    }
  });

  it('shuffles without losing or doubling anything', () => {
    const values = Array.from({ length: 50 }, (_, index) => index);

    const shuffled = randomStream(1, 'cards').shuffled(values);

    expect(shuffled).not.toEqual(values);
    expect(shuffled.toSorted((a, b) => a - b)).toEqual(values);
  });

  it('refuses to pick from nothing', () => {
    const random = randomStream(1, 'nothing');

    expect(() => random.pick([])).toThrow(RangeError);
    expect(() => random.weighted([])).toThrow(RangeError);
  });
});
