import { armId } from './arm-ids.ts';
import { put } from './bodies.ts';
import { reinstallTrusted, run } from './guest.ts';
import { minute } from './instants.ts';
import type { MachinePlan } from './machine-plan.ts';
import { homeRegion, type Region, specialRegion } from './names.ts';
import { placed } from './place-plants.ts';
import { type Garden, type Plant, plant } from './plants.ts';
import type { SpecialPlace } from './special-place.ts';
import { blocks, notes, unclear, veils, warns } from './truth.ts';

const model = { touches: ['model'] } as const;

/** Bought cheaply, and taken away when Azure needs the room. */
export const spot = plant('Spot VM', { ...model, signs: [notes('spot-vm')] }, (plan) => {
  plan.edits.push(({ vm }) => {
    put(vm, 'properties.priority', 'Spot');
    put(vm, 'properties.evictionPolicy', 'Deallocate');
  });
});

const regular = plant('decoy: regular priority, said in so many words', model, (plan) => {
  plan.edits.push(({ vm }) => put(vm, 'properties.priority', 'Regular'));
});

function provisioning(state: 'Failed' | 'Updating', code: string, sign: Parameters<typeof plant>[1]['signs']): Plant {
  return plant(`provisioning state ${state}`, { ...model, ...(sign && { signs: sign }) }, (plan) => {
    plan.edits.push(({ vm }) => {
      put(vm, 'properties.provisioningState', state);
      put(vm, 'instanceView.statuses.0.code', code);
      put(vm, 'instanceView.statuses.0.displayStatus', `Provisioning ${state.toLowerCase()}`);
    });
  });
}

/** The last change of the VM failed. */
export const provisioningFailed = provisioning('Failed', 'ProvisioningState/failed/InternalExecutionError', [
  warns('vm-provisioning-state'),
]);

/** Created so many minutes ago; its agent reports already. */
function born(words: string, minutes: number, signs: readonly ReturnType<typeof unclear>[] = []): Plant {
  return plant(words, { touches: ['model', 'guest'], start: 'unprotected', signs }, (plan, { now }) => {
    run(plan);
    plan.createdAt = now - minutes * minute;
  });
}

const tooSmall = plant('one core only', { touches: ['model', 'disks'], signs: [notes('vm-size-minimum')] }, (plan) => {
  plan.osDisk = 'managed';
  plan.dataDisks = 0;
  plan.hasSharedDisk = false;
  plan.size = { name: 'Standard_B1ms', maxDataDisks: 2 };
});

type Orchestration = 'Flexible' | 'Uniform' | null;

/** A scale set of its own, of this orchestration mode; null: the property is absent, which means Uniform. */
function inScaleSet(plan: MachinePlan, mode: Orchestration): void {
  plan.edits.push(({ vm, others }) => {
    const type = 'Microsoft.Compute/virtualMachineScaleSets';
    const name = `${plan.name}-set`;
    const { subscription, region } = plan.place;
    const id = armId(subscription.subscriptionId, plan.group, type, name);
    const properties = { provisioningState: 'Succeeded', ...(mode && { orchestrationMode: mode }) };
    others.push({ id, name, type, location: region.name, tags: {}, properties });
    put(vm, 'properties.virtualMachineScaleSet', { id });
  });
}

const uniform = { touches: ['model', 'network'], signs: [blocks('vmss-membership')] } as const;
const hiddenSets: SpecialPlace = {
  displayName: 'Hidden scale sets',
  region: homeRegion,
  furnish: (site) => site.deny('Microsoft.Compute/virtualMachineScaleSets/read'),
};

const scaleSets: readonly Plant[] = [
  plant('decoy: member of a Flexible scale set', { touches: ['model', 'network'] }, (plan) =>
    inScaleSet(plan, 'Flexible'),
  ),
  plant('member of a Uniform scale set', uniform, (plan) => inScaleSet(plan, 'Uniform')),
  plant('member of a scale set that tells no mode', uniform, (plan) => inScaleSet(plan, null)),
  placed(
    'member of a scale set that may not be read',
    hiddenSets,
    { touches: ['model', 'network'], signs: [veils('vmss-membership')] },
    (plan) => inScaleSet(plan, 'Flexible'),
  ),
];

/** A Confidential VM, which stands on an AMD size and encrypts the state of its guest. */
function confidential(plan: MachinePlan, garden: Garden): void {
  reinstallTrusted(plan, 'Linux', garden);
  run(plan);
  plan.osDisk = 'managed';
  plan.dataDisks = 0;
  plan.hasSharedDisk = false;
  plan.zone = null;
  plan.size = { name: 'Standard_DC4as_v6', maxDataDisks: 8 };
  plan.edits.push(({ vm, disks }) => {
    put(vm, 'properties.securityProfile.securityType', 'ConfidentialVM');
    put(vm, 'properties.storageProfile.osDisk.managedDisk.securityProfile', {
      securityEncryptionType: 'VMGuestStateOnly',
    });
    for (const disk of disks) {
      const securityType = 'ConfidentialVM_VMGuestStateEncryptedOnlyWithPlatformKey';
      put(disk, 'properties.securityProfile', { securityType });
    }
  });
}

const confidentialAreas = { start: 'unprotected', touches: ['guest', 'disks', 'model'] } as const;

/** Among the regions of the preview; pre-validation must decide, and has not run. */
function confidentialIn(region: Region): Plant {
  const place: SpecialPlace = { displayName: `Confidential in ${region.name}`, region };
  const planting = { ...confidentialAreas, signs: [unclear('security-confidential-vm')] };
  return placed(`Confidential VM in ${region.name}, a region of the preview`, place, planting, confidential);
}

const confidentials: readonly Plant[] = [
  placed(
    'Confidential VM outside the regions of the preview',
    { displayName: 'Confidential elsewhere', region: homeRegion },
    { ...confidentialAreas, signs: [blocks('security-confidential-vm')] },
    confidential,
  ),
  confidentialIn(specialRegion('uaenorth')),
  confidentialIn(specialRegion('westcentralus')),
  plant('decoy: a size for confidential computing only', { touches: ['model', 'disks'] }, (plan) => {
    plan.dataDisks = 0;
    plan.hasSharedDisk = false;
    plan.size = { name: 'Standard_DC4s_v3', maxDataDisks: 12 };
  }),
];

/** Everything about the VM as Azure models it. */
export const modelPlants: readonly Plant[] = [
  spot,
  regular,
  provisioningFailed,
  provisioning('Updating', 'ProvisioningState/updating', [unclear('vm-provisioning-state')]),
  born('created ten minutes ago', 10, [unclear('vm-provisioning-state')]),
  born('decoy: created 31 minutes ago', 31),
  tooSmall,
  ...scaleSets,
  ...confidentials,
];
