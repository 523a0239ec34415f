import type { UnknownBecause } from '../../lib/domain/fact.ts';
import type { Vault, VaultInventory } from '../../lib/domain/protection.ts';
import type { VaultLoad } from '../../lib/domain/vault-load.ts';
import type { vaultCapacity } from '../../lib/rules/vault-capacity.ts';
import type { Cases, Differing } from './case.ts';
import { fact, gap, machine, noItem, otherSubscription, ownSubscription, unread, vault } from './healthy-vm.ts';

const own = vault('rsv-weu');
const second = vault('rsv-westeurope');
const hub = vault('rsv-hub', { subscriptionId: otherSubscription });
const full: VaultLoad = { vms: 1000, dataSources: 1000 };
const closed: UnknownBecause = { cause: 'no-permission', detail: 'The items of the vault may not be read.' };

function holds(...loads: readonly (readonly [Vault, Partial<VaultLoad>])[]): Differing {
  const vaults = new Map(loads.map(([{ key }, load]) => [key, { vms: 0, dataSources: 0, ...load }]));
  return { ...noItem, loads: fact({ vaults, policies: new Map() }) };
}

function vaults(list: readonly Vault[], rest: Partial<VaultInventory> = {}): Differing {
  return { vaults: fact({ vaults: list, ...rest }) };
}

function unseen(vms: number, ...incomplete: readonly Vault[]): Differing {
  return {
    ...noItem,
    loads: fact({
      vaults: new Map([[own.key, { vms, dataSources: vms }]]),
      policies: new Map(),
      incomplete: new Map(incomplete.map(({ key }) => [key, closed])),
    }),
  };
}

const room = { outcome: 'pass', reason: 'Room' } as const;
const nearlyFull = { outcome: 'pass', reason: 'NearlyFull' } as const;
const fails = { outcome: 'fail', reason: 'Full', severity: 'blocker' } as const;
const noPermission = { outcome: 'unknown', cause: 'no-permission' } as const;
const notAsked = { outcome: 'notApplicable', message: 'No vault is left to ask about.' } as const;

export const cases: Cases<typeof vaultCapacity> = [
  ['an empty vault', noItem, { ...room, message: 'Vault rsv-weu holds 0 of 1000 VMs and 0 of 2000 data sources.' }],
  ['899 VMs', holds([own, { vms: 899, dataSources: 899 }]), room],
  [
    '900 VMs: 90 % (ruling 18)',
    holds([own, { vms: 900, dataSources: 900 }]),
    {
      ...nearlyFull,
      message: 'Vault rsv-weu holds 900 of 1000 VMs and 900 of 2000 data sources: 90 % of a limit or more.',
    },
  ],
  ['999 VMs', holds([own, { vms: 999, dataSources: 999 }]), nearlyFull],
  [
    '1,000 VMs, the most that a vault takes',
    holds([own, full]),
    {
      ...fails,
      message: 'Vault rsv-weu holds 1000 of 1000 VMs.',
      fix: {
        text: 'Create another vault in the region; it takes 250 new VMs a day.',
        commands: [
          `az backup vault create --subscription ${ownSubscription} -g rg-backup -n rsv-westeurope -l westeurope`,
        ],
      },
    },
  ],
  ['1,799 data sources', holds([own, { vms: 1, dataSources: 1799 }]), room],
  ['1,800 data sources: 90 %', holds([own, { vms: 1, dataSources: 1800 }]), nearlyFull],
  ['1,999 data sources', holds([own, { vms: 1, dataSources: 1999 }]), nearlyFull],
  [
    '2,000 data sources, most of them no VMs',
    holds([own, { vms: 1, dataSources: 2000 }]),
    { ...fails, message: 'Vault rsv-weu holds 2000 of 2000 data sources.' },
  ],
  [
    'one vault is full, the next has room',
    { ...holds([second, full], [own, { vms: 3, dataSources: 3 }]), ...vaults([own, second]) },
    { ...room, message: 'Vault rsv-weu holds 3 of 1000 VMs and 3 of 2000 data sources.' },
  ],
  [
    'several vaults, all full: the new one gets a name that none of them has',
    { ...holds([second, full], [own, { vms: 1, dataSources: 2000 }]), ...vaults([own, second]) },
    {
      ...fails,
      message: 'Vault rsv-westeurope holds 1000 of 1000 VMs. Full as well: rsv-weu.',
      fix: {
        commands: [
          `az backup vault create --subscription ${ownSubscription} -g rg-backup -n rsv-westeurope-2 -l westeurope`,
        ],
      },
    },
  ],
  [
    'three vaults, all full',
    {
      ...holds([second, full], [own, full], [vault('rsv-z'), full]),
      ...vaults([vault('rsv-z'), own, second]),
    },
    { ...fails, message: 'Vault rsv-westeurope holds 1000 of 1000 VMs. Full as well: rsv-weu, rsv-z.' },
  ],
  [
    'a full vault of another subscription, allowed: another one beside it',
    { ...holds([hub, full]), ...vaults([hub]), settings: { allowCrossSubscriptionVaults: true } },
    {
      ...fails,
      fix: {
        commands: [
          `az backup vault create --subscription ${otherSubscription} -g rg-backup -n rsv-westeurope -l westeurope`,
        ],
      },
    },
  ],
  [
    'a full vault of another region is no matter',
    { ...holds([vault('rsv-neu'), full]), ...vaults([vault('rsv-neu', { region: 'northeurope' }), own]) },
    room,
  ],
  [
    'a full vault where others may be hidden',
    { ...holds([own, full]), ...vaults([own], { gap }) },
    { outcome: 'unknown', cause: 'partial-inventory', message: gap.detail },
  ],
  ['items that are not all seen', unseen(3, own), { ...noPermission, message: closed.detail }],
  ['items that are not all seen, of which enough are', unseen(1000, own), fails],
  [
    'items that are not all seen in a vault, and room in another',
    { ...unseen(3, second), ...vaults([second, own]) },
    room,
  ],
  ['loads that may not be read', { ...noItem, loads: unread }, noPermission],
  [
    'loads that may not be read, of a VM whose items may be hidden (ruling 4)',
    { items: fact({ live: [], softDeleted: [], gap }), loads: unread },
    { outcome: 'notApplicable', message: 'Whether the VM has a place in a vault already cannot be told.' },
  ],
  [
    'items that are not all seen, of a VM whose items may be among them (ruling 4)',
    { ...unseen(3, own), items: fact({ live: [], softDeleted: [], gap }) },
    { outcome: 'notApplicable', message: 'Whether the VM has a place in a vault already cannot be told.' },
  ],
  [
    'a full vault, of a VM whose items may be hidden',
    { ...holds([own, full]), items: fact({ live: [], softDeleted: [], gap }) },
    fails,
  ],
  [
    'loads that may not be read, and no vault in the region (ruling 1)',
    { ...noItem, ...vaults([]), loads: unread },
    notAsked,
  ],
  [
    'a full vault that accepts no changes: the step before says so (ruling 1)',
    { ...holds([own, full]), ...vaults([vault('rsv-weu', { provisioningState: 'Failed' })]) },
    notAsked,
  ],
  [
    'a full vault whose locks may not be read: whatever they are, nothing is left',
    { ...holds([own, full]), ...vaults([vault('rsv-weu', { locks: unread })]) },
    fails,
  ],
  [
    'an empty vault whose locks may not be read: the step before is in doubt, this one is not',
    { ...noItem, ...vaults([vault('rsv-weu', { locks: unread })]) },
    room,
  ],
  [
    'a full vault, and an empty one whose locks may not be read',
    { ...holds([second, full]), ...vaults([second, vault('rsv-weu', { locks: unread })]) },
    { ...noPermission, message: 'The identity may not read it.' },
  ],
  [
    'a full vault, and an empty one whose tenant is not told',
    {
      ...holds([own, full]),
      ...vaults([own, { ...hub, tenantId: '', locks: unread }]),
      settings: { allowCrossSubscriptionVaults: true },
    },
    { outcome: 'unknown', cause: 'not-reported' },
  ],
  [
    'only vaults of another kind in the settings (ruling 1)',
    { ...noItem, settings: { expectedVaults: ['/subscriptions/s/providers/Microsoft.DataProtection/backupVaults/b'] } },
    notAsked,
  ],
  [
    'a VM that has its place in a full vault',
    { loads: holds([own, full]).loads ?? unread },
    { outcome: 'notApplicable', message: 'Vault rsv-weu holds an item of this VM already.' },
  ],
  ['a VM in another region', { ...holds([own, full]), vm: fact(machine({ region: 'northeurope' })) }, notAsked],
  ['items that may not be read', { items: unread }, noPermission],
  ['vaults that may not be read', { ...noItem, vaults: unread }, noPermission],
  ['a VM that may not be read', { ...noItem, vm: unread }, noPermission],
];
