import { expect, it } from 'vitest';

import { total } from '../../lib/domain/counts.ts';
import { emptyPosture, type Posture } from '../../lib/domain/posture.ts';
import { storedPosture } from '../../lib/domain/stored-posture.ts';
import { timeToProtectOf } from '../../lib/domain/time-to-protect.ts';

const own = (owners: Posture['owners']): Posture => ({ ...emptyPosture, owners });

it('times to protect of the days before are not stored again', () => {
  const protections = { '2026-11-19': timeToProtectOf(1), '2026-11-20': timeToProtectOf(2) };

  const stored = storedPosture({ ...emptyPosture, protections }, '2026-11-20');

  expect(stored.protections).toEqual({ '2026-11-20': timeToProtectOf(2) });
});

it('a thousand owners with long names are all stored', () => {
  const owners = Object.fromEntries(
    Array.from({ length: 1000 }, (_, n) => [`${n}`.padStart(256, 'x'), { blocked: 1 }]),
  );

  expect(Object.keys(storedPosture(own(owners), '2026-11-20').owners)).toHaveLength(1000);
});

it('of more owners than a row holds those with the most VMs are stored', () => {
  const many = Array.from({ length: 20_000 }, (_, n): [string, { blocked: number }] => [
    `team ${n}`,
    { blocked: (n * 7919) % 20_000 },
  ]);

  const { owners } = storedPosture(own(Object.fromEntries(many)), '2026-11-20');

  const kept = Object.values(owners).map(total);
  const left = many.filter(([name]) => !owners[name]).map(([, { blocked }]) => blocked);
  expect(JSON.stringify(owners).length).toBeLessThan(500_000);
  expect(kept.length).toBeGreaterThan(4000);
  expect(Math.min(...kept)).toBeGreaterThan(Math.max(...left));
});

it('of more times of owners than a row holds those of the owners with the most VMs are stored', () => {
  const many = Array.from({ length: 5000 }, (_, n): [string, number[]] => [`team ${n}`, [(n * 7919) % 5000, 1, 2]]);

  const { ownerTimes = {} } = storedPosture({ ...emptyPosture, ownerTimes: Object.fromEntries(many) }, '2026-11-20');

  const kept = Object.values(ownerTimes).map(([vms = 0]) => vms);
  const left = many.filter(([name]) => !ownerTimes[name]).map(([, [vms = 0]]) => vms);
  expect(JSON.stringify(ownerTimes).length).toBeLessThan(80_000);
  expect(kept.length).toBeGreaterThan(1000);
  expect(Math.min(...kept)).toBeGreaterThan(Math.max(...left));
});

it('names outside ASCII are measured as they are stored', () => {
  const owners = Object.fromEntries(Array.from({ length: 3000 }, (_, n) => [`${'ö'.repeat(200)}${n}`, { blocked: 1 }]));

  const stored = JSON.stringify(storedPosture(own(owners), '2026-11-20')).replaceAll('ö', '\\u00f6');

  expect(stored.length).toBeLessThan(500_000);
});
