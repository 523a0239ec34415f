import { randomUUID } from 'node:crypto';

import { expect, test } from 'vitest';

import { postureOf } from '../../lib/domain/posture.ts';
import { findVm } from '../../lib/use-cases/find-vm.ts';
import { evaluatedRow } from '../ports/evaluated-row.ts';
import { serviceOfFile } from './service-of-file.ts';

const service = await serviceOfFile();

/** The service with a VM that is stored; `scans` counts how often all rows were looked through. */
async function withRow({ isCounted = true } = {}) {
  const { ports } = await service.started();
  const row = evaluatedRow({ subscriptionId: randomUUID(), name: 'web' });
  await ports.evaluations.write({ value: row });
  if (isCounted) {
    await ports.postures.replace(
      { subscriptionId: row.subscriptionId, region: row.region },
      postureOf([row]),
      '2026-11-20',
    );
  }
  let scans = 0;
  const findByKey = (vmKey: string) => {
    scans += 1;
    return ports.evaluations.findByKey(vmKey);
  };
  return { row, scans: () => scans, ports: { ...ports, evaluations: { ...ports.evaluations, findByKey } } };
}

test('a VM is found by its key without looking through all rows', async () => {
  const { row, ports, scans } = await withRow();

  expect(await findVm(ports, row.vmKey)).toEqual(row);
  expect(scans()).toBe(0);
});

test('a VM whose subscription counts none is found all the same', async () => {
  const { row, ports } = await withRow({ isCounted: false });

  expect(await findVm(ports, row.vmKey)).toEqual(row);
});

test.each(['', 'x', '0123456789ABCDEF0123', "' or '1' eq '1", '../vms'])(
  '%j is no key, and costs nothing',
  async (vmKey) => {
    const { ports, scans } = await withRow();

    expect(await findVm(ports, vmKey)).toBeUndefined();
    expect(scans()).toBe(0);
  },
);
