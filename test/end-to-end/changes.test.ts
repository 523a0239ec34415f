import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import type { Evaluated } from '../../lib/use-cases/evaluated.ts';
import type { Run } from '../../lib/use-cases/run.ts';
import { type AzureWriter, createAzureWriter } from '../../local/demo/azure-writer.ts';
import type { EstateResource } from '../../local/estates/estate.ts';
import { generateEstate } from '../../local/estates/generate.ts';
import type { Neighbourhood } from '../../local/neighbourhood.ts';
import { startBuilt } from './support/built-app.ts';
import { allVms, bodyOf, countVerdicts, ended, patience, postureOf, sweep } from './support/results.ts';

const estate = generateEstate({ vms: 80, seed: 41, subscriptions: 4 });
let neighbourhood: Neighbourhood;
let azure: AzureWriter;

beforeAll(async () => {
  const simulated = { resourceGraphQuota: 'off', lagMs: 0 } as const;
  // Events of VMs come too late to matter here: what a run about changes finds, it finds by itself.
  const settings = { BACKSTOP_SHARD_VMS: '30', BACKSTOP_SETTLE_SECONDS: '3600' };
  neighbourhood = await startBuilt({ estate, simulated, settings });
  azure = createAzureWriter(neighbourhood.azure.armUrl, neighbourhood.certificate);
});

afterAll(() => neighbourhood?.stop());

/** The newest run about changes. */
async function newestChanges(): Promise<Run | undefined> {
  const { sweeps } = await bodyOf<{ sweeps: readonly Run[] }>(await neighbourhood.call('sweeps?size=20'));
  return sweeps.find(({ kind }) => kind === 'changes');
}

/** Fires the timer, and waits for the end of its run. */
async function judgeChanges(): Promise<Run> {
  const before = await newestChanges();
  neighbourhood.host.child.process.send({ kind: 'fireTimer', name: 'sweep-changes' });
  const run = await vi.waitUntil(async () => {
    const newest = await newestChanges();
    return newest && newest.runId !== before?.runId ? newest : undefined;
  }, patience);
  return ended(neighbourhood, run.runId);
}

const ofType = (type: string) => estate.resources.filter((each) => each.type.toLowerCase() === type.toLowerCase());
const at = (resource: unknown, ...path: readonly string[]): unknown =>
  path.reduce((value, name) => (value as Record<string, unknown> | undefined)?.[name], resource);

async function rowsByName(): Promise<ReadonlyMap<string, Evaluated>> {
  return new Map((await allVms(neighbourhood)).map((row) => [row.vmId.toLowerCase(), row]));
}

async function expectPostureToFit(): Promise<void> {
  const posture = await postureOf(neighbourhood);
  expect(posture.counted).toEqual(countVerdicts(await allVms(neighbourhood)));
}

/** A subnet's security group with the ids of the VMs behind it. */
function groupWithVms(): { readonly group: EstateResource; readonly vms: readonly string[] } {
  const groups = ofType('Microsoft.Network/networkSecurityGroups');
  for (const group of groups) {
    const subnets = ofType('Microsoft.Network/virtualNetworks')
      .flatMap((vnet) => (at(vnet, 'properties', 'subnets') as EstateResource[] | undefined) ?? [])
      .filter(
        (subnet) =>
          String(at(subnet, 'properties', 'networkSecurityGroup', 'id')).toLowerCase() === group.id.toLowerCase(),
      )
      .map(({ id }) => id.toLowerCase());
    const vms = ofType('Microsoft.Network/networkInterfaces')
      .filter(({ properties }) => {
        const [first] = properties['ipConfigurations'] as readonly unknown[];
        return subnets.includes(String(at(first, 'properties', 'subnet', 'id')).toLowerCase());
      })
      .map((nic) => String(at(nic, 'properties', 'virtualMachine', 'id')).toLowerCase());
    if (vms.length > 1 && vms.length < 40) return { group, vms };
  }
  throw new Error('The estate has no security group of a subnet with some VMs.');
}

describe('a run about changes', () => {
  it('has nothing to look at before the first sweep, and says so', async () => {
    const run = await judgeChanges();

    expect(run).toMatchObject({ state: 'failed', gaps: [{ what: 'changes', cause: 'not-due-yet' }] });
  });

  it('judges nothing where nothing changed', async () => {
    await sweep(neighbourhood);
    // From here on runs follow each other in time, as their names do.
    neighbourhood.runClock();

    const run = await judgeChanges();

    expect(run).toMatchObject({ state: 'complete', kind: 'changes', changes: 0, judged: 0, changed: 0 });
  });

  it('judges the VMs behind a security group that somebody edits, and no others', async () => {
    const { group, vms } = groupWithVms();
    const deny = {
      name: 'deny-everything',
      id: `${group.id}/securityRules/deny-everything`,
      properties: {
        access: 'Deny',
        direction: 'Outbound',
        priority: 100,
        protocol: '*',
        sourceAddressPrefix: '*',
        sourcePortRange: '*',
        destinationAddressPrefix: '*',
        destinationPortRange: '*',
      },
    };
    const before = await rowsByName();
    await azure.put(group.id, { location: group.location, properties: { ...group.properties, securityRules: [deny] } });

    const run = await judgeChanges();

    const after = await rowsByName();
    const touched = [...after.keys()].filter((vm) => after.get(vm)?.revision !== before.get(vm)?.revision);
    expect(run).toMatchObject({ state: 'complete', changes: 1, judged: vms.length, changed: touched.length });
    expect(touched.length).toBeGreaterThan(0);
    expect(vms).toEqual(expect.arrayContaining(touched));
    for (const vm of touched) {
      expect(after.get(vm)).toMatchObject({ runId: run.runId, trigger: 'sweep' });
    }
    await expectPostureToFit();
  });

  it('judges the unprotected VMs of a region whose vault is deleted, and the protected ones of that vault', async () => {
    const rows = [...(await rowsByName()).values()];
    const waiting = rows.find(({ verdict, item }) => verdict === 'protectable' && !item);
    const vaults = ofType('Microsoft.RecoveryServices/vaults').filter(
      ({ id, location }) => location === waiting?.region && id.includes(waiting?.subscriptionId ?? '-'),
    );
    expect(vaults.length).toBeGreaterThan(0);
    for (const { id } of vaults) await azure.remove(id);

    const run = await judgeChanges();

    const after = (await rowsByName()).get(waiting?.vmId.toLowerCase() ?? '');
    expect(run.changes).toBeGreaterThanOrEqual(vaults.length);
    expect(after?.runId).toBe(run.runId);
    expect(after?.verdict).not.toBe('protectable');
    await expectPostureToFit();
  });

  it('judges the VMs of a policy that became another one', async () => {
    const rows = [...(await rowsByName()).values()].filter(({ item }) => item?.policy);
    const [policy] = ofType('Microsoft.RecoveryServices/vaults/backupPolicies').filter(({ name, id }) =>
      rows.some(
        ({ item }) =>
          item?.policy === name &&
          item.id.toLowerCase().startsWith(id.toLowerCase().split('/backuppolicies/')[0] ?? '-'),
      ),
    );
    if (!policy) throw new Error('The estate has no policy in use.');
    const vault = policy.id.split(/\/backupPolicies\//i)[0] ?? '';
    const behind = rows.filter(
      ({ item }) => item?.policy === policy.name && item.id.toLowerCase().startsWith(`${vault.toLowerCase()}/`),
    );
    await azure.put(policy.id, { properties: { ...policy.properties, instantRpRetentionRangeInDays: 1 } });

    const run = await judgeChanges();

    // What changed in the last ten minutes is looked at again.
    expect(behind.length).toBeGreaterThan(0);
    expect(run.judged).toBeGreaterThanOrEqual(behind.length);
  });

  it('judges the VMs below a lock', async () => {
    const [vm] = ofType('Microsoft.Compute/virtualMachines');
    const subscription = vm?.id.split('/').slice(0, 3).join('/') ?? '';
    const inSubscription = ofType('Microsoft.Compute/virtualMachines').filter(({ id }) =>
      id.startsWith(`${subscription}/`),
    );
    await azure.put(`${subscription}/providers/Microsoft.Authorization/locks/keep`, {
      properties: { level: 'ReadOnly' },
    });

    const run = await judgeChanges();

    expect(run.judged).toBeGreaterThanOrEqual(inSubscription.length);
  });
});
