import type { EstateResource } from './estate.ts';
import { hour, instant } from './instants.ts';
import { failedWith } from './job-edits.ts';
import type { MachinePlan } from './machine-plan.ts';
import { homeRegion } from './names.ts';
import { placed } from './place-plants.ts';
import { hasVisibleItem, type Plant, protectionPlant } from './plants.ts';
import { follow, lastRunWent } from './protection-plans.ts';
import type { Site } from './site.ts';
import type { SpecialPlace } from './special-place.ts';
import { blocks, endangers, type Sign, unclear, veils, warns } from './truth.ts';

type Collection = { readonly vmId: string; readonly suffix: string; readonly count: number; readonly now: number };

/** A collection of restore points, as Azure Backup keeps them in a group of its own beside the VM. */
function restorePoints({ place }: MachinePlan, { vmId, suffix, count, now }: Collection): EstateResource {
  const { subscriptionId } = place.subscription;
  const region = place.region.name;
  const group = `/subscriptions/${subscriptionId}/resourceGroups/AzureBackupRG_${region}_1`;
  const type = 'Microsoft.Compute/restorePointCollections';
  const name = `AzureBackup_${vmId.split('/').at(-1)}_${suffix}`;
  const id = `${group}/providers/${type}/${name}`;
  const points = Array.from({ length: count }, (_, number) => ({
    id: `${id}/restorePoints/AzureBackup_${number}`,
    name: `AzureBackup_${number}`,
    properties: { provisioningState: 'Succeeded', timeCreated: instant(now - (4 * number + 5) * hour) },
  }));
  return {
    id,
    name,
    type,
    location: region,
    tags: {},
    properties: { source: { id: vmId, location: region }, provisioningState: 'Succeeded', restorePoints: points },
  };
}

/** Has so many restore points, in one collection or several. */
function pointsOf(words: string, counts: readonly number[], signs: readonly Sign[] = []): Plant {
  return protectionPlant(words, { touches: ['policy', 'restore'], signs }, (_, garden, plan) => {
    follow(plan, 'hourly', garden);
    plan.edits.push(({ vm, others }) => {
      for (const [number, count] of counts.entries()) {
        others.push(restorePoints(plan, { vmId: vm.id, suffix: `28147${number}`, count, now: garden.now }));
      }
    });
  });
}

const tooMany = [warns('restore-point-limit')];

const limits: readonly Plant[] = [
  pointsOf('decoy: 15 restore points', [15]),
  pointsOf('16 restore points', [16], tooMany),
  pointsOf('18 restore points', [18], tooMany),
  pointsOf('8 restore points in each of two collections', [8, 8], tooMany),
  protectionPlant(
    'last backup failed at the limit of restore points',
    { touches: ['policy', 'health', 'restore'], signs: [...tooMany, endangers('health-last-backup')] },
    (protection, { now }, plan) => {
      lastRunWent(protection, 'Failed', now);
      failedWith(plan, 'UserErrorRpCollectionLimitReached', 'The restore point limit of the VM is reached.');
    },
  ),
];

const groupOfPoints = (site: Site, number = 1) => site.group(`AzureBackupRG_${site.region}_${number}`);

/** Locks in a place; they matter to VMs with an item there. */
function locked(words: string, furnish: (site: Site) => void, signs: readonly Sign[] = []): Plant {
  const place: SpecialPlace = { displayName: `Locks: ${words}`, region: homeRegion, furnish };
  return placed(words, place, { signs: (plan) => (hasVisibleItem(plan) ? signs : []) });
}

const clean = [warns('lock-restore-point-rg')];
const group = (name: string) => (site: Site) => site.lock(site.group(name), 'CanNotDelete');

/** The subscription may not be changed at all: neither its vault nor the group of its restore points. */
const frozenSubscription: SpecialPlace = {
  displayName: 'Frozen subscription',
  region: homeRegion,
  furnish: (site) => site.lock(site.subscription, 'ReadOnly'),
};

/** The policy names a group of its own for restore points. */
function ownGroup(words: string, furnish: (site: Site) => void, signs: readonly Sign[] = []): Plant {
  const place: SpecialPlace = { displayName: words, region: homeRegion, furnish };
  return placed(words, place, { start: 'protected', touches: ['policy'], signs }, (plan, garden) =>
    follow(plan, 'ownGroup', garden),
  );
}

/** Decoy: locks on the VM and on its own group. */
const ownLocks = placed(
  'decoy: locks on the VM and its group',
  { displayName: 'Locked machines', region: homeRegion },
  { touches: ['name'] },
  (plan) => {
    plan.group = `rg-kept-${plan.number}`;
    plan.edits.push(({ vm, others }) => {
      for (const scope of [vm.id, vm.id.replace(/\/providers\/.*/, '')]) {
        const type = 'Microsoft.Authorization/locks';
        const properties = { level: 'CanNotDelete', notes: '' };
        others.push({ id: `${scope}/providers/${type}/keep`, name: 'keep', type, properties });
      }
    });
  },
);

/** Which locks there are may not be read. */
const hiddenLocks: SpecialPlace = {
  displayName: 'Hidden locks',
  region: homeRegion,
  furnish: (site) => site.deny('Microsoft.Authorization/locks/read'),
};

const locks: readonly Plant[] = [
  locked('lock on the group of the restore points', (site) => site.lock(groupOfPoints(site), 'CanNotDelete'), clean),
  locked('read-only lock on the second group of restore points', (s) => s.lock(groupOfPoints(s, 2), 'ReadOnly'), clean),
  locked('delete lock on the subscription', (site) => site.lock(site.subscription, 'CanNotDelete'), clean),
  locked('decoy: lock on the restore points of another region', group('AzureBackupRG_northeurope_1')),
  locked('decoy: lock on a group with a similar name', group('AzureBackupRG-runbooks')),
  placed('read-only lock on the subscription', frozenSubscription, {
    signs: (plan) => (hasVisibleItem(plan) ? clean : [blocks('vault-writable')]),
  }),
  ownGroup('lock on the own group of the policy', group('rg-snapshots-1-prod'), clean),
  ownGroup('decoy: lock on a group like the own one of the policy', group('rg-snapshots-prod')),
  ownLocks,
  placed('locks may not be read', hiddenLocks, {
    signs: (plan) => (hasVisibleItem(plan) ? [unclear('lock-restore-point-rg')] : [veils('vault-writable')]),
  }),
];

/** Everything about restore points and the locks that keep them. */
export const restorePointPlants: readonly Plant[] = [...limits, ...locks];
