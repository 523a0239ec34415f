import type { Vault } from '../../lib/domain/protection.ts';
import type { availabilityZone } from '../../lib/rules/availability-zone.ts';
import type { Cases, Differing } from './case.ts';
import { fact, gap, machine, noItem, otherSubscription, ownSubscription, unread, vault } from './healthy-vm.ts';

const zonal = { vm: fact(machine({ zones: ['2'] })) };
const required = { ...zonal, settings: { requireZoneRestore: true } };

function inUse(change: Partial<Vault>): Differing {
  return { ...required, vaults: fact({ vaults: [vault('rsv-weu', change)] }) };
}

const { redundancy: _redundancy, ...withoutRedundancy } = vault('rsv-weu');
const notRequired = { outcome: 'pass', reason: 'NotRequired' } as const;
const zoneRedundant = { outcome: 'pass', reason: 'ZoneRedundant' } as const;
const fails = { outcome: 'fail', reason: 'OtherRedundancy', severity: 'info' } as const;
const notReported = { outcome: 'unknown', cause: 'not-reported' } as const;
const noPermission = { outcome: 'unknown', cause: 'no-permission' } as const;
const environments = { prod: { requireZoneRestore: true } };

export const cases: Cases<typeof availabilityZone> = [
  [
    'a regional VM',
    { settings: { requireZoneRestore: true } },
    { outcome: 'notApplicable', message: 'The VM is in no availability zone.' },
  ],
  [
    'nothing is required of a zonal VM',
    zonal,
    { ...notRequired, message: 'The VM is in zone 2; a restore into another zone is not required.' },
  ],
  ['nothing is required, and nothing else may be read', { ...zonal, items: unread, vaults: unread }, notRequired],
  [
    'a zone-redundant vault',
    inUse({ redundancy: 'ZoneRedundant' }),
    { ...zoneRedundant, message: 'The VM is in zone 2; vault rsv-weu can restore it into another zone.' },
  ],
  ['a zone-redundant vault, in other letters', inUse({ redundancy: 'zoneredundant' }), zoneRedundant],
  [
    'a geo-redundant vault',
    inUse({ redundancy: 'GeoRedundant' }),
    {
      ...fails,
      message: 'Zone 2 outage: vault rsv-weu uses GeoRedundant and cannot restore into another zone.',
      fix: {
        text: 'Protect zonal VMs in a zone-redundant vault; the redundancy must be chosen before the first VM is registered.',
        commands: [
          `az backup vault create --subscription ${ownSubscription} -g rg-backup -n rsv-westeurope -l westeurope`,
          `az backup vault backup-properties set --subscription ${ownSubscription} -g rg-backup -n rsv-westeurope --backup-storage-redundancy ZoneRedundant`,
        ],
      },
    },
  ],
  [
    'a geo-redundant vault beside one that has the name of the new one',
    { ...required, vaults: fact({ vaults: [vault('rsv-weu'), vault('rsv-westeurope')] }) },
    {
      ...fails,
      fix: {
        commands: [
          `az backup vault create --subscription ${ownSubscription} -g rg-backup -n rsv-westeurope-2 -l westeurope`,
          `az backup vault backup-properties set --subscription ${ownSubscription} -g rg-backup -n rsv-westeurope-2 --backup-storage-redundancy ZoneRedundant`,
        ],
      },
    },
  ],
  ['a locally redundant vault', inUse({ redundancy: 'LocallyRedundant' }), fails],
  [
    'a VM in several zones',
    { ...inUse({}), vm: fact(machine({ zones: ['1', '3'] })) },
    { ...fails, message: 'Zone 1, 3 outage: vault rsv-weu uses GeoRedundant and cannot restore into another zone.' },
  ],
  [
    'a vault that does not say',
    { ...required, vaults: fact({ vaults: [withoutRedundancy] }) },
    { ...notReported, message: 'Vault rsv-weu does not report its storage redundancy.' },
  ],
  ['a redundancy that Azure calls invalid', inUse({ redundancy: 'Invalid' }), notReported],
  ['no item: the vault to use counts', { ...inUse({ redundancy: 'ZoneRedundant' }), ...noItem }, zoneRedundant],
  [
    'no item: the first vault is full, and the next is not zone-redundant',
    {
      ...required,
      ...noItem,
      vaults: fact({ vaults: [vault('rsv-a', { redundancy: 'ZoneRedundant' }), vault('rsv-weu')] }),
      loads: fact({ vaults: new Map([[vault('rsv-a').key, { vms: 1000, dataSources: 1000 }]]), policies: new Map() }),
    },
    fails,
  ],
  [
    'no item and no vault that may be used',
    { ...required, ...noItem, vaults: fact({ vaults: [vault('rsv-hub', { subscriptionId: otherSubscription })] }) },
    { outcome: 'notApplicable', message: 'There is no vault to ask about.' },
  ],
  [
    'no item and no vault, where vaults may be hidden',
    { ...required, ...noItem, vaults: fact({ vaults: [], gap }) },
    { outcome: 'unknown', cause: 'partial-inventory' },
  ],
  [
    'the vault that holds the item could not be read',
    { ...required, vaults: fact({ vaults: [] }) },
    { outcome: 'unknown', cause: 'partial-inventory' },
  ],
  ['the environment of the VM requires it', { ...zonal, settings: { environments } }, fails],
  [
    'tags that may not be read, where environments differ',
    { ...zonal, tags: unread, settings: { environments } },
    noPermission,
  ],
  ['items that may not be read', { ...required, items: unread }, noPermission],
  ['vaults that may not be read', { ...required, vaults: unread }, noPermission],
  ['a VM that may not be read', { vm: unread }, noPermission],
];
