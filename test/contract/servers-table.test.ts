import { randomBytes } from 'node:crypto';

import { afterAll, beforeAll, expect, test } from 'vitest';

import type { JudgedServer, ServerChange } from '../../lib/use-cases/judged-server.ts';
import type { Servers } from '../../lib/use-cases/server-ports.ts';
import { judgedServer } from '../../lib/use-cases/server-row.ts';
import { now, ownSubscription, settings } from '../rules/healthy-vm.ts';
import { confirmation, engine, healthyServer } from '../rules/servers/server-case.ts';
import { type ServiceWithStorage, startServiceWithStorage } from './service-with-storage.ts';
import { estateNow, testEstate } from './test-estate.ts';
import { trustedCertificate } from './trusted-certificate.ts';

let service: ServiceWithStorage;
let servers: Servers;

beforeAll(async () => {
  service = await startServiceWithStorage(await trustedCertificate());
  ({ servers } = (await service.on(testEstate(), () => new Date(estateNow))).ports);
});
afterAll(() => service?.stop());

/** A server that no other test has. */
function newServer(): JudgedServer {
  const { id: serverId, hostName: name } = engine();
  const address = {
    serverId,
    name,
    vaultId: '/v',
    vault: 'v',
    subscriptionId: ownSubscription,
    resourceGroup: 'rg',
    region: 'r',
  };
  const serverKey = randomBytes(10).toString('hex');
  return judgedServer(
    { ...address, serverKey, product: 'mabs' },
    healthyServer(),
    [],
    { settings, now, confirmations: [] },
    undefined,
  );
}

const change = ({ serverKey }: JudgedServer, revision: number): ServerChange => ({
  serverKey,
  revision,
  at: estateNow,
  to: 'working',
  failingBefore: [],
  failing: [],
  why: `Change ${revision}.`,
});

test('a server comes back as it was written, with its facts', async () => {
  const server = newServer();

  expect(await servers.write({ value: server })).toBe(true);

  expect((await servers.find(server.serverKey))?.value).toEqual(JSON.parse(JSON.stringify(server)));
  expect((await servers.all()).map(({ value }) => value.serverKey)).toContain(server.serverKey);
});

test('of two who write over the same version one is first, and the other one writes nothing', async () => {
  const server = newServer();
  await servers.write({ value: server });
  const stored = await servers.find(server.serverKey);
  const version = stored?.version ?? '';

  const answers = [
    await servers.write({ value: { ...server, revision: 2 }, version }, change(server, 2)),
    await servers.write({ value: { ...server, revision: 3 }, version }, change(server, 3)),
    await servers.write({ value: server }, change(server, 4)),
  ];

  expect(answers).toEqual([true, false, false]);
  expect(await servers.changesOf(server.serverKey, 10)).toEqual([change(server, 2)]);
});

test('changes come newest first, as many as are asked for; confirmations are those of the server', async () => {
  const [server, other] = [newServer(), newServer()];
  for (const revision of [1, 2, 10]) {
    const version = (await servers.find(server.serverKey))?.version;
    await servers.write({ value: server, ...(version ? { version } : {}) }, change(server, revision));
  }
  await servers.confirm(confirmation('mabs-domain', { serverKey: server.serverKey }));
  await servers.confirm(confirmation('mabs-os', { serverKey: other.serverKey }));

  expect((await servers.changesOf(server.serverKey, 2)).map(({ revision }) => revision)).toEqual([10, 2]);
  expect((await servers.confirmations(server.serverKey)).map(({ confirms }) => confirms)).toEqual(['mabs-domain']);
  expect((await servers.confirmations()).length).toBeGreaterThanOrEqual(2);
});

test.each(['', 'x', "' or true", '../server', 'g'.repeat(20)])(
  'what is no key has no server: %s',
  async (serverKey) => {
    expect(await servers.find(serverKey)).toBeUndefined();
  },
);
