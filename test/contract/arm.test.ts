import { expect, test } from 'vitest';

import type { Arm } from '../../lib/use-cases/ports.ts';
import type { FaultRule } from '../../local/azure/fault-rules.ts';
import { serviceInAzure } from './service-in-azure.ts';
import { machineOf, shopVault, web1 } from './shop.ts';
import { subscription } from './test-estate.ts';
import { trustedCertificate } from './trusted-certificate.ts';

const certificate = await trustedCertificate();

/** Every method of the port, each as one read, and the path that it asks. */
const reads: Readonly<Record<string, { path: RegExp; read: (arm: Arm) => Promise<unknown> }>> = {
  machine: { path: /\/virtualMachines\/web1$/i, read: (arm) => arm.machine(web1) },
  vaultsOf: { path: /\/Microsoft\.RecoveryServices\/vaults$/i, read: (arm) => arm.vaultsOf(subscription) },
  itemCountOf: { path: /\/backupUsageSummaries$/i, read: (arm) => arm.itemCountOf(shopVault) },
  itemOf: { path: /\/backupStatus$/i, read: (arm) => arm.itemOf(machineOf(web1)) },
  'itemOf (the item itself)': { path: /\/protectedItems\/[^/]+$/i, read: (arm) => arm.itemOf(machineOf(web1)) },
};

test.each([
  [{ status: 403 }, 'no-permission', '403 AuthorizationFailed'],
  [{ status: 429 }, 'throttled', '429 TooManyRequests'],
  [{ status: 429, headers: { 'retry-after': '1200' } }, 'throttled', '429 TooManyRequests'],
  [{ status: 503, headers: { 'retry-after': '0' } }, 'partial-inventory', '503 ServiceUnavailable'],
  [{ status: 400, body: { code: 'BadRequest', message: 'no error around it' } }, 'partial-inventory', '400'],
  [{ status: 400, body: 'no JSON' }, 'partial-inventory', '400'],
] as const)('an answer %j that lasts makes every read unknown: %s', async (rule, cause, said) => {
  for (const [name, { path, read }] of Object.entries(reads)) {
    const { azure, arm } = await serviceInAzure(certificate);
    azure.faults({ path, ...rule });

    expect(await read(arm), name).toMatchObject({
      kind: 'unknown',
      because: { cause, detail: expect.stringContaining(said) },
    });
  }
});

test('throttled reads heal when Azure says when to come back', async () => {
  for (const [name, { path, read }] of Object.entries(reads)) {
    const { azure, arm } = await serviceInAzure(certificate);
    azure.faults({ path, status: 429, headers: { 'retry-after': '0' }, times: 2 });

    expect(await read(arm), name).toMatchObject({ kind: 'known' });
  }
});

test('no message repeats a token or a query string, whatever Azure says', async () => {
  const secret = 'eyJ0b2tlbiI6InNlY3JldCJ9';
  const message = `Refused https://storage.example/x?sig=${secret} with Bearer ${secret}`;
  const answers: Partial<FaultRule>[] = [
    { status: 400, body: { error: { message } } },
    { status: 403, body: { error: { code: 'AuthorizationFailed', message } } },
    { status: 400, body: { message } },
    { status: 200, body: { value: [], nextLink: `https://evil.example/?sig=${secret}` } },
  ];
  for (const answer of answers) {
    for (const { path, read } of Object.values(reads)) {
      const { azure, arm } = await serviceInAzure(certificate);
      azure.faults({ path, status: 400, ...answer });

      expect(JSON.stringify(await read(arm))).not.toContain(secret);
    }
  }
});
