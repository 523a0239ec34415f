import type { BodyEdit } from './bodies.ts';
import { type Image, linuxImages, windowsImages } from './images.ts';
import { day, minute } from './instants.ts';
import type { Landscape, Place } from './landscape.ts';
import { drawTags, type Environment, machineName } from './names.ts';
import type { NicWish } from './network.ts';
import { lastFinishedRun, type PolicyKind } from './policies.ts';
import { type Random, randomStream } from './random.ts';
import { drawDiskCount, drawSize, manyDisksSize, type Size } from './sizes.ts';

/** What Azure Backup has done for a VM so far. Instants are in milliseconds. */
export type Protection = {
  policy: PolicyKind;
  state:
    | 'Protected'
    | 'IRPending'
    | 'ProtectionStopped'
    | 'ProtectionPaused'
    | 'BackupsSuspended'
    | 'ProtectionError'
    | 'Invalid';
  enabledAt: number;
  lastBackup: { status: 'Completed' | 'CompletedWithWarnings' | 'Failed' | 'Cancelled'; startedAt: number } | null;
  lastPointAt: number | null;
  /** Since when its data waits for deletion; null for a live item. */
  softDeletedAt: number | null;
  /** Whether a second vault protects it too. */
  isTwofold: boolean;
  /** Whether the item writes the id of its vault in other letters than the vault does. */
  isVaultIdRespelt: boolean;
};

/**
 * All that is decided about one VM before any body is written. What `planMachine` draws is free of problems; plants
 * change a plan, and the bodies follow from it.
 */
export type MachinePlan = {
  readonly number: number;
  place: Place;
  group: string;
  name: string;
  tags: Record<string, string>;
  image: Image;
  /** Whether the image is the company's own, so that it does not tell the operating system. */
  isGalleryImage: boolean;
  size: Size;
  zone: string | null;
  createdAt: number;
  power: 'running' | 'deallocated' | 'stopped' | 'starting';
  agent: { status: 'Ready' | 'Not Ready'; version: string } | null;
  osDisk: 'managed' | 'unmanaged' | 'ephemeral';
  dataDisks: number;
  dataDiskSku: string;
  hasSharedDisk: boolean;
  hasSecondNic: boolean;
  /** Where its NICs have to be attached; what is not named is drawn. */
  nicWish: NicWish;
  protection: Protection | null;
  /** Whether the items of the vault in its region may not be read. */
  isBlind: boolean;
  /** What plants change in the bodies themselves. */
  readonly edits: BodyEdit[];
};

const agentVersions = {
  Linux: ['2.15.0.1', '2.15.0.1', '2.14.0.1', '2.11.1.12'],
  Windows: ['2.7.41491.1183', '2.7.41491.1183', '2.7.41491.1180'],
} as const;

/** An agent in good order, as images of this operating system bring it. */
export function healthyAgent(image: Image, random: Random): NonNullable<MachinePlan['agent']> {
  return { status: 'Ready', version: random.pick(agentVersions[image.osType]) };
}

type Draft = {
  readonly seed: number;
  readonly number: number;
  readonly now: number;
  readonly landscape: Landscape;
  readonly isProtected: boolean;
};

const environments: readonly (readonly [weight: number, environment: Environment])[] = [
  [65, 'prod'],
  [27, 'nonprod'],
  [8, 'sandbox'],
];

/** Draws a VM without problems: in a place with a vault, agent ready, protected and backed up last night, or not at all. */
export function planMachine({ seed, number, now, landscape, isProtected }: Draft): MachinePlan {
  const random = randomStream(seed, 'machine', number);
  const place = landscape.draw(random);
  const application = random.pick(place.subscription.applications);
  const environment = random.weighted(environments);
  const image = random.weighted(random.chance(55) ? linuxImages : windowsImages);
  const power = random.weighted([
    [85, 'running'],
    [12, 'deallocated'],
    [3, 'stopped'],
  ] as const);
  const plan: MachinePlan = {
    number,
    place,
    group: `rg-${application}-${environment}`,
    name: machineName(application, number, random),
    tags: drawTags(environment, application, randomStream(seed, 'tags', number)),
    image,
    isGalleryImage: random.chance(8),
    ...drawDisks(randomStream(seed, 'disks', number)),
    zone: random.chance(30) ? String(1 + random.int(3)) : null,
    // Old enough for every history that a plant may tell.
    createdAt: now - (100 + random.int(1500)) * day - random.int(24 * 60) * minute,
    power,
    agent: healthyAgent(image, random),
    hasSharedDisk: false,
    hasSecondNic: random.chance(5),
    nicWish: {},
    protection: null,
    isBlind: false,
    edits: [],
  };
  if (plan.dataDiskSku === 'PremiumV2_LRS') plan.zone ??= '1';
  // An ephemeral disk cannot be deallocated, so such VMs are always on.
  if (plan.osDisk === 'ephemeral') plan.power = 'running';
  if (isProtected) plan.protection = planProtection(plan, environment, now, randomStream(seed, 'protection', number));
  return plan;
}

function drawDisks(random: Random): Pick<MachinePlan, 'dataDisks' | 'dataDiskSku' | 'osDisk' | 'size'> {
  const dataDisks = drawDiskCount(random);
  const size = drawSize(random);
  return {
    dataDisks,
    dataDiskSku: random.chance(2) ? 'PremiumV2_LRS' : random.pick(['Premium_LRS', 'StandardSSD_LRS']),
    osDisk: random.chance(2) ? 'ephemeral' : 'managed',
    size: dataDisks > size.maxDataDisks ? manyDisksSize : size,
  };
}

function planProtection(plan: MachinePlan, environment: Environment, now: number, random: Random): Protection {
  const policy = choosePolicy(plan, environment, random);
  const startedAt = lastFinishedRun(policy, now);
  return {
    policy,
    state: 'Protected',
    enabledAt: plan.createdAt + random.int(10) * day,
    lastBackup: { status: 'Completed', startedAt },
    lastPointAt: startedAt + (5 + random.int(20)) * minute,
    softDeletedAt: null,
    isTwofold: false,
    isVaultIdRespelt: false,
  };
}

/** Standard policies go to old VMs without fast disks only; weekly ones to VMs that are tagged as not productive. */
function choosePolicy(plan: MachinePlan, environment: Environment, random: Random): PolicyKind {
  const isOldStyle = plan.image.generation === 'V1' && plan.dataDiskSku !== 'PremiumV2_LRS';
  const isTagged = Object.values(plan.tags).includes(environment);
  if (isOldStyle && environment !== 'prod' && isTagged && random.chance(40)) return 'weekly';
  if (isOldStyle && random.chance(60)) return 'standard';
  return random.chance(12) ? 'hourly' : 'enhanced';
}
