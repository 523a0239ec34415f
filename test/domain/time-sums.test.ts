import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { addPostures, type Counted, type Posture, postureOf, subtractPosture } from '../../lib/domain/posture.ts';
import { openGapsOf, subtractTimeSums, timesToProtectIn } from '../../lib/domain/time-sums.ts';
import { verdicts } from '../../lib/domain/verdict.ts';

const now = new Date('2026-11-20T06:00:00Z');
const vm = (change: Partial<Counted> = {}): Counted => ({
  verdict: 'blocked',
  failing: [],
  subscriptionId: 's',
  owner: 'pay',
  since: '2026-11-10T06:00:00.000Z',
  ...change,
});
const ageOf = ({ times, verdicts: counts }: Posture) => openGapsOf(times, counts, now);

describe('the mean age of open gaps', () => {
  it.each([
    ['blocked', 10],
    ['at-risk', 10],
    ['protectable', 10],
    ['protected', null],
    ['exempt', null],
    ['undetermined', null],
  ] as const)('counts what is %s', (verdict, meanAgeDays) => {
    expect(ageOf(postureOf([vm({ verdict })]))).toEqual({ vms: meanAgeDays === null ? 0 : 1, meanAgeDays });
  });

  it('follows at any later instant from the same sums', () => {
    const { times, verdicts: counts } = postureOf([vm(), vm({ since: '2026-11-20T05:00:00.000Z' })]);

    expect(openGapsOf(times, counts, now)).toEqual({ vms: 2, meanAgeDays: 5 });
    expect(openGapsOf(times, counts, new Date('2026-12-20T06:00:00Z'))).toEqual({ vms: 2, meanAgeDays: 35 });
  });

  it('is never below zero, where a clock went back', () => {
    expect(ageOf(postureOf([vm({ since: '2026-11-21T06:00:00.000Z' })]))).toEqual({ vms: 1, meanAgeDays: 0 });
  });

  it('is unknown where one VM was counted without its time, until that one is gone or is counted anew', () => {
    const { since: _unknown, ...untimed } = vm();
    const mixed = postureOf([vm(), untimed]);

    expect(ageOf(mixed)).toEqual({ vms: 2, meanAgeDays: null });
    expect(ageOf(subtractPosture(mixed, postureOf([untimed])))).toEqual({ vms: 1, meanAgeDays: 10 });
    expect(ageOf(addPostures(subtractPosture(mixed, postureOf([untimed])), postureOf([vm()])))).toEqual({
      vms: 2,
      meanAgeDays: 10,
    });
  });

  it('is gone with the last VM', () => {
    const one = postureOf([vm()]);

    expect(subtractPosture(one, one)).not.toHaveProperty('times');
    expect(subtractTimeSums(undefined, [1, 2])).toBeUndefined();
  });
});

const change = fc.record({
  key: fc.nat(5),
  isThere: fc.boolean(),
  verdict: fc.constantFrom(...verdicts),
  owner: fc.constantFrom('pay', 'shop'),
  since: fc.integer({ min: 0, max: 20 }).map((days) => new Date(Date.UTC(2026, 9, 1 + days)).toISOString()),
  minutes: fc.nat(60_000),
});
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

/** VMs, and a posture that is kept by adding and taking away one VM at a time. */
interface Kept {
  readonly rows: ReadonlyMap<number, Counted>;
  readonly posture: Posture;
}

function changed({ rows, posture }: Kept, { key, isThere, minutes, ...rest }: Change): Kept {
  const before = [...rows].filter(([each]) => each === key).map(([, row]) => row);
  const after = isThere ? [vm({ ...rest, firstProtected: { at: '2026-11-01T00:00:00.000Z', minutes } })] : [];
  return {
    rows: new Map([...[...rows].filter(([each]) => each !== key), ...after.map((row) => [key, row] as const)]),
    posture: addPostures(subtractPosture(posture, postureOf(before)), postureOf(after)),
  };
}

/** VMs that were counted before there were times. */
function countedEarlier(vms: number): Kept {
  const rows = new Map(Array.from({ length: vms }, (_, n) => [n, vm({ since: `2026-0${n + 1}-01T00:00:00.000Z` })]));
  const { times: _times, ownerTimes: _owners, ...posture } = postureOf(rows.values());
  return { rows, posture };
}

/** What is told of the times of everybody and of each owner. */
function told({ times, ownerTimes = {}, owners, verdicts: counts }: Posture) {
  return [
    [times, counts] as const,
    ...['pay', 'shop'].map((owner) => [ownerTimes[owner], owners[owner] ?? {}] as const),
  ].map(([sums, own]) => ({ gaps: openGapsOf(sums, own, now), protect: timesToProtectIn(sums, own) }));
}

describe('counts that are changed VM by VM', () => {
  it('tell what a recount tells', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 40 }), (changes) => {
        const { rows, posture } = changes.reduce(changed, countedEarlier(0));

        expect(told(posture)).toEqual(told(postureOf(rows.values())));
      }),
    );
  });

  it('begun before there were times, tell what a recount tells or that it is unknown', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 40 }), fc.integer({ min: 1, max: 5 }), (changes, earlier) => {
        const { rows, posture } = changes.reduce(changed, countedEarlier(earlier));
        const recount = told(postureOf(rows.values()));

        const expected = told(posture).map(({ protect }, place) => {
          const { gaps, protect: own } = recount[place] ?? {};
          return protect === null ? { gaps: { vms: gaps?.vms, meanAgeDays: null }, protect } : { gaps, protect: own };
        });

        expect(told(posture)).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  it('begun before there were times, tell them when every VM is counted anew as a whole', () => {
    const { rows, posture } = countedEarlier(3);
    const recount = postureOf(rows.values());

    expect(told(posture)[0]).toEqual({ gaps: { vms: 3, meanAgeDays: null }, protect: null });
    expect(told(addPostures(subtractPosture(posture, posture), recount))).toEqual(told(recount));
  });
});
