import { randomUUID } from 'node:crypto';

import { describe, expect, test } from 'vitest';

import { WrongCursor } from '../../lib/use-cases/cursor.ts';
import type { Evaluated, Transition } from '../../lib/use-cases/evaluated.ts';
import type { Ports } from '../../lib/use-cases/ports.ts';
import { retired, transitionTo } from '../../lib/use-cases/record.ts';
import { vmHistory } from '../../lib/use-cases/vm-history.ts';
import { testEstate } from '../contract/test-estate.ts';
import { evaluatedRow } from '../ports/evaluated-row.ts';
import { serviceOfFile } from './service-of-file.ts';

const { started } = await serviceOfFile();

const aVm = () => evaluatedRow({ subscriptionId: randomUUID(), name: 'vm', verdict: 'blocked', failing: ['a', 'b'] });

/** A VM with what became of its row, one step after the other. */
async function lived(first: Evaluated, ...steps: readonly Partial<Evaluated>[]): Promise<Ports> {
  const { ports } = await started(testEstate({ resources: [] }));
  let stored: Evaluated | undefined;
  const changes: (Transition | undefined)[] = [];
  for (const [at, step] of [{}, ...steps].entries()) {
    const { goneAt: _gone, ...before } = stored ?? first;
    const row = step.goneAt
      ? retired(stored ?? first, step.goneAt, { trigger: 'sweep' })
      : { ...before, ...step, revision: at + 1 };
    changes.push(transitionTo(row, stored));
    stored = row;
  }
  await ports.transitions.add(changes.filter((change) => change !== undefined));
  return ports;
}

describe('the history of a VM', () => {
  test('tells what each change was and which rules it is about, newest first', async () => {
    const vm = aVm();
    const ports = await lived(
      vm,
      { failing: ['b', 'c'] },
      { verdict: 'protected', failing: [] },
      { goneAt: '2026-11-20T07:00:00.000Z' },
      {},
      { instanceId: 'another', verdict: 'at-risk', failing: ['d'] },
    );

    const { changes, next } = await vmHistory(ports, vm, 50, undefined);

    expect(changes.map(({ kind, beganToFail, failsNoMore }) => [kind, beganToFail, failsNoMore])).toEqual([
      ['created-again', ['d'], []],
      ['back', [], []],
      ['gone', [], []],
      ['verdict', [], ['b', 'c']],
      ['rules', ['c'], ['a']],
      ['first-seen', ['a', 'b'], []],
    ]);
    expect(next).toBeNull();
  });

  test.each([1, 2, 3, 4, 7, 8])('holds each change once, in pages of %i', async (size) => {
    const vm = aVm();
    const flips = Array.from({ length: 6 }, (_, n) => ({
      verdict: n % 2 ? ('blocked' as const) : ('at-risk' as const),
    }));
    const ports = await lived(vm, ...flips);
    const revisions: number[] = [];
    let cursor: string | undefined;
    do {
      const { changes, next } = await vmHistory(ports, vm, size, cursor);
      expect(changes.length).toBeGreaterThan(0);
      revisions.push(...changes.map(({ revision }) => revision));
      cursor = next ?? undefined;
    } while (cursor);

    expect(revisions).toEqual([7, 6, 5, 4, 3, 2, 1]);
  });

  test('of a VM that never changed begins where it was first seen', async () => {
    const { ports } = await started(testEstate({ resources: [] }));
    const firstSeen = { at: '2026-11-20T06:00:00.000Z', verdict: 'blocked' as const };

    const history = await vmHistory(ports, { ...aVm(), firstSeen }, 50, undefined);

    expect(history).toMatchObject({ firstSeen, changes: [], next: null });
  });

  test.each([
    ['of another VM', otherCursor],
    ['of nothing', async () => 'what'],
    [
      'of a hostile position',
      async () => Buffer.from('{"filter":"0123456789ab","below":"1 or 1 eq 1"}').toString('base64url'),
    ],
  ])('refuses a cursor %s', async (_, cursorOf) => {
    const vm = aVm();
    const ports = await lived(vm, { verdict: 'at-risk' });
    const cursor = await cursorOf(ports);

    await expect(vmHistory(ports, vm, 1, cursor)).rejects.toThrow(WrongCursor);
  });
});

/** The cursor of the second page of some VM. */
async function otherCursor(ports: Ports): Promise<string> {
  const vm = aVm();
  const change = transitionTo(vm, undefined);
  expect.assert(change);
  await ports.transitions.add([change, { ...change, revision: 2 }]);
  const { next } = await vmHistory(ports, vm, 1, undefined);
  expect.assert(next);
  return next;
}
