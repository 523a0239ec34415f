import { describe, expect, it } from 'vitest';

import type { EstateResource } from '../../../local/estates/estate.ts';
import { generateLabelledEstate } from '../../../local/estates/generate.ts';

const { estate, planted } = generateLabelledEstate({ vms: 1000, seed: 7, closedVault: true });
const now = Date.parse(estate.now);
const hour = 3_600_000;

const ofType = Map.groupBy(estate.resources, ({ type }) => type.toLowerCase());
const typed = (type: string) => ofType.get(type.toLowerCase()) ?? [];
const machines = new Map(typed('Microsoft.Compute/virtualMachines').map((vm) => [vm.id, vm]));
const vaults = typed('Microsoft.RecoveryServices/vaults');
const items = Map.groupBy(
  typed('Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems'),
  ({ properties }) => String(properties['sourceResourceId']).toLowerCase(),
);
const disks = Map.groupBy(typed('Microsoft.Compute/disks'), (disk) => String(disk['managedBy']).toLowerCase());
const extensions = Map.groupBy(typed('Microsoft.Compute/virtualMachines/extensions'), ({ id }) =>
  id.toLowerCase().replace(/\/extensions\/.*/, ''),
);
const nics = Map.groupBy(typed('Microsoft.Network/networkInterfaces'), ({ properties }) =>
  String((properties['virtualMachine'] as { id: string }).id).toLowerCase(),
);
const deniedScopes = estate.denied.map(({ scope }) => scope.toLowerCase());

/** One VM with what a check looks at. */
function view(vmId: string) {
  const vm = machines.get(vmId);
  if (!vm) throw new Error(`No such VM: ${vmId}`);
  const own = items.get(vmId.toLowerCase()) ?? [];
  return {
    vm,
    items: own.map(({ properties }) => properties as Item),
    disks: disks.get(vmId.toLowerCase()) ?? [],
    extensions: extensions.get(vmId.toLowerCase()) ?? [],
    nics: nics.get(vmId.toLowerCase()) ?? [],
    tags: Object.fromEntries(Object.entries(vm.tags ?? {}).map(([key, value]) => [key.toLowerCase(), value])),
    body: vm.properties as Body,
    guest: (vm.instanceView ?? {}) as Guest,
    vaultsInRegion: vaults.filter(({ location }) => location === vm.location),
  };
}

type View = ReturnType<typeof view>;
type Item = {
  vaultId: string;
  policyName: string;
  containerName: string;
  protectionState: string;
  lastBackupStatus: string;
  lastBackupTime: string;
  lastRecoveryPoint: string | null;
  isScheduledForDeferredDelete: boolean;
};
type Body = {
  storageProfile: {
    osDisk: { vhd?: object; managedDisk?: object };
    dataDisks: unknown[];
    imageReference: { publisher?: string };
  };
};
type Guest = {
  osVersion?: string;
  vmAgent?: { vmAgentVersion: string; statuses: { displayStatus: string }[] };
  statuses: { code: string }[];
};

/** The first address of the primary NIC. */
function firstConfiguration({ nics: [nic] }: View): Record<string, unknown> {
  const configurations = nic?.properties['ipConfigurations'] as { properties: Record<string, unknown> }[];
  return configurations[0]?.properties ?? {};
}

const subscriptionOf = ({ id }: EstateResource) => id.split('/')[2];
const isRunning = ({ guest }: View) => guest.statuses.some(({ code }) => code === 'PowerState/running');
const agentVersion = ({ guest }: View) => guest.vmAgent?.vmAgentVersion ?? '';
/** More than two runs of its policy were missed. */
const isOverdue = (one: View) => hoursSincePoint(one) > (one.items[0]?.policyName.startsWith('Weekly') ? 400 : 80);
const hoursSincePoint = ({ items: [item] }: View) => (now - Date.parse(item?.lastRecoveryPoint ?? '')) / hour;
const liveItems = (one: View) => one.items.filter((item) => !item.isScheduledForDeferredDelete);

/** What the data must show for each of the words. */
const checks: Readonly<Record<string, (one: View) => boolean>> = {
  'no vault in the region': (one) => one.vaultsInRegion.length === 0 && one.items.length === 0,
  'vault only in another subscription': ({ vm, vaultsInRegion }) =>
    vaultsInRegion.length > 0 && vaultsInRegion.every((vault) => subscriptionOf(vault) !== subscriptionOf(vm)),
  'only a Backup vault (Microsoft.DataProtection) in the region': ({ vm, vaultsInRegion }) =>
    vaultsInRegion.length === 0 &&
    typed('Microsoft.DataProtection/backupVaults').some(
      (vault) => vault.location === vm.location && subscriptionOf(vault) === subscriptionOf(vm),
    ),
  'protected items of the vault may not be read': ({ vaultsInRegion }) =>
    vaultsInRegion.length > 0 && vaultsInRegion.every(({ id }) => deniedScopes.includes(id.toLowerCase())),
  'protected in two vaults': (one) => new Set(liveItems(one).map(({ vaultId }) => vaultId)).size === 2,
  'protected item soft-deleted': (one) => one.items.length === 1 && liveItems(one).length === 0,
  'VM agent missing': (one) => isRunning(one) && one.guest.vmAgent === undefined,
  'VM agent not ready': (one) => isRunning(one) && one.guest.vmAgent?.statuses[0]?.displayStatus === 'Not Ready',
  'Windows VM agent 2.6.1198.610, too old': (one) => isRunning(one) && agentVersion(one) === '2.6.1198.610',
  'Linux VM agent 2.2.49.2, too old': (one) => isRunning(one) && agentVersion(one) === '2.2.49.2',
  'an extension has failed': (one) =>
    one.extensions.some(({ properties }) => properties['provisioningState'] === 'Failed'),
  'provisioning state Failed': ({ vm }) => vm.properties['provisioningState'] === 'Failed',
  'Spot VM': ({ vm }) => vm.properties['priority'] === 'Spot',
  'policy keeps 29 days': ({ items: [item] }) => item?.policyName === 'Keep-29',
  'behind a load balancer': (one) => firstConfiguration(one)['loadBalancerBackendAddressPools'] !== undefined,
  'fixed private address': (one) => firstConfiguration(one)['privateIPAllocationMethod'] === 'Static',
  'domain controller': ({ tags }) => tags['role'] === 'domain-controller',
  'in an availability set': ({ vm }) => vm.properties['availabilitySet'] !== undefined,
  'unsupported Windows': (one) => !isRunning(one) || /^6\.[13]\./.test(one.guest.osVersion ?? ''),
  'unendorsed Linux': ({ body }) => body.storageProfile.imageReference.publisher === 'kali-linux',
  '33 data disks': (one) => one.body.storageProfile.dataDisks.length === 33 && one.disks.length === 34,
  'decoy: exactly 32 data disks': (one) => one.body.storageProfile.dataDisks.length === 32 && one.disks.length === 33,
  'unmanaged disk': ({ body, disks: own }) =>
    body.storageProfile.osDisk.vhd !== undefined &&
    body.storageProfile.osDisk.managedDisk === undefined &&
    own.length === 0,
  'shared data disk': ({ disks: own }) => own.some(({ properties }) => properties['maxShares'] === 2),
  'protection stopped, data retained': (one) =>
    one.items[0]?.protectionState === 'ProtectionStopped' && liveItems(one).length === 1,
  'protection in an error state': ({ items: [item] }) => item?.protectionState === 'ProtectionError',
  'protection state invalid': ({ items: [item] }) => item?.protectionState === 'Invalid',
  'newest recovery point overdue': (one) => isOverdue(one) && one.items[0]?.protectionState === 'Protected',
  'last backup failed': ({ items: [item] }) =>
    item?.lastBackupStatus === 'Failed' && String(item.lastRecoveryPoint) < item.lastBackupTime,
  'first backup not due yet': ({ items: [item] }) =>
    item?.protectionState === 'IRPending' && item.lastRecoveryPoint === null && ageOfConfiguration(item) < 10,
  'first backup overdue': ({ items: [item] }) =>
    item?.protectionState === 'IRPending' && item.lastRecoveryPoint === null && ageOfConfiguration(item) > 220,
  'exempt until a date to come': ({ tags }) =>
    tags['backstop-exclude'] === 'true' && String(tags['backstop-exclude-until']) > estate.now.slice(0, 10),
  'exemption tag has expired': ({ tags }) =>
    tags['backstop-exclude'] === 'true' && String(tags['backstop-exclude-until']) < estate.now.slice(0, 10),
  'node of a Kubernetes cluster': ({ vm }) => /\/resourceGroups\/MC_/i.test(vm.id),
  'decoy: a protected VM of the same name in another resource group': ({ vm, items: own }) =>
    own.length === 0 &&
    [...machines.values()].some(
      (other) => other.id !== vm.id && other.name === vm.name && items.has(other.id.toLowerCase()),
    ),
  'decoy: vault id differs only in case': ({ items: [item] }) =>
    item !== undefined &&
    vaults.every(({ id }) => id !== item.vaultId) &&
    vaults.some(({ id }) => sameId(id, item.vaultId)),
  'decoy: a namesake of its vault in another subscription': ({ vm, items: [item] }) =>
    vaults.filter(
      ({ id, location }) => location === vm.location && id.split('/').at(-1) === item?.vaultId.split('/').at(-1),
    ).length === 2,
};

const sameId = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();

/** Hours since protection was enabled for the item, as its job tells. */
function ageOfConfiguration(item: Item): number {
  const job = typed('Microsoft.RecoveryServices/vaults/backupJobs').find(
    ({ properties }) =>
      properties['operation'] === 'ConfigureBackup' && properties['containerName'] === item.containerName,
  );
  return (now - Date.parse(String(job?.properties['startTime']))) / hour;
}

describe('plants of a large estate', () => {
  it.each(Object.entries(checks))('plants "%s" and shows it in the data', (words, check) => {
    const withIt = planted.filter(({ plants }) => plants.includes(words)).map(({ vmId }) => vmId);

    expect(withIt.length).toBeGreaterThan(0);
    expect(withIt.filter((vmId) => !check(view(vmId)))).toEqual([]);
  });

  it('plants nothing that has no check', () => {
    expect([...new Set(planted.flatMap(({ plants }) => plants))].filter((words) => !(words in checks))).toEqual([]);
  });

  it('leaves more than half of all VMs free of problems', () => {
    expect(machines.size - planted.length).toBeGreaterThanOrEqual(500);
  });

  it('shows no problem in a VM into which nothing was planted', () => {
    const touched = new Set(planted.map(({ vmId }) => vmId));
    const problems = Object.entries(checks).filter(([words]) => !/decoy|unsupported/.test(words));

    const astray = [...machines.keys()]
      .filter((vmId) => !touched.has(vmId))
      .flatMap((vmId) => problems.filter(([, check]) => check(view(vmId))).map(([words]) => `${words}: ${vmId}`));

    expect(astray).toEqual([]);
  });

  it('gives most VMs a fresh recovery point', () => {
    const fresh = [...machines.keys()].map(view).filter((one) => one.items.length > 0 && !isOverdue(one));

    expect(fresh.length).toBeGreaterThan(500);
  });

  it('refuses no read unless asked for a closed vault', () => {
    const open = generateLabelledEstate({ vms: 400, seed: 7 });

    const words = new Set(open.planted.flatMap(({ plants }) => plants));
    expect(words.has('protected items of the vault may not be read')).toBe(false);
    expect(open.estate.denied).toEqual([]);
  });

  it('does without what needs a second subscription where there is only one', () => {
    const alone = generateLabelledEstate({ vms: 400, subscriptions: 1, seed: 7, closedVault: true });

    const words = new Set(alone.planted.flatMap(({ plants }) => plants));
    expect(words.has('vault only in another subscription')).toBe(false);
    expect(words.has('decoy: a namesake of its vault in another subscription')).toBe(false);
    expect(words.has('protected items of the vault may not be read')).toBe(true);
  });
});
