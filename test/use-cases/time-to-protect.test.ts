import { expect, test } from 'vitest';

import { parseVmId } from '../../lib/domain/ids.ts';
import { evaluateVm } from '../../lib/use-cases/evaluate-vm.ts';
import { reportPosture } from '../../lib/use-cases/report-posture.ts';
import { item, testEstate, vaultWithPolicy, vm, vmId, vmProperties } from '../contract/test-estate.ts';
import { serviceOfFile } from './service-of-file.ts';
import { rowsByName } from './swept-estate.ts';

const { on, started } = await serviceOfFile();

const newborn = vm('web1', { properties: { ...vmProperties('web1'), timeCreated: '2026-11-20T05:00:00Z' } });

/** A VM that is looked at an hour after its creation, and again another hour later, when it is protected. */
async function protectedLater(protectedFrom: 'the beginning' | 'the second look on') {
  const isProtected = testEstate({ resources: [newborn, ...vaultWithPolicy(), item('web1')] });
  const isNot = testEstate({ resources: [newborn, ...vaultWithPolicy()] });
  const first = await started(protectedFrom === 'the beginning' ? isProtected : isNot);
  const { judgement, subscriptionId, clock, later } = first;
  const address = parseVmId(vmId('web1', subscriptionId));
  expect.assert(address);
  await evaluateVm(first.ports, judgement, { vm: address, trigger: 'event' });
  clock.pass(60);
  const { ports } = await on(later(isProtected), clock.now);
  for (let times = 0; times < 2; times += 1) {
    await evaluateVm(ports, judgement, { vm: address, trigger: 'event' });
    clock.pass(1);
  }
  const { web1 } = await rowsByName(ports, subscriptionId);
  const [newest] = await ports.transitions.of(web1?.vmKey ?? '', 1);
  const { timeToProtect } = await reportPosture(ports, { subscription: subscriptionId, trend: 2 });
  return { web1, newest, timeToProtect };
}

test('a VM that becomes protected tells how long it took, in its row, its change and the posture of the day', async () => {
  const { web1, newest, timeToProtect } = await protectedLater('the second look on');

  expect(web1).toMatchObject({
    verdict: 'protected',
    createdAt: '2026-11-20T05:00:00Z',
    firstProtected: { at: '2026-11-20T07:00:00.000Z', minutes: 120 },
  });
  expect(newest).toMatchObject({ from: 'protectable', to: 'protected', hoursToProtect: 2 });
  expect(timeToProtect).toEqual({ count: 1, meanHours: 2, halfWithinHours: 4 });
});

test('a VM that was protected when it was first seen tells no time', async () => {
  const { web1, newest, timeToProtect } = await protectedLater('the beginning');

  expect(web1).toMatchObject({ verdict: 'protected', firstProtected: { at: '2026-11-20T06:00:00.000Z' } });
  expect(newest).not.toHaveProperty('hoursToProtect');
  expect(timeToProtect).toMatchObject({ count: 0, meanHours: null });
});
