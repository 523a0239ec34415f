import { describe, expect, test } from 'vitest';

import { armId } from '../../lib/domain/ids.ts';
import { isOldEnough, proveAbsence, unseenRows } from '../../lib/use-cases/absent-vms.ts';
import type { EvaluatedHead } from '../../lib/use-cases/evaluated.ts';
import { vmKeyOf } from '../../lib/use-cases/vm-key.ts';
import { serviceInAzure } from '../contract/service-in-azure.ts';
import { otherSubscription, subscription, testEstate, vm, vmId } from '../contract/test-estate.ts';
import { trustedCertificate } from '../contract/trusted-certificate.ts';
import { evaluatedRow } from '../ports/evaluated-row.ts';

const certificate = await trustedCertificate();

const cell = (vms: number, subscriptionId = subscription) => ({ subscriptionId, region: 'westeurope', vms });
const head = (name: string, change: Partial<EvaluatedHead> = {}): EvaluatedHead => {
  const { subscriptionId = subscription } = change;
  const id = vmId(name, subscriptionId);
  return evaluatedRow({ subscriptionId, name, vmId: id, vmKey: vmKeyOf(armId(id)), ...change });
};
const heads = (...names: readonly string[]) => names.map((name) => head(name));
const namesOf = (rows: readonly EvaluatedHead[]) => rows.map(({ name }) => name);

describe('rows that a read did not show', () => {
  test('are those of its cells that were not seen and are not gone already', () => {
    const rows = [
      head('seen'),
      head('unseen'),
      head('gone', { goneAt: '2026-11-20T05:00:00.000Z' }),
      head('elsewhere', { region: 'northeurope' }),
      head('of-others', { subscriptionId: otherSubscription }),
    ];

    const unseen = unseenRows(rows, [cell(2)], new Set([head('seen').vmKey]));

    expect(namesOf(unseen)).toEqual(['unseen']);
  });

  test.each([
    ['2026-11-20T05:45:00.000Z', false],
    ['2026-11-20T05:44:59.999Z', true],
  ])('mean something when they were read before what Resource Graph may lag behind: %s', (evidenceAt, expected) => {
    expect(isOldEnough(head('a', { evidenceAt }), new Date('2026-11-20T06:00:00.000Z'))).toBe(expected);
  });
});

describe('a VM that a read did not show', () => {
  test('is gone when ARM does not know it either, and stays when ARM does', async () => {
    const { arm } = await serviceInAzure(certificate);

    const absence = await proveAbsence({ arm }, [cell(2)], new Map([[subscription, 0]]), heads('web1', 'left'));

    expect(namesOf(absence.gone)).toEqual(['left']);
    expect(absence.gaps).toMatchObject([{ what: `VMs of subscription ${subscription}`, cause: 'partial-inventory' }]);
  });

  test('stays, as a gap, when its subscription cannot be read', async () => {
    const { azure, arm } = await serviceInAzure(certificate);
    azure.loseAccess(subscription);

    const absence = await proveAbsence({ arm }, [cell(1)], new Map(), heads('left'));

    expect(absence.gone).toEqual([]);
    expect(absence.gaps).toMatchObject([{ what: `subscription ${subscription}`, cause: 'no-permission' }]);
  });

  test('stays, as a gap, when it alone may not be read', async () => {
    const action = 'Microsoft.Compute/virtualMachines/read';
    const denied = [{ scope: `/subscriptions/${subscription}`, action }];
    const { arm } = await serviceInAzure(certificate, { estate: testEstate({ denied }) });

    const absence = await proveAbsence({ arm }, [cell(2)], new Map([[subscription, 2]]), heads('web1'));

    expect(absence.gone).toEqual([]);
    expect(absence.gaps).toMatchObject([{ what: `subscription ${subscription}`, cause: 'no-permission' }]);
  });

  test('of one subscription says nothing about another one', async () => {
    const { azure, arm } = await serviceInAzure(certificate);
    azure.loseAccess(otherSubscription);
    const absent = [head('left'), head('hidden', { subscriptionId: otherSubscription })];

    const absence = await proveAbsence({ arm }, [cell(1), cell(1, otherSubscription)], new Map(), absent);

    expect(namesOf(absence.gone)).toEqual(['left']);
    expect(absence.gaps).toMatchObject([{ what: `subscription ${otherSubscription}` }]);
  });
});

describe('of many VMs of a subscription', () => {
  const many = Array.from({ length: 50 }, (_, n) => `left${n}`);
  const readsOfVms = (paths: readonly { readonly path: string }[]) =>
    paths.filter(({ path }) => /virtualMachines/i.test(path)).length;

  test('twenty are asked about; when all of those are gone, so are the others', async () => {
    const { azure, arm } = await serviceInAzure(certificate);

    const { gone, gaps } = await proveAbsence({ arm }, [cell(50)], new Map(), heads(...many));

    expect([gone.length, gaps]).toEqual([50, []]);
    expect(readsOfVms(azure.requests)).toBe(20);
  });

  test('only those are gone that were asked about, when one of them is still there', async () => {
    const resources = [vm('left3')];
    const { arm } = await serviceInAzure(certificate, { estate: testEstate({ resources }) });

    const { gone } = await proveAbsence({ arm }, [cell(50)], new Map(), heads(...many));

    expect(namesOf(gone)).toEqual(many.slice(0, 20).filter((name) => name !== 'left3'));
  });

  test('those are gone that were asked about before ARM throttled; the others wait, as a gap', async () => {
    const { azure, arm } = await serviceInAzure(certificate);
    azure.faults({ path: /virtualMachines/i, status: 429, spared: 5 });

    const { gone, gaps } = await proveAbsence({ arm }, [cell(50)], new Map(), heads(...many));

    expect(namesOf(gone)).toEqual(many.slice(0, 5));
    expect(gaps).toMatchObject([{ cause: 'throttled' }]);
  });
});

describe('fewer VMs than were counted', () => {
  test('are a gap when the subscription cannot be read', async () => {
    const { azure, arm } = await serviceInAzure(certificate);
    azure.loseAccess(subscription);

    const { gaps } = await proveAbsence({ arm }, [cell(2)], new Map([[subscription, 1]]), []);

    expect(gaps).toMatchObject([{ what: `subscription ${subscription}`, cause: 'no-permission' }]);
  });

  test('are none when it can: they were deleted since', async () => {
    const { arm } = await serviceInAzure(certificate);

    expect(await proveAbsence({ arm }, [cell(2)], new Map([[subscription, 1]]), [])).toEqual({ gone: [], gaps: [] });
  });
});

test('nothing is asked where all came that were counted', async () => {
  const { azure, arm } = await serviceInAzure(certificate);
  const cells = [cell(1), { ...cell(2), region: 'northeurope' }];

  expect(await proveAbsence({ arm }, cells, new Map([[subscription, 3]]), [])).toEqual({ gone: [], gaps: [] });
  expect(azure.requests).toEqual([]);
});
