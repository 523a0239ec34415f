import { expect, test } from 'vitest';

import { batchesOf, cloudEventOf } from '../../lib/domain/cloud-event.ts';
import { kindOfChange, type Notice, notificationKinds, usualKinds } from '../../lib/domain/notification.ts';
import { verdicts } from '../../lib/domain/verdict.ts';

function eventOf(id: string, text = '') {
  const at = '2026-11-20T06:00:00.000Z';
  const notice: Notice = {
    id,
    kind: 'VM.Blocked',
    at,
    subject: '/vm',
    data: { text },
    about: { what: 'itself' },
    forgetAt: at,
  };
  return { event: cloudEventOf(notice, '/backstop') };
}

const sizes = (batches: readonly (readonly unknown[])[]) => batches.map(({ length }) => length);

test('batches hold so many events at most, in their order', () => {
  const all = Array.from({ length: 250 }, (_, at) => eventOf(`e-${at}`));

  const batches = batchesOf(all, 100);

  expect(sizes(batches)).toEqual([100, 100, 50]);
  expect(batches.flat()).toEqual(all);
});

test('batches hold so many bytes at most; an event that is larger goes alone', () => {
  const all = [10, 120_000, 120_000, 120_000, 400_000, 10].map((length, at) =>
    eventOf(`e-${at}`, 'ü'.repeat(length / 2)),
  );

  const batches = batchesOf(all, 100);

  expect(sizes(batches)).toEqual([3, 1, 1, 1]);
  expect(Buffer.byteLength(JSON.stringify(batches[0]?.map(({ event }) => event)))).toBeLessThan(250_000);
});

test('no events are no batch', () => {
  expect(batchesOf([], 100)).toEqual([]);
});

test('a verdict that stays is no news, and neither is a VM that is gone', () => {
  expect(verdicts.map((verdict) => kindOfChange(verdict, verdict))).toEqual(verdicts.map(() => undefined));
  expect(verdicts.map((verdict) => kindOfChange(verdict, 'gone'))).toEqual(verdicts.map(() => undefined));
});

test.each([
  [undefined, 'blocked', 'VM.Blocked'],
  ['protected', 'at-risk', 'VM.AtRisk'],
  ['at-risk', 'protected', 'VM.ProtectedAgain'],
  ['pending', 'protected', 'VM.Protected'],
  ['protected', 'undetermined', 'VM.Undetermined'],
  ['blocked', 'exempt', undefined],
  ['blocked', 'protectable', undefined],
] as const)('from %s to %s is %s', (from, to, kind) => {
  expect(kindOfChange(from, to)).toBe(kind);
});

test('what is announced unless told otherwise are kinds', () => {
  expect(notificationKinds).toEqual(expect.arrayContaining([...usualKinds]));
  expect(usualKinds).not.toContain('VM.Undetermined');
});
