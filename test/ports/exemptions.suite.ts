import { randomBytes, randomUUID } from 'node:crypto';

import { expect, test } from 'vitest';

import type { RegisteredExemption } from '../../lib/domain/registered-exemption.ts';
import type { ExemptionChange, ExemptionRegister } from '../../lib/use-cases/exemption-ports.ts';

const at = '2026-11-20T06:00:00.000Z';

/** An exemption in a subscription that no other test has. */
function newExemption(subscriptionId: string = randomUUID()): RegisteredExemption {
  return {
    exemptionId: `${subscriptionId}-${randomBytes(6).toString('hex')}`,
    scope: `/subscriptions/${subscriptionId.toUpperCase()}/resourceGroups/rg-Ünïcode`,
    owner: 'team "pay"',
    reason: 'Rebuilt every night;\nsee the ticket.',
    category: 'mitigated',
    until: '2026-12-20T06:00:00.000Z',
    revision: 1,
    createdAt: at,
    createdBy: 'Ada',
    changedAt: at,
    changedBy: 'Ada',
  };
}

function change(exemption: RegisteredExemption, what: ExemptionChange['what'] = 'created'): ExemptionChange {
  return { at, by: 'Ada', what, exemption };
}

/** What every register of exemptions does. `store` is asked for when the tests run. */
export function exemptionsSuite(store: () => ExemptionRegister): void {
  async function written(exemption = newExemption()) {
    expect(await store().write({ value: exemption }, change(exemption))).toBe(true);
    const stored = await store().find(exemption.exemptionId);
    expect.assert(stored);
    return stored;
  }

  test('an exemption is found by its id, its subscription and in the whole register', async () => {
    const { value } = await written();
    const [subscriptionId = ''] = value.exemptionId.match(/^.{36}/) ?? [];
    const others = Array.from({ length: 9 }, () => randomUUID());

    expect(await store().of([subscriptionId])).toEqual([value]);
    expect(await store().of([...others, subscriptionId])).toEqual([value]);
    expect(await store().of(others)).toEqual([]);
    expect(await store().all()).toContainEqual(value);
  });

  test.each(['', 'nobody', '../../x', "' or 1 eq 1", `${randomUUID()}-0123456789ab`])(
    'there is none with the id %j',
    async (exemptionId) => {
      expect(await store().find(exemptionId)).toBeUndefined();
    },
  );

  test('of two changes at once one is written, and the other leaves no trace', async () => {
    const { value, version = '' } = await written();
    const [one, other] = ['one', 'other'].map((reason) => ({ ...value, reason, revision: 2 }));
    expect.assert(one && other);

    const answers = await Promise.all(
      [one, other].map((each) => store().write({ value: each, version }, change(each, 'changed'))),
    );

    expect(answers.toSorted()).toEqual([false, true]);
    const stored = await store().find(value.exemptionId);
    const changes = await store().changesOf(value.exemptionId);
    expect(changes.map(({ what }) => what)).toEqual(['changed', 'created']);
    expect(changes[0]?.exemption).toEqual(stored?.value);
  });

  test('an exemption with an id that is taken is not made', async () => {
    const { value } = await written();
    const same = { ...value, reason: 'another one' };

    expect(await store().write({ value: same }, change(same))).toBe(false);
    expect((await store().find(value.exemptionId))?.value).toEqual(value);
  });

  test('changes are told newest first, and only those of the exemption', async () => {
    const subscriptionId = randomUUID();
    await written(newExemption(subscriptionId));
    let stored = await written(newExemption(subscriptionId));
    for (const revision of [2, 3, 10, 11]) {
      const value = { ...stored.value, revision };
      await store().write({ ...stored, value }, change(value, 'changed'));
      stored = (await store().find(value.exemptionId)) ?? stored;
    }

    const changes = await store().changesOf(stored.value.exemptionId);

    expect(changes.map(({ exemption }) => exemption.revision)).toEqual([11, 10, 3, 2, 1]);
  });
}
