import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import type { ServerInFull, ServerPage } from '../../lib/use-cases/show-servers.ts';
import { type ServerPlant, serverPlants } from '../../local/estates/backup-servers.ts';
import { generateLabelledEstate } from '../../local/estates/generate.ts';
import type { Neighbourhood } from '../../local/neighbourhood.ts';
import { startBuilt } from './support/built-app.ts';
import { allVms, bodyOf, patience, sweep } from './support/results.ts';

const { estate, plantedServers } = generateLabelledEstate({ vms: 24, seed: 5, servers: serverPlants.length });
const now = Date.parse(estate.now);
const inAMonth = new Date(now + 30 * 86_400_000).toISOString();
let neighbourhood: Neighbourhood;

beforeAll(async () => {
  neighbourhood = await startBuilt({ estate, simulated: { resourceGraphQuota: 'off' } });
  await sweep(neighbourhood);
  await vi.waitUntil(async () => (await list()).completeness.surveyedAt !== null, patience);
});

afterAll(() => neighbourhood?.stop());

async function list(query = ''): Promise<ServerPage> {
  return bodyOf(await neighbourhood.call(`servers${query}`));
}

function send(path: string, body: unknown): Promise<Response> {
  return neighbourhood.call(path, { method: 'POST', body: JSON.stringify(body) });
}

async function serverOf(plant: ServerPlant) {
  const id = plantedServers.find((each) => each.plant === plant)?.id;
  const server = (await list()).servers.find(({ serverId }) => serverId === id);
  expect.assert(server);
  return server;
}

async function show(plant: ServerPlant): Promise<ServerInFull> {
  return bodyOf(await neighbourhood.call(`servers/${(await serverOf(plant)).serverKey}`));
}

describe('GET servers', () => {
  it('lists every server once, with what the list rests on', async () => {
    const { servers, completeness } = await list();

    expect(servers.map(({ serverId }) => serverId).toSorted()).toEqual(plantedServers.map(({ id }) => id).toSorted());
    expect(completeness).toMatchObject({ complete: true, gaps: [], servers: plantedServers.length });
  });

  it('goes on page by page where the last one ended', async () => {
    const first = await list('?size=4');
    const second = await list(`?size=4&cursor=${first.next}`);
    const all = await list();

    expect([...first.servers, ...second.servers].map(({ name }) => name)).toEqual(
      all.servers.slice(0, 8).map(({ name }) => name),
    );
  });

  it.each([
    ['verdict=stopped', ['silent for 20 days']],
    ['rule=mabs-agent-version', ['old agent']],
    ['rule=mabs-backup-storage', ['full disks']],
  ] as const)('filters by %s', async (query, plants) => {
    const { servers } = await list(`?${query}`);

    const expected = plantedServers.filter(({ plant }) => (plants as readonly string[]).includes(plant));
    expect(servers.map(({ serverId }) => serverId)).toEqual(expected.map(({ id }) => id));
  });

  it.each(['verdict=fine', 'rule=disk-count', 'subscription=x', 'size=0', 'colour=red'])(
    'refuses %s and names it',
    async (query) => {
      const answer = await neighbourhood.call(`servers?${query}`);

      expect(answer.status).toBe(400);
      expect(await answer.json()).toMatchObject({ parameter: query.split('=')[0] });
    },
  );
});

describe('reports/servers', () => {
  it('tells all servers as JSON, as a table and as OCSF', async () => {
    const read = async (file: string) => (await neighbourhood.call(`reports/servers.${file}`)).text();

    const [json, csv, ocsf] = [await read('json'), await read('csv'), await read('ocsf.json')];

    const count = plantedServers.length;
    expect(JSON.parse(json)).toMatchObject({ completeness: { complete: true }, servers: { length: count } });
    expect(csv.trimEnd().split('\r\n')).toHaveLength(count + 1);
    expect(JSON.parse(ocsf)).toContainEqual(expect.objectContaining({ class_uid: 2003 }));
  });
});

describe('what a server may do', () => {
  it.each([
    ['healthy', 'connected', 'allowed', []],
    ['silent for 11 days', 'connected', 'allowed', [/^Backups to Azure and to disk stop in 4 days, after /]],
    ['silent for 20 days', 'lost', 'stopped', [/^Backups to Azure and to disk have been stopped since /]],
    ['no refresh date', 'unknown', 'unknown', []],
  ] as const)('is told for one that is %s', async (plant, connectivity, backup, warnings) => {
    const { operations } = await serverOf(plant);

    expect(operations).toMatchObject({
      connectivity,
      subscription: 'active',
      operations: {
        backupToAzure: backup,
        backupToDisk: backup,
        restoreFromAzure: 'allowed',
        restoreFromDisk: 'allowed',
      },
      warnings: warnings.map((pattern) => expect.stringMatching(pattern)),
    });
  });
});

describe('a confirmation', () => {
  it('counts until its end, is kept with who made it, and can be withdrawn', async () => {
    const { serverKey, checklist } = await serverOf('healthy');
    const path = `servers/${serverKey}/confirmations`;
    const wish = { confirms: 'mabs-sql-local', until: inAMonth, by: 'Ada', note: '=cmd|"<script>"' };

    const made = await send(path, wish);
    const after = await show('healthy');
    const withdrawn = await send(path, { confirms: 'mabs-sql-local', what: 'withdrawn', by: 'Bob' });
    const end = await show('healthy');

    const sql = ({ server }: ServerInFull) => server.findings.find(({ rule }) => rule === 'mabs-sql-local');
    expect([made.status, withdrawn.status]).toEqual([201, 201]);
    expect(checklist.map(({ rule }) => rule)).toContain('mabs-sql-local');
    expect(sql(after)).toMatchObject({ outcome: 'pass', reason: 'Confirmed', message: expect.stringContaining('Ada') });
    expect(after.server.checklist.map(({ rule }) => rule)).not.toContain('mabs-sql-local');
    expect(sql(end)).toMatchObject({ outcome: 'unknown', cause: 'not-exposed' });
    expect(end.confirmations).toMatchObject([
      { what: 'withdrawn', by: 'Bob', counts: false },
      { what: 'confirmed', by: 'Ada', counts: false, note: wish.note },
    ]);
  });

  it('of the host links the server to its VM, which is judged', async () => {
    const [vm] = await allVms(neighbourhood, 1);
    expect.assert(vm);
    const { serverKey } = await serverOf('old agent');

    await send(`servers/${serverKey}/confirmations`, { confirms: 'host', host: vm.vmId, until: inAMonth, by: 'Ada' });

    const { server } = await show('old agent');
    const own = server.findings.find(({ rule }) => rule === 'mabs-host-vm-backed-up');
    expect(own?.message).toContain(`${vm.name}, on which the server runs, is ${vm.verdict}`);
  });

  it('that the host is no VM of Azure leaves its backup out', async () => {
    const { serverKey } = await serverOf('full disks');

    await send(`servers/${serverKey}/confirmations`, {
      confirms: 'host',
      host: 'on-premises',
      until: inAMonth,
      by: 'Ada',
    });

    const { server } = await show('full disks');
    expect(server.findings.find(({ rule }) => rule === 'mabs-host-vm-backed-up')).toMatchObject({
      outcome: 'notApplicable',
    });
  });

  it.each([
    ['confirms', { confirms: 'mabs-connectivity', until: inAMonth, by: 'Ada' }],
    ['by', { confirms: 'mabs-domain', until: inAMonth }],
    ['until', { confirms: 'mabs-domain', by: 'Ada' }],
    ['until', { confirms: 'mabs-domain', by: 'Ada', until: '2026-02-30' }],
    ['until', { confirms: 'mabs-domain', by: 'Ada', until: estate.now }],
    ['until', { confirms: 'mabs-domain', by: 'Ada', until: '2099-01-01' }],
    ['until', { confirms: 'mabs-domain', by: 'Ada', until: inAMonth, what: 'withdrawn' }],
    ['host', { confirms: 'host', by: 'Ada', until: inAMonth }],
    ['host', { confirms: 'host', by: 'Ada', until: inAMonth, host: '/subscriptions/x' }],
    ['host', { confirms: 'mabs-domain', by: 'Ada', until: inAMonth, host: 'on-premises' }],
    ['colour', { confirms: 'mabs-domain', by: 'Ada', until: inAMonth, colour: 'red' }],
  ])('is refused with a wrong %s, %#', async (parameter, body) => {
    const { serverKey } = await serverOf('healthy');

    const answer = await send(`servers/${serverKey}/confirmations`, body);

    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ parameter });
  });

  it.each(['nothing', '0'.repeat(20)])('of a server that nobody knows is not found: %s', async (serverKey) => {
    const answer = await send(`servers/${serverKey}/confirmations`, {
      confirms: 'mabs-domain',
      until: inAMonth,
      by: 'Ada',
    });

    expect(answer.status).toBe(404);
    expect((await neighbourhood.call(`servers/${serverKey}`)).status).toBe(404);
  });
});

describe('POST preflight/backup-server', () => {
  interface Judged {
    readonly verdict: string;
    readonly findings: readonly { readonly rule: string; readonly outcome: string; readonly reason?: string }[];
    readonly checklist: readonly { readonly rule: string }[];
  }
  const failures = ({ findings }: Judged) =>
    findings.filter(({ outcome }) => outcome === 'fail').map(({ rule, reason }) => `${rule} ${reason}`);
  const good = {
    where: 'on-premises',
    cores: 2,
    memoryGiB: 8,
    os: 'Windows Server 2022 Standard',
    isServerCore: false,
    roles: [],
    isDomainJoined: true,
    sqlServer: 'bundled',
    freeGiB: 4,
    scratchGiB: 5,
    cloudDataGiB: 100,
    protectedDataGiB: 100,
    storageGiB: 200,
    canReachAzure: true,
  };
  const vault = { name: 'rsv-mabs', region: 'West Europe'.replace(' ', '').toLowerCase(), redundancy: 'GeoRedundant' };

  it('finds nothing against a machine that meets the checklist', async () => {
    const { subscriptionId } = estate.subscriptions[0] ?? {};
    const judged = await bodyOf<Judged>(
      await send('preflight/backup-server', { host: good, vault: { ...vault, subscriptionId } }),
    );

    expect(failures(judged)).toEqual([]);
    expect(judged).toMatchObject({ verdict: 'working', checklist: [] });
  });

  it('names everything that is against a machine', async () => {
    const host = {
      where: 'azure',
      cores: 2,
      memoryGiB: 3.5,
      os: 'Windows Server 2012 R2 Datacenter',
      roles: ['domain-controller'],
      isDomainJoined: false,
      sqlServer: 'remote',
      freeGiB: 1,
      scratchGiB: 1,
      cloudDataGiB: 1000,
      storageGiB: 0,
      canReachAzure: false,
    };

    const judged = await bodyOf<Judged>(
      await send('preflight/backup-server', { host, vault: { ...vault, name: '1', redundancy: 'LocallyRedundant' } }),
    );

    expect(failures(judged).toSorted()).toEqual([
      'mabs-backup-storage NoStorage',
      'mabs-dedicated-host ConflictingRole',
      'mabs-domain NotJoined',
      'mabs-domain-allow-list Blocked',
      'mabs-extract-space TooLittle',
      'mabs-os NotSupported',
      'mabs-scratch-space TooLittle',
      'mabs-sql-local Remote',
      'mabs-vault-setup NameNotAllowed',
      'mabs-vm-size TooSmall',
    ]);
  });

  it('judges an Azure VM by what it shows, and asks for the rest', async () => {
    const [vm] = await allVms(neighbourhood, 1);

    const judged = await bodyOf<Judged>(await send('preflight/backup-server', { vmId: vm?.vmId }));

    const size = judged.findings.find(({ rule }) => rule === 'mabs-vm-size');
    expect(size?.outcome).toMatch(/^(?:pass|fail)$/);
    expect(judged.checklist.map(({ rule }) => rule)).toContain('mabs-sql-local');
  });

  it('does not know a VM that Azure does not know', async () => {
    const [vm] = await allVms(neighbourhood, 1);

    const answer = await send('preflight/backup-server', { vmId: `${vm?.vmId}-gone` });

    expect(answer.status).toBe(404);
  });

  it.each([
    ['host', {}],
    ['vmId', { vmId: '/subscriptions/x' }],
    ['vmId', { vmId: 7 }],
    ['host.where', { host: {} }],
    ['host.cores', { host: { ...good, cores: '2' } }],
    ['host.memoryGiB', { host: { ...good, memoryGiB: -1 } }],
    ['host.roles.0', { host: { ...good, roles: ['printer'] } }],
    ['host.sqlServer', { host: { ...good, sqlServer: 'elsewhere' } }],
    ['vault.redundancy', { host: good, vault: { ...vault, redundancy: 'None' } }],
    ['vault.subscriptionId', { host: good, vault: { ...vault, subscriptionId: 'x' } }],
    ['colour', { host: good, colour: 'red' }],
  ])('refuses a wrong %s, %#', async (parameter, body) => {
    const answer = await send('preflight/backup-server', body);

    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ parameter });
  });
});
