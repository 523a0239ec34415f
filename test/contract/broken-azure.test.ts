import { expect, test } from 'vitest';

import { type ServiceInAzure, serviceInAzure } from './service-in-azure.ts';
import { machineOf, shopVault, web1 } from './shop.ts';
import { trustedCertificate } from './trusted-certificate.ts';

const certificate = await trustedCertificate();
const machine = machineOf(web1);

/** One read of each of the three clients and the plain pipeline, at the same time: giving up takes seconds. */
const readAll = ({ inventory, arm }: ServiceInAzure) =>
  Promise.all([inventory.vaults(), arm.machine(machine), arm.itemCountOf(shopVault), arm.itemOf(machine)]);

test('an Azure that is broken for good, or silent, is given up after a few tries and is unknown', async () => {
  const broken = await serviceInAzure(certificate);
  broken.azure.faults({ path: /./, status: 500 });
  const silent = await serviceInAzure(certificate);
  await silent.inventory.vaults();
  await silent.azure.close();

  const [fromBroken, fromSilent] = await Promise.all([readAll(broken), readAll(silent)]);

  const because = {
    cause: 'partial-inventory',
    detail: expect.stringContaining('500 InternalServerError'),
    mayPass: true,
  };
  expect(fromBroken).toEqual(fromBroken.map(() => ({ kind: 'unknown', because })));
  expect(broken.azure.requests).toHaveLength(4 * fromBroken.length);
  expect(fromSilent).toMatchObject(
    fromSilent.map(() => ({ kind: 'unknown', because: { cause: 'partial-inventory', mayPass: true } })),
  );
});
