import { spawn } from 'node:child_process';
import { once } from 'node:events';

import { DefaultAzureCredential } from '@azure/identity';
import { afterEach, expect, test, vi } from 'vitest';

import { runAzure } from './running-azure.ts';
import { subscriptionId, tenantId } from './small-estate.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

test('the default credential of the SDK gets a token for the resource it asks for', async () => {
  const { azure } = await runAzure();
  vi.stubEnv('IDENTITY_ENDPOINT', azure.identityEndpoint);
  vi.stubEnv('IDENTITY_HEADER', azure.identityHeader);

  const { token } = await new DefaultAzureCredential().getToken('https://storage.azure.com/.default');

  const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
  expect(claims).toMatchObject({
    aud: 'https://storage.azure.com',
    iss: `https://sts.windows.net/${tenantId}/`,
    tid: tenantId,
  });
  expect(claims.nbf).toBeLessThan(Date.UTC(2001, 0) / 1000);
  expect(claims.exp).toBeGreaterThan(Date.UTC(2099, 0) / 1000);
});

test.each([
  ['without the header', '?api-version=2019-08-01&resource=https://vault.azure.net', undefined, 401],
  ['with a wrong header', '?api-version=2019-08-01&resource=https://vault.azure.net', 'guess', 401],
  ['with another version of the protocol', '?api-version=2018-02-01&resource=https://vault.azure.net', 'right', 400],
  ['without a resource', '?api-version=2019-08-01', 'right', 400],
])('the token endpoint refuses a request %s', async (_, query, header, status) => {
  const { azure } = await runAzure();
  const value = header === 'right' ? azure.identityHeader : header;

  const response = await fetch(`${azure.identityEndpoint}${query}`, {
    headers: value === undefined ? {} : { 'x-identity-header': value },
  });

  expect(response.status).toBe(status);
});

test('a process of its own works with environment variables alone', async () => {
  const { azure, certificate } = await runAzure();
  const program = `
    import { DefaultAzureCredential } from '@azure/identity';
    import { ResourceGraphClient } from '@azure/arm-resourcegraph';
    import { RecoveryServicesBackupClient } from '@azure/arm-recoveryservicesbackup';
    const [credential, endpoint] = [new DefaultAzureCredential(), process.env.ARM_URL];
    const graph = new ResourceGraphClient(credential, { endpoint });
    const { totalRecords } = await graph.resources({ query: "resources | where type =~ 'microsoft.compute/virtualmachines'" });
    const backup = new RecoveryServicesBackupClient(credential, '${subscriptionId}', { endpoint });
    const items = [];
    for await (const item of backup.backupProtectedItems.list('rsv-shop', 'rg-backup')) items.push(item.name);
    console.log(JSON.stringify({ totalRecords, items: items.length }));`;
  const env = {
    ...process.env,
    NODE_EXTRA_CA_CERTS: certificate.certFile,
    IDENTITY_ENDPOINT: azure.identityEndpoint,
    IDENTITY_HEADER: azure.identityHeader,
    ARM_URL: azure.armUrl,
  };

  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const output: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  const [code] = await once(child, 'close');

  expect(code).toBe(0);
  expect(JSON.parse(Buffer.concat(output).toString())).toEqual({ totalRecords: 5, items: 2 });
});
