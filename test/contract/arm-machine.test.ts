import { expect, test } from 'vitest';

import { serviceInAzure } from './service-in-azure.ts';
import { addressOf, web1, web2 } from './shop.ts';
import { estateNow, subscription, tenantId, testEstate, vm, vmId } from './test-estate.ts';
import { trustedCertificate } from './trusted-certificate.ts';

const certificate = await trustedCertificate();

test('a VM is read with what runs in it, and its tenant is asked for once', async () => {
  const { azure, arm } = await serviceInAzure(certificate);

  const [first, second] = [await arm.machine(web1), await arm.machine(web2)];

  expect(first).toMatchObject({
    kind: 'known',
    facts: {
      vm: { value: { name: 'web1', tenantId, provisionVmAgent: true, osType: 'Linux', region: 'westeurope' } },
      power: { kind: 'known', value: 'running' },
      agent: { kind: 'known', value: { statusCode: 'ProvisioningState/succeeded', version: '2.14.0.1' } },
      guestOs: { kind: 'known', value: { name: 'ubuntu', version: '24.04' }, source: { readAt: estateNow } },
    },
  });
  expect(second.kind).toBe('known');
  expect(azure.requests.filter(({ path }) => path === `/subscriptions/${subscription}`)).toHaveLength(1);
});

test('a VM is found in whatever case its id is written', async () => {
  const { arm } = await serviceInAzure(certificate);

  const reading = await arm.machine(addressOf(vmId('web1').toUpperCase()));

  expect(reading).toMatchObject({ kind: 'known', facts: { vm: { value: { key: web1.key } } } });
});

test.each([
  ['the VM', vmId('gone')],
  ['its resource group', vmId('web1').replace('RG-Shop', 'RG-Gone')],
  ['its subscription', vmId('web1', '0c2f8a11-5a9e-4f0e-9a53-6f1d7f5f0009')],
])('a VM is gone when Azure does not know %s', async (_, id) => {
  const { arm } = await serviceInAzure(certificate);

  const reading = await arm.machine(addressOf(id));

  expect(reading).toEqual({ kind: 'gone' });
});

test('a 404 that does not come from ARM proves nothing', async () => {
  const { azure, arm } = await serviceInAzure(certificate);
  azure.faults({ path: /virtualMachines/, status: 404, body: 'not here' });

  const reading = await arm.machine(web1);

  expect(reading).toMatchObject({ kind: 'unknown', because: { cause: 'partial-inventory' } });
});

test('a failed read of the tenant is not remembered', async () => {
  const { azure, arm } = await serviceInAzure(certificate);
  azure.faults({ path: new RegExp(`^/subscriptions/${subscription}$`), status: 403, times: 1 });

  const [first, second] = [await arm.machine(web1), await arm.machine(web1)];

  expect(first).toMatchObject({ facts: { vm: { value: { tenantId: '' } } } });
  expect(second).toMatchObject({ facts: { vm: { value: { tenantId } } } });
});

test('who may not read the instance view may not expand it, and still reads the VM (ruling 22)', async () => {
  const action = 'Microsoft.Compute/virtualMachines/instanceView/read';
  const denied = [{ scope: `/subscriptions/${subscription}`, action }];
  const { arm } = await serviceInAzure(certificate, { estate: testEstate({ denied }) });

  const reading = await arm.machine(web1);

  const refused = {
    kind: 'unknown',
    because: {
      cause: 'no-permission',
      action,
      detail: `The VM could not be read: 403 AuthorizationFailed, missing ${action}.`,
    },
  };
  expect(reading).toMatchObject({
    kind: 'known',
    facts: {
      vm: { value: { name: 'web1' }, source: { where: 'ARM, VM' } },
      tags: { kind: 'known' },
      power: refused,
      agent: refused,
    },
  });
});

test('who may not read the VM at all is told which action to grant', async () => {
  const action = 'Microsoft.Compute/virtualMachines/read';
  const denied = [{ scope: `/subscriptions/${subscription}`, action }];
  const { arm } = await serviceInAzure(certificate, { estate: testEstate({ denied }) });

  expect(await arm.machine(web1)).toMatchObject({ kind: 'unknown', because: { cause: 'no-permission', action } });
});

test('a VM without an instance view keeps its model; power and agent are unknown', async () => {
  const { azure, arm } = await serviceInAzure(certificate);
  const { instanceView: _, ...body } = vm('web1');
  azure.faults({ path: /virtualMachines/, status: 200, body });

  const reading = await arm.machine(web1);

  expect(reading).toMatchObject({
    kind: 'known',
    facts: {
      disks: { kind: 'known' },
      power: { kind: 'unknown', because: { cause: 'not-reported' } },
      agent: { kind: 'unknown', because: { cause: 'not-reported' } },
    },
  });
});

test.each([
  [{}],
  [{ value: [] }],
  [{ id: vmId('web1'), location: 'westeurope' }],
  [{ ...vm('web1'), id: '/nonsense' }],
])('a body that is no VM is unknown: %j', async (body) => {
  const { azure, arm } = await serviceInAzure(certificate);
  azure.faults({ path: /virtualMachines/, status: 200, body });

  const reading = await arm.machine(web1);

  expect(reading).toMatchObject({ kind: 'unknown', because: { cause: 'not-reported' } });
});
