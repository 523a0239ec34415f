import { drop, put } from './bodies.ts';
import { reinstallOldStyle, reinstallTrusted, run } from './guest.ts';
import { hour } from './instants.ts';
import type { MachinePlan } from './machine-plan.ts';
import { homeRegion, retag, specialRegion } from './names.ts';
import { placed } from './place-plants.ts';
import { type Garden, type Plant, plant, protectionPlant } from './plants.ts';
import type { PolicyKind } from './policies.ts';
import { backedUpAt, follow } from './protection-plans.ts';
import type { SpecialPlace } from './special-place.ts';
import { blocks, leavesOpen, notes, type Sign, warns } from './truth.ts';

/** Puts the item under a policy of this kind. */
function under(words: string, kind: PolicyKind, signs: readonly Sign[] = []): Plant {
  return protectionPlant(words, { touches: ['policy'], signs }, (_, garden, plan) => follow(plan, kind, garden));
}

/** Puts the item of a VM that may have a Standard policy under one. */
function underStandard(words: string, kind: PolicyKind, signs: readonly Sign[] = []): Plant {
  const planting = { touches: ['policy', 'guest', 'disks'] as const, signs };
  return protectionPlant(words, planting, (_, garden, plan) => {
    reinstallOldStyle(plan, 'Windows', garden);
    plan.dataDiskSku = 'Premium_LRS';
    follow(plan, kind, garden);
  });
}

/** Keeps its points for too short a time. */
export const keepsTooShort = under('policy keeps 29 days', 'keeps29', [warns('policy-retention-minimum')]);

const retentions: readonly Plant[] = [
  keepsTooShort,
  under('decoy: policy keeps 30 days', 'enhanced'),
  under('policy keeps four weeks', 'keeps4Weeks', [warns('policy-retention-minimum')]),
  under('decoy: policy keeps five weeks', 'keeps5Weeks'),
  protectionPlant(
    'policy keeps 30 days, its environment asks for 180',
    { touches: ['policy', 'environment'], signs: [warns('policy-retention-minimum')] },
    (_, garden, plan) => {
      follow(plan, 'enhanced', garden);
      retag(plan.tags, 'archive');
    },
  ),
];

const instantRestore = notes('policy-instant-restore');
const instants: readonly Plant[] = [
  under('decoy: 30 days of instant restore', 'instant30'),
  under('31 days of instant restore', 'instant31', [instantRestore]),
  under('decoy: 17 days of instant restore, every four hours', 'instant17'),
  under('18 days of instant restore, every four hours', 'instant18', [instantRestore]),
  underStandard('decoy: 5 days of instant restore, Standard policy', 'standardInstant5'),
  underStandard('6 days of instant restore, Standard policy', 'standardInstant6', [
    instantRestore,
    blocks('policy-type-fit'),
  ]),
  protectionPlant(
    '7 days of instant restore, its environment wishes 14',
    { touches: ['policy', 'environment'], signs: [instantRestore] },
    (_, garden, plan) => {
      follow(plan, 'enhanced', garden);
      retag(plan.tags, 'swift');
    },
  ),
];

/** A schedule in an environment; backed up three hours ago by hand, so that only the schedule can be at fault. */
function scheduled(words: string, kind: PolicyKind, environment: string | null, signs: readonly Sign[] = []): Plant {
  const planting = { touches: ['policy', 'environment'] as const, signs };
  return protectionPlant(words, planting, (protection, garden, plan) => {
    follow(plan, kind, garden);
    backedUpAt(protection, garden.now - 3 * hour);
    retag(plan.tags, environment);
  });
}

const gapTooLong = [warns('policy-schedule-rpo')];
const schedules: readonly Plant[] = [
  scheduled('productive, and backed up on Thursdays only', 'thursdays', 'prod', gapTooLong),
  scheduled('without environment, and backed up on Thursdays only', 'thursdays', null, gapTooLong),
  scheduled('productive, and not backed up on Sundays', 'notOnSundays', 'prod', gapTooLong),
  scheduled('decoy: a test system, backed up on Thursdays only', 'thursdays', 'nonprod'),
  scheduled('decoy: productive, every four hours from 8 to 20', 'hourly', 'prod'),
  scheduled('daily backup, its environment asks for 4 hours', 'enhanced', 'fast', gapTooLong),
  scheduled('decoy: every four hours, its environment asks for 4 hours', 'roundTheClock', 'fast'),
];

const types: readonly Plant[] = [
  underStandard('decoy: Standard policy, generation 1', 'standard'),
  underStandard('crash-consistent snapshots under a Standard policy', 'standardCrashOnly', [blocks('policy-type-fit')]),
  protectionPlant(
    'Trusted Launch under a Standard policy',
    {
      touches: ['policy', 'guest', 'disks'],
      signs: [blocks('security-trusted-launch'), blocks('policy-type-fit')],
    },
    (_, garden, plan) => {
      reinstallTrusted(plan, 'Linux', garden);
      plan.dataDiskSku = 'Premium_LRS';
      follow(plan, 'standard', garden);
    },
  ),
  protectionPlant(
    'decoy: generation 2 without Trusted Launch under a Standard policy',
    { touches: ['policy', 'guest', 'disks'] },
    (_, garden, plan) => {
      withoutTrustedLaunch(plan, garden);
      follow(plan, 'standard', garden);
    },
  ),
];

function withoutTrustedLaunch(plan: MachinePlan, garden: Garden): void {
  reinstallTrusted(plan, 'Windows', garden);
  run(plan);
  plan.dataDiskSku = 'Premium_LRS';
  plan.edits.push(({ vm, disks }) => {
    put(vm, 'properties.securityProfile', { securityType: 'Standard' });
    const [osDisk] = disks;
    if (osDisk) drop(osDisk, 'properties.securityProfile');
  });
}

/** The policy that a VM would get is a Standard one, whatever its name says. */
const standardByName: SpecialPlace = {
  displayName: 'Standard policies only',
  region: homeRegion,
  policies: ['standardByTheWrongName'],
};

const intended = { start: 'unprotected', touches: ['guest', 'disks', 'policy', 'model'] } as const;

function wouldGetStandard(
  words: string,
  signs: readonly Sign[],
  edit: (plan: MachinePlan, garden: Garden) => void,
): Plant {
  return placed(words, standardByName, { ...intended, signs }, (plan, garden) => {
    reinstallOldStyle(plan, 'Linux', garden);
    plan.osDisk = 'managed';
    plan.dataDisks = 1;
    plan.dataDiskSku = 'Premium_LRS';
    edit(plan, garden);
  });
}

const fastDisk = [blocks('disk-sku-enhanced'), blocks('policy-type-fit'), leavesOpen('restore-placement')];

const intendedPolicies: readonly Plant[] = [
  wouldGetStandard('decoy: would get a Standard policy, which fits', [], () => undefined),
  wouldGetStandard('Ultra Disk, would get a Standard policy', fastDisk, (plan) => {
    plan.dataDiskSku = 'UltraSSD_LRS';
    plan.zone ??= '1';
  }),
  wouldGetStandard('Premium SSD v2, would get a Standard policy', fastDisk, (plan) => {
    plan.dataDiskSku = 'PremiumV2_LRS';
    plan.zone ??= '2';
  }),
  wouldGetStandard('decoy: zone-redundant disk, would get a Standard policy', [], (plan) => {
    plan.dataDiskSku = 'Premium_ZRS';
  }),
  wouldGetStandard(
    'Trusted Launch, would get a Standard policy',
    [blocks('security-trusted-launch'), blocks('policy-type-fit')],
    (plan, garden) => reinstallTrusted(plan, 'Windows', garden),
  ),
  wouldGetStandard('decoy: generation 2 without Trusted Launch, would get a Standard policy', [], withoutTrustedLaunch),
  wouldGetStandard(
    'in an Extended Zone, would get a Standard policy',
    [blocks('extended-zone'), blocks('policy-type-fit')],
    (plan) => inExtendedZone(plan),
  ),
];

function inExtendedZone(plan: MachinePlan): void {
  plan.zone = null;
  plan.edits.push(({ vm }) => Object.assign(vm, { extendedLocation: { type: 'EdgeZone', name: 'losangeles' } }));
}

/** Decoy: an Extended Zone goes with an Enhanced policy. */
const extendedZone = plant(
  'decoy: in an Extended Zone, would get an Enhanced policy',
  { touches: ['model', 'disks', 'policy'], start: 'unprotected' },
  (plan) => {
    plan.dataDiskSku = 'Premium_LRS';
    inExtendedZone(plan);
  },
);

/** The vault has no policy of the configured name: Backstop would bring its own, an Enhanced one. */
const noDefaultPolicy: SpecialPlace = {
  displayName: 'Without the configured policy',
  region: specialRegion('centralus'),
  policies: ['standard'],
};

const ownTemplate = placed(
  'decoy: no policy of the configured name, Trusted Launch',
  noDefaultPolicy,
  { start: 'unprotected', touches: ['guest', 'policy'] },
  (plan, garden) => reinstallTrusted(plan, 'Linux', garden),
);

/** Everything about the policy that a VM has or would get. */
export const policyPlants: readonly Plant[] = [
  ...retentions,
  ...instants,
  ...schedules,
  ...types,
  ...intendedPolicies,
  extendedZone,
  ownTemplate,
];
