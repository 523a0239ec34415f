import { drop, put } from './bodies.ts';
import { extension } from './extensions.ts';
import { attachInTheOpen, reinstallOldStyle, run, switchOff, versionRule } from './guest.ts';
import { instant, minute } from './instants.ts';
import { addJob } from './job-edits.ts';
import { healthyAgent, type MachinePlan } from './machine-plan.ts';
import { type Garden, type Plant, plant } from './plants.ts';
import { notes, unclear, warns } from './truth.ts';

/** Runs, but no agent has ever reported. */
export const agentMissing = plant(
  'VM agent missing',
  { touches: ['guest'], signs: (plan) => [warns('agent-ready'), unclear(versionRule(plan))] },
  (plan) => {
    run(plan);
    plan.isGalleryImage = false;
    plan.agent = null;
  },
);

/** Runs, and the agent has stopped reporting. */
export const agentNotReady = plant(
  'VM agent not ready',
  { touches: ['guest'], signs: [warns('agent-ready')] },
  (plan, { random }) => {
    run(plan);
    plan.agent = { ...healthyAgent(plan.image, random), status: 'Not Ready' };
  },
);

/** Created without an agent, and none was installed later. */
const agentNeverProvisioned = plant(
  'created without a VM agent, and none is there',
  {
    touches: ['guest'],
    signs: (plan) => [warns('agent-provisioned'), warns('agent-ready'), unclear(versionRule(plan))],
  },
  (plan) => {
    run(plan);
    plan.isGalleryImage = false;
    plan.agent = null;
    plan.edits.push(({ vm }) => put(vm, `${configurationOf(plan)}.provisionVMAgent`, false));
  },
);

/** Created without an agent; somebody has installed one by hand since. */
const agentInstalledByHand = plant(
  'created without a VM agent, which was installed by hand',
  { touches: ['guest'], signs: [warns('agent-provisioned')] },
  (plan, { random }) => {
    run(plan);
    plan.agent = healthyAgent(plan.image, random);
    plan.edits.push(({ vm }) => put(vm, `${configurationOf(plan)}.provisionVMAgent`, false));
  },
);

const configurationOf = ({ image }: MachinePlan) => `properties.osProfile.${image.osType.toLowerCase()}Configuration`;

/** Made from a disk and not from an image: neither profile nor image tells anything. */
function madeFromDisk(plan: MachinePlan): void {
  plan.isGalleryImage = true;
  plan.edits.push(({ vm }) => {
    drop(vm, 'properties.osProfile');
    drop(vm, 'properties.storageProfile.imageReference');
    put(vm, 'properties.storageProfile.osDisk.createOption', 'Attach');
  });
}

/** Decoy: no profile says that there is an agent, but one reports. */
const specialisedReady = plant('decoy: made from a specialised disk, agent ready', { touches: ['guest'] }, (plan) => {
  run(plan);
  madeFromDisk(plan);
});

/** No profile says that there is an agent, and the one that is there does not report. */
const specialisedNotReady = plant(
  'made from a specialised disk, agent not ready',
  { touches: ['guest'], signs: [warns('agent-provisioned'), warns('agent-ready')] },
  (plan, { random }) => {
    run(plan);
    madeFromDisk(plan);
    plan.agent = { ...healthyAgent(plan.image, random), status: 'Not Ready' };
  },
);

/** No profile, no image, and nobody to ask while it is off. */
const specialisedOff = plant(
  'made from a specialised disk, and off',
  { touches: ['guest'], signs: [unclear('agent-provisioned')] },
  (plan) => {
    switchOff(plan);
    madeFromDisk(plan);
  },
);

const powers: readonly Plant[] = (['deallocated', 'stopped', 'starting'] as const).map((power) =>
  plant(`VM ${power}, so its agent cannot be asked`, { touches: ['guest'] }, (plan) => switchOff(plan, power)),
);

/** The agent's last word is of so many minutes ago. */
function lastHeard(minutes: number, planting: Parameters<typeof plant>[1]): Plant {
  const isDecoy = planting.signs === undefined;
  return plant(`${isDecoy ? 'decoy: ' : ''}VM agent last heard ${minutes} minutes ago`, planting, (plan, garden) => {
    run(plan);
    plan.agent = healthyAgent(plan.image, garden.random);
    const time = instant(garden.now - minutes * minute);
    plan.edits.push(({ vm }) => put(vm, 'instanceView.vmAgent.statuses.0.time', time));
  });
}

/** Ready, but it does not say which version it is. */
const versionUnsaid = plant(
  'VM agent does not tell its version',
  { touches: ['guest'], signs: (plan) => [unclear(versionRule(plan))] },
  (plan) => {
    run(plan);
    plan.agent = { status: 'Ready', version: 'Unknown' };
  },
);

type OsType = 'Linux' | 'Windows';

/** Runs this version of the agent. An old agent makes the network matter, so the VM stands where nothing is closed. */
function runsVersion(osType: OsType, version: string): (plan: MachinePlan, garden: Garden) => void {
  return (plan, garden) => {
    reinstallOldStyle(plan, osType, garden);
    run(plan);
    attachInTheOpen(plan);
    plan.agent = { status: 'Ready', version };
  };
}

function tooOld(osType: OsType, version: string): Plant {
  const planting = { touches: ['guest', 'network'], signs: [warns(`agent-version-${osType.toLowerCase()}`)] } as const;
  return plant(`${osType} VM agent ${version}, too old`, planting, runsVersion(osType, version));
}

function newEnough(osType: OsType, version: string): Plant {
  const words = `decoy: ${osType} VM agent ${version}, new enough`;
  return plant(words, { touches: ['guest', 'network'] }, runsVersion(osType, version));
}

/** Runs Windows with an agent of a version that was retired years ago. */
export const oldWindowsAgent = tooOld('Windows', '2.6.1198.610');
/** Runs Linux with an agent of a version that was retired years ago. */
export const oldLinuxAgent = tooOld('Linux', '2.2.49.2');

const versions: readonly Plant[] = [
  oldWindowsAgent,
  oldLinuxAgent,
  // As texts 999 and 1009 are greater than 1010.
  tooOld('Windows', '2.7.41491.999'),
  tooOld('Windows', '2.7.41491.1009'),
  // The minimum of the backup page, which is below that of support.
  tooOld('Windows', '2.6.1198.718'),
  tooOld('Linux', '2.2.53.0'),
  newEnough('Windows', '2.7.41491.1010'),
  newEnough('Windows', '2.7.100491.5'),
  newEnough('Linux', '2.2.53.1'),
  newEnough('Linux', '2.11.0.0'),
];

/** Extensions are switched off, which is possible only while there are none. */
const extensionsOff = plant(
  'extension operations switched off',
  { touches: ['guest'], signs: [warns('agent-extensions-allowed')] },
  (plan) => {
    plan.edits.push(({ vm, extensions }) => {
      put(vm, 'properties.osProfile.allowExtensionOperations', false);
      extensions.length = 0;
    });
  },
);

/** Decoy: nothing is said about extensions, so they are allowed. */
const extensionsUnsaid = plant('decoy: nothing said about extension operations', { touches: ['guest'] }, (plan) => {
  plan.edits.push(({ vm }) => drop(vm, 'properties.osProfile.allowExtensionOperations'));
});

/** An extension of this state, in a VM that runs. */
function withExtension(
  words: string,
  [publisher, name, provisioningState]: readonly [string, string, string],
  planting: Omit<Parameters<typeof plant>[1], 'touches'> = {},
): Plant {
  return plant(words, { touches: ['guest'], ...planting }, (plan) => {
    run(plan);
    plan.edits.push(({ vm, extensions }) => {
      const added = extension(plan, vm.id, publisher, name);
      put(added, 'properties.provisioningState', provisioningState);
      const others = extensions.filter((each) => each.name !== name);
      extensions.splice(0, extensions.length, ...others, added);
    });
  });
}

const unhealthy = { signs: [warns('agent-extensions-healthy')] };

/** An extension of the VM has failed. */
export const failedExtension = withExtension(
  'an extension has failed',
  ['Microsoft.Compute', 'CustomScriptExtension', 'Failed'],
  unhealthy,
);

/** An extension has been at its update for longer than anybody would wait. */
const endlessUpdate = plant(
  'an extension has been updating for three hours',
  { touches: ['guest'], signs: [unclear('agent-extensions-healthy')] },
  (plan, { now }) => {
    run(plan);
    plan.edits.push(({ vm, extensions }) => {
      const added = extension(plan, vm.id, 'Microsoft.Compute', 'CustomScriptExtension');
      put(added, 'properties.provisioningState', 'Updating');
      extensions.push(added);
      const status = { code: 'ProvisioningState/updating', level: 'Info', time: instant(now - 180 * minute) };
      put(vm, 'instanceView.extensions', [{ name: added.name, type: added.name, statuses: [status] }]);
    });
  },
);

const extensionPlants: readonly Plant[] = [
  endlessUpdate,
  extensionsOff,
  extensionsUnsaid,
  failedExtension,
  withExtension(
    'the snapshot extension has failed',
    ['Microsoft.Azure.RecoveryServices', 'VMSnapshot', 'Failed'],
    unhealthy,
  ),
  withExtension('decoy: one more extension, in good order', [
    'Microsoft.Azure.Security.Monitoring',
    'AzureSecurityAgent',
    'Succeeded',
  ]),
];

/** The agent needs care, and a backup is running: the care has to wait. */
const agentNotReadyDuringBackup = plant(
  'VM agent not ready while a backup is running',
  { touches: ['guest', 'health'], start: 'protected', signs: [warns('agent-ready'), notes('agent-update-idle')] },
  (plan, garden) => {
    run(plan);
    plan.agent = { ...healthyAgent(plan.image, garden.random), status: 'Not Ready' };
    addJob(plan, garden, {
      operation: 'Backup',
      status: 'InProgress',
      startedAt: garden.now - 20 * minute,
      minutes: 0,
    });
  },
);

/** Everything about agents and extensions. */
export const agentPlants: readonly Plant[] = [
  agentMissing,
  agentNotReady,
  agentNotReadyDuringBackup,
  agentNeverProvisioned,
  agentInstalledByHand,
  specialisedReady,
  specialisedNotReady,
  specialisedOff,
  ...powers,
  lastHeard(14, { touches: ['guest'] }),
  lastHeard(16, { touches: ['guest'], signs: [unclear('agent-ready')] }),
  versionUnsaid,
  ...versions,
  ...extensionPlants,
];
