import { reinstallTrusted, run, switchOff, versionRule } from './guest.ts';
import { homeRegion } from './names.ts';
import { placed } from './place-plants.ts';
import { hasVisibleItem, type Plant } from './plants.ts';
import { follow } from './protection-plans.ts';
import type { SpecialPlace } from './special-place.ts';
import { blinds, clouds, leavesOpen, unclear, veils } from './truth.ts';

/** A subscription in which Backstop is refused one kind of read. */
function without(action: string): SpecialPlace {
  return { displayName: `Without ${action}`, region: homeRegion, furnish: (site) => site.deny(action) };
}

/** The model of the VM tells sizes and kinds of its disks, but not what is special about them. */
const disks = placed(
  'disks may not be read',
  without('Microsoft.Compute/disks/read'),
  {
    touches: ['disks', 'guest'],
    // Whether a VM without the extension of ADE may be encrypted all the same is open.
    signs: [veils('disk-shared'), veils('disk-auth-and-security-type'), leavesOpen('encryption-ade')],
  },
  (plan) => {
    run(plan);
    plan.osDisk = 'managed';
    plan.dataDisks = 1;
    plan.dataDiskSku = 'Premium_LRS';
    plan.hasSharedDisk = false;
  },
);

/** Whether the VM runs, which decides whether the host channel is a question, is part of the instance view. */
const wire = [leavesOpen('network-wireserver')];

const withoutInstanceViews = without('Microsoft.Compute/virtualMachines/instanceView/read');

const instanceViews = placed(
  'instance view may not be read',
  withoutInstanceViews,
  { touches: ['guest'], signs: (plan) => [...wire, unclear('agent-ready'), unclear(versionRule(plan))] },
  (plan) => {
    run(plan);
    plan.isGalleryImage = false;
  },
);

/** The instance view of a VM that is off would not tell anything either. */
const instanceViewOff = placed(
  'instance view may not be read, and the VM is off',
  withoutInstanceViews,
  { touches: ['guest'], signs: wire },
  (plan) => {
    switchOff(plan);
    plan.isGalleryImage = false;
  },
);

const extensions = placed(
  'extensions may not be read',
  without('Microsoft.Compute/virtualMachines/extensions/read'),
  {
    // Without an item the verdict would hang on what is left open.
    start: 'protected',
    touches: ['guest', 'disks'],
    signs: [unclear('agent-extensions-healthy'), leavesOpen('encryption-ade')],
  },
  (plan) => {
    run(plan);
  },
);

/** The policy of an item may not be read: neither what it promises nor whether it fits. */
const policies = placed(
  'backup policies may not be read',
  without('Microsoft.RecoveryServices/vaults/backupPolicies/read'),
  {
    start: 'protected',
    touches: ['guest', 'policy', 'health', 'disks'],
    signs: [
      clouds('health-rpo'),
      veils('policy-type-fit'),
      veils('security-trusted-launch'),
      unclear('policy-retention-minimum'),
      unclear('policy-schedule-rpo'),
      leavesOpen('policy-capacity'),
    ],
  },
  (plan, garden) => {
    reinstallTrusted(plan, 'Linux', garden);
    plan.dataDiskSku = 'Premium_LRS';
    follow(plan, 'enhanced', garden);
  },
);

const providers = placed(
  'resource providers may not be read',
  without('Microsoft.Resources/subscriptions/providers/read'),
  { signs: [veils('vault-provider-region')] },
);

const funnel = [
  'vault-same-region',
  'vault-subscription-scope',
  'vault-writable',
  'vault-capacity',
  'policy-capacity',
  'policy-type-fit',
];

/** No vault of the subscription may be seen: whether its VMs are protected cannot be told (ruling 3). */
const vaults = placed(
  'vaults of the subscription may not be read',
  without('Microsoft.RecoveryServices/vaults/read'),
  {
    touches: ['policy', 'health'],
    // Ruling 4 names what is unknown; what becomes of the steps of the funnel it does not say.
    signs: [...blinds, ...funnel.map(leavesOpen)],
  },
  (plan) => {
    plan.isBlind = true;
  },
);

/** What old vaults do not report and ARM refuses to tell. */
const vaultSettings: SpecialPlace = {
  displayName: 'Hidden settings of the vault',
  region: homeRegion,
  furnish(site) {
    const settings = site.vault.properties;
    delete settings['redundancySettings'];
    delete settings['securitySettings'];
    site.deny('Microsoft.RecoveryServices/vaults/backupstorageconfig/read');
    site.deny('Microsoft.RecoveryServices/vaults/backupconfig/read');
  },
};

const hiddenSettings = placed('settings of the vault may not be read', vaultSettings, {
  signs: (plan) => (hasVisibleItem(plan) ? [unclear('vault-storage-redundancy'), unclear('vault-soft-delete')] : []),
});

/** Everything that Backstop may not read, beside what belongs to another theme. */
export const deniedPlants: readonly Plant[] = [
  disks,
  instanceViews,
  instanceViewOff,
  extensions,
  policies,
  providers,
  vaults,
  hiddenSettings,
];
