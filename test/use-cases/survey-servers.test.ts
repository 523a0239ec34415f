import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Ports } from '../../lib/use-cases/ports.ts';
import { serversShard } from '../../lib/use-cases/survey-servers.ts';
import { workOnShard } from '../../lib/use-cases/work-on-shard.ts';
import { backupServers } from '../../local/estates/backup-servers.ts';
import type { Estate, EstateResource } from '../../local/estates/estate.ts';
import {
  type ServiceOnEstate,
  type ServiceWithStorage,
  startServiceWithStorage,
} from '../contract/service-with-storage.ts';
import { testEstate, vaultId, vaultWithPolicy, vm, vmId } from '../contract/test-estate.ts';
import { trustedCertificate } from '../contract/trusted-certificate.ts';
import { hoursAgo } from '../rules/healthy-vm.ts';
import { ownEstate, standingClock, start, sweepSettings } from './swept-estate.ts';

let service: ServiceWithStorage;

beforeAll(async () => {
  service = await startServiceWithStorage(await trustedCertificate());
});

afterAll(() => service?.stop());

const geoRedundant = (vault: EstateResource): EstateResource => ({
  ...vault,
  properties: { ...vault.properties, redundancySettings: { standardTierStorageRedundancy: 'GeoRedundant' } },
});

/** Vaults in a row, and servers registered with them one after the other. */
function estateWith(vaults: number, servers: number, more: readonly EstateResource[] = []): Estate {
  const own = Array.from({ length: vaults }, (_, n) => vaultWithPolicy(vaultId(`rsv-${n}`)))
    .flat()
    .map((each) => (each.type.endsWith('/vaults') ? geoRedundant(each) : each));
  const { resources } = backupServers({ seed: 3, now: standingClock().now().getTime(), servers, resources: own });
  return testEstate({ resources: [vm('web1'), ...own, ...resources, ...more] });
}

const settingsOf = ({ judgement }: ServiceOnEstate) => ({ judgement, sweep: sweepSettings });

/** The survey of a new run, as its message brings it. */
async function survey(on: ServiceOnEstate): Promise<string> {
  const { run } = await start(on.ports);
  await workOnShard(on.ports, settingsOf(on), { runId: run.runId, shardId: serversShard });
  // A run that stands would keep the next one from beginning.
  await on.ports.runs.close({ ...run, state: 'complete', finishedAt: on.ports.clock().toISOString() });
  return run.runId;
}

/** Of the subscription of one estate: tests share the table. */
async function serversOf({ servers }: Pick<Ports, 'servers'>, subscriptionId: string) {
  const all = (await servers.all()).map(({ value }) => value).filter((each) => each.subscriptionId === subscriptionId);
  return all.toSorted((a, b) => a.name.localeCompare(b.name) || a.vault.localeCompare(b.vault));
}

const enginePath = /\/backupEngines$/;
const asked = ({ azure }: ServiceOnEstate, subscriptionId: string) =>
  azure.requests.filter(({ path }) => enginePath.test(path) && path.includes(subscriptionId));

describe('the survey of backup servers', () => {
  it('asks each of 20 vaults once for its servers, and judges all 30; repeated it asks nothing', async () => {
    const { estate, subscriptionId } = ownEstate(estateWith(20, 30));
    const on = await service.on(estate, standingClock().now);

    const runId = await survey(on);
    await workOnShard(on.ports, settingsOf(on), { runId, shardId: serversShard });

    const rows = await serversOf(on.ports, subscriptionId);
    expect(asked(on, subscriptionId)).toHaveLength(20);
    // Three servers are registered twice.
    expect(rows).toHaveLength(33);
    expect(await on.ports.servers.survey()).toMatchObject({ runId, gaps: [], vaults: 20, servers: 33 });
  });

  it('tells each server what its plant is', async () => {
    const { estate, subscriptionId } = ownEstate(estateWith(2, 10));
    const on = await service.on(estate, standingClock().now);

    await survey(on);

    const rows = await serversOf(on.ports, subscriptionId);
    expect(
      rows.map(({ name, verdict, failing, unknown }) => [name.slice(0, 6), verdict, ...failing, ...unknown]),
    ).toEqual([
      ['mabs01', 'working'],
      ['mabs02', 'at-risk', 'mabs-connectivity', 'mabs-backup-storage', 'mabs-item-health'],
      ['mabs03', 'working'],
      ['mabs04', 'stopped', 'mabs-connectivity', 'mabs-backup-storage', 'mabs-item-health'],
      ['mabs05', 'at-risk', 'mabs-agent-version'],
      ['mabs06', 'at-risk', 'mabs-backup-storage'],
      ['mabs07', 'undetermined', 'mabs-backup-storage', 'mabs-connectivity', 'mabs-item-health'],
      ['mabs08', 'undetermined', 'mabs-item-health', 'mabs-registered', 'mabs-sql-local'],
      ['mabs09', 'at-risk', 'mabs-item-health'],
      ['mabs10', 'undetermined', 'mabs-registered'],
      ['mabs10', 'undetermined', 'mabs-registered'],
    ]);
  });

  it('keeps since when a verdict holds, and what changed', async () => {
    const clock = standingClock();
    const own = ownEstate(estateWith(1, 1));
    const before = await service.on(own.estate, clock.now);
    await survey(before);
    clock.pass(24 * 60);
    const after = await service.on(own.estate, clock.now);
    await survey(after);

    const [row] = await serversOf(after.ports, own.subscriptionId);

    expect(row).toMatchObject({
      verdict: 'at-risk',
      since: clock.now().toISOString(),
      failing: ['mabs-connectivity', 'mabs-item-health'].filter((rule) => row?.failing.includes(rule)),
    });
    expect(await after.ports.servers.changesOf(row?.serverKey ?? '', 10)).toMatchObject([
      { from: 'working', to: 'at-risk', why: expect.stringContaining('backups to Azure and to disk stop in 13 days') },
      { to: 'working', failingBefore: [], failing: [] },
    ]);
  });

  it('retires a server that its vault no longer shows, and those of a vault that is gone', async () => {
    const own = ownEstate(estateWith(2, 2));
    const before = await service.on(own.estate, standingClock().now);
    await survey(before);
    const left = own.estate.resources.filter(({ id }) => !/mabs02|rsv-0/.test(id));
    const after = await service.on({ ...own.estate, resources: left }, standingClock().now);

    await survey(after);

    const rows = await serversOf(after.ports, own.subscriptionId);
    expect(rows.map(({ goneAt }) => goneAt)).toEqual([expect.any(String), expect.any(String)]);
    expect(await after.ports.servers.changesOf(rows[0]?.serverKey ?? '', 1)).toMatchObject([
      { to: 'gone', why: 'Its vault no longer shows the server.' },
    ]);
  });

  it('does not retire servers of a vault that may not be read: they are undetermined, with the cause', async () => {
    const own = ownEstate(estateWith(2, 2));
    const before = await service.on(own.estate, standingClock().now);
    await survey(before);
    const [scope = ''] = own.estate.resources.flatMap(({ id }) => (id.endsWith('/rsv-0') ? [id] : []));
    const action = 'Microsoft.RecoveryServices/vaults/backupEngines/read';
    const after = await service.on({ ...own.estate, denied: [{ scope, action }] }, standingClock().now);

    const runId = await survey(after);

    const [first] = await serversOf(after.ports, own.subscriptionId);
    expect(first).toMatchObject({ name: 'mabs01.corp.example', verdict: 'undetermined' });
    expect(first?.goneAt).toBeUndefined();
    expect(first?.findings.find(({ rule }) => rule === 'mabs-registered')).toMatchObject({
      outcome: 'unknown',
      cause: 'no-permission',
      action,
    });
    const noted = await after.ports.servers.survey();
    expect(noted).toMatchObject({ runId, vaults: expect.any(Number) });
    expect(noted?.gaps).toContainEqual(expect.objectContaining({ what: scope, cause: 'no-permission' }));
  });

  it('waits for what passes, and is given up after ten attempts, which is noted', async () => {
    const own = ownEstate(estateWith(1, 1));
    const on = await service.on(own.estate, standingClock().now);
    const { run } = await start(on.ports);
    const message = { runId: run.runId, shardId: serversShard };
    on.azure.faults({ path: enginePath, status: 429, headers: { 'retry-after': '0' } });

    await workOnShard(on.ports, settingsOf(on), message);
    const [noted] = [await on.ports.servers.survey()];
    await workOnShard(on.ports, settingsOf(on), { ...message, attempt: 9 });

    expect(noted?.runId).not.toBe(run.runId);
    expect(await on.ports.servers.survey()).toMatchObject({
      runId: run.runId,
      gaps: [{ what: 'backup servers', detail: expect.stringContaining('After 10 attempts') }],
    });
    await on.ports.runs.close({ ...run, state: 'complete', finishedAt: on.ports.clock().toISOString() });
  });
});

describe('the host of a server', () => {
  const host = vm('Backup-Host', {
    properties: {
      ...vm('mabs01').properties,
      hardwareProfile: { vmSize: 'Standard_D2s_v5' },
      osProfile: { computerName: 'MABS01' },
    },
    instanceView: { osName: 'Windows Server 2022 Datacenter', osVersion: '10.0.20348.2700', statuses: [] },
  });

  it('is hinted at by its name, and not taken for it', async () => {
    const own = ownEstate(estateWith(1, 1, [host]));
    const on = await service.on(own.estate, standingClock().now);

    await survey(on);

    const [row] = await serversOf(on.ports, own.subscriptionId);
    expect(row?.hostCandidates).toMatchObject([{ name: 'Backup-Host' }]);
    expect(row?.findings.find(({ rule }) => rule === 'mabs-vm-size')).toMatchObject({
      outcome: 'unknown',
      cause: 'not-exposed',
      message: expect.stringContaining('it may be VM Backup-Host, by its name alone'),
    });
  });

  it('that its owner named is judged: its size, its system, and its own backup', async () => {
    const own = ownEstate(estateWith(1, 1, [host]));
    const on = await service.on(own.estate, standingClock().now);
    await survey(on);
    const [before] = await serversOf(on.ports, own.subscriptionId);
    await on.ports.servers.confirm({
      confirmationId: randomUUID(),
      serverKey: before?.serverKey ?? '',
      confirms: 'host',
      what: 'confirmed',
      host: vmId('backup-host').replace(/[0-9a-f-]{36}/, own.subscriptionId),
      by: 'Ada',
      at: hoursAgo(1),
      until: hoursAgo(-24),
    });

    await survey(on);

    const [row] = await serversOf(on.ports, own.subscriptionId);
    const said = (id: string) => row?.findings.find(({ rule }) => rule === id);
    expect(said('mabs-vm-size')).toMatchObject({ outcome: 'fail', reason: 'TooSmallVm' });
    expect(said('mabs-os')).toMatchObject({ outcome: 'pass', reason: 'Supported' });
    expect(said('mabs-host-vm-backed-up')).toMatchObject({ outcome: 'unknown', cause: 'partial-inventory' });
  });
});

it('a message of the survey is queued with a full run, and with no other', async () => {
  const own = ownEstate(estateWith(1, 1));
  const on = await service.on(own.estate, standingClock().now);
  const queued: string[] = [];
  const queues = {
    ...on.ports.queues,
    async sweepShard({ shardId }: { shardId: string }) {
      queued.push(shardId);
      return async () => undefined;
    },
  };

  const { run } = await start({ ...on.ports, queues });

  expect(queued).toContain(serversShard);
  expect(queued.filter((each) => each === serversShard)).toHaveLength(1);
  expect(run.shards).toBe(1);
  await on.ports.runs.close({ ...run, state: 'complete', finishedAt: on.ports.clock().toISOString() });
});
