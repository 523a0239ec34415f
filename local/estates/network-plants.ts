import { accelerateDataDisk } from './disk-plants.ts';
import { extension } from './extensions.ts';
import { reinstallOldStyle, run, switchOff } from './guest.ts';
import { failedWith } from './job-edits.ts';
import type { MachinePlan } from './machine-plan.ts';
import { homeRegion } from './names.ts';
import type { NicWish } from './network.ts';
import { networkLab } from './network-lab.ts';
import { placed } from './place-plants.ts';
import type { Area, Garden, Plant } from './plants.ts';
import { lastRunWent } from './protection-plans.ts';
import type { SpecialPlace } from './special-place.ts';
import { endangers, leavesOpen, notes, type Sign, unclear, warns } from './truth.ts';

const lab: SpecialPlace = { displayName: 'Network lab', region: homeRegion, network: networkLab };

type Edit = (plan: MachinePlan, garden: Garden) => void;
type Attaching = {
  readonly wish: NicWish;
  readonly touches?: readonly Area[];
  readonly start?: 'protected';
  readonly signs?: readonly Sign[];
};

function attached(words: string, { wish, touches = [], start, signs = [] }: Attaching, edit?: Edit): Plant {
  const planting = { touches: ['network', ...touches] as const, signs, ...(start && { start }) };
  return placed(words, lab, planting, (plan, garden) => {
    plan.nicWish = { nicNsg: null, ...wish };
    edit?.(plan, garden);
  });
}

/** A way in which traffic gets lost, and the rule that says so, for those to whom it matters. */
type Closure = { readonly words: string; readonly wish: NicWish; readonly rule: string };

const deniesAll: Closure = {
  words: 'NSG that denies everything',
  wish: { subnet: 'snet-locked' },
  rule: 'network-nsg-outbound',
};
const closures: readonly Closure[] = [
  deniesAll,
  { words: 'NSG of the NIC that denies everything', wish: { nicNsg: 'locked' }, rule: 'network-nsg-outbound' },
  { words: 'NSG that opens 8443 only', wish: { subnet: 'snet-8443' }, rule: 'network-nsg-outbound' },
  { words: 'default route to nowhere', wish: { subnet: 'snet-nowhere' }, rule: 'network-route-forced-tunnel' },
  { words: 'private subnet without a way out', wish: { subnet: 'snet-private' }, rule: 'network-default-outbound' },
  { words: 'firewall without a rule for backup', wish: { subnet: 'snet-updates' }, rule: 'network-azure-firewall-tag' },
];

/** What makes the network matter to a VM (cases a to d), with what else it means. */
type Evidence = {
  readonly words: string;
  readonly touches: readonly Area[];
  readonly start?: 'protected';
  readonly signs: readonly Sign[];
  /** What a closed network means beside its own rule. */
  readonly signsIfClosed?: readonly Sign[];
  readonly edit: Edit;
};

const oldAgent: Evidence = {
  words: 'old agent',
  touches: ['guest'],
  signs: [warns('agent-version-linux')],
  edit(plan, garden) {
    reinstallOldStyle(plan, 'Linux', garden);
    run(plan);
    plan.agent = { status: 'Ready', version: '2.2.49.2' };
  },
};

const noNetwork: Evidence = {
  words: 'backup failed for lack of a network',
  touches: ['health', 'policy', 'guest'],
  start: 'protected',
  signs: [endangers('health-last-backup')],
  edit(plan, { now }) {
    run(plan);
    if (plan.protection) lastRunWent(plan.protection, 'Failed', now);
    failedWith(
      plan,
      'ExtensionSnapshotFailedNoNetwork',
      'Snapshot operation failed due to no network connectivity on the virtual machine.',
    );
  },
};

const workload: Evidence = {
  words: 'SQL Server backed up in the VM',
  touches: ['guest'],
  signs: [],
  edit(plan, garden) {
    reinstallOldStyle(plan, 'Windows', garden);
    run(plan);
    plan.edits.push(({ vm, extensions }) => {
      const publisher = 'Microsoft.Azure.RecoveryServices.WorkloadBackup';
      extensions.push(extension(plan, vm.id, publisher, 'AzureBackupWindowsWorkload'));
    });
  },
};

const fastWrites: Evidence = {
  words: 'Write Accelerator on a data disk',
  touches: ['disks'],
  signs: [leavesOpen('restore-placement')],
  signsIfClosed: [warns('disk-write-accelerator')],
  edit: accelerateDataDisk,
};

/** Somebody who needs the network behind something that closes it. */
function cutOff({ words, wish, rule }: Closure, evidence: Evidence): Plant {
  const { touches, start, signs, signsIfClosed = [], edit } = evidence;
  const attaching = { wish, touches, signs: [...signs, ...signsIfClosed, warns(rule)], ...(start && { start }) };
  return attached(`${evidence.words}, ${words}`, attaching, edit);
}

/** Somebody who needs the network and has it: only the need itself is found. */
function throughTo(subnet: string, { words, touches, start, signs, edit }: Evidence): Plant {
  const attaching = { wish: { subnet }, touches, signs, ...(start && { start }) };
  return attached(`${words}, and a way out (${subnet})`, attaching, edit);
}

/** Decoys: a closed network is no problem for somebody who does not need it. */
const unneeded = closures.map(({ words, wish }) => attached(`decoy: ${words}`, { wish }));

const waysOut = ['snet-open', 'snet-shadowed', 'snet-nat'] as const;

const wire = [warns('network-wireserver')];
const wireServer: readonly Plant[] = [
  attached(
    'NSG of the subnet denies 168.63.129.16',
    { wish: { subnet: 'snet-wire' }, touches: ['guest'], signs: wire },
    run,
  ),
  attached(
    'NSG of the NIC denies 168.63.129.16/32',
    { wish: { nicNsg: 'wire32' }, touches: ['guest'], signs: wire },
    run,
  ),
  attached(
    'decoy: VM off behind an NSG that denies 168.63.129.16',
    { wish: { subnet: 'snet-wire' }, touches: ['guest'] },
    (plan) => switchOff(plan),
  ),
  attached('decoy: NSG denies the DNS of the platform', { wish: { subnet: 'snet-dns' }, touches: ['guest'] }, run),
  attached(
    'decoy: NSG denies what comes from 168.63.129.16',
    { wish: { subnet: 'snet-inbound' }, touches: ['guest'] },
    run,
  ),
];

/** A tag says that the guest uses a proxy that asks who it is. */
const proxy = attached(
  'backup failed for lack of a network, proxy with sign-in',
  {
    wish: { subnet: 'snet-open' },
    touches: noNetwork.touches,
    start: 'protected',
    signs: [...noNetwork.signs, notes('network-proxy')],
  },
  (plan, garden) => {
    noNetwork.edit(plan, garden);
    plan.tags['backstop:proxy'] = 'authenticated';
  },
);

/** Decoy: the same tag, and nothing fails. */
const proxyUnneeded = attached(
  'decoy: proxy with sign-in, backups complete',
  { wish: { subnet: 'snet-open' } },
  (plan) => {
    plan.tags['backstop:proxy'] = 'authenticated';
  },
);

/** Security groups may not be read, so whether one cuts the agent off cannot be told. */
const hiddenGroups: SpecialPlace = {
  displayName: 'Hidden security groups',
  region: homeRegion,
  furnish: (site) => site.deny('Microsoft.Network/networkSecurityGroups/read'),
};

const unreadable = placed(
  'security groups may not be read',
  hiddenGroups,
  { touches: ['network', 'guest'], signs: [unclear('network-wireserver')] },
  (plan) => {
    run(plan);
    plan.nicWish = { subnet: 'snet-web', nicNsg: null };
  },
);

/** Everything about networks. */
export const networkPlants: readonly Plant[] = [
  ...unneeded,
  ...closures.map((closure) => cutOff(closure, oldAgent)),
  ...closures.map((closure) => cutOff(closure, noNetwork)),
  cutOff(deniesAll, workload),
  cutOff(deniesAll, fastWrites),
  ...waysOut.flatMap((subnet) => [oldAgent, noNetwork, workload, fastWrites].map((need) => throughTo(subnet, need))),
  attached('decoy: firewall with a rule for backup', { wish: { subnet: 'snet-backup' } }),
  ...wireServer,
  proxy,
  proxyUnneeded,
  unreadable,
];
