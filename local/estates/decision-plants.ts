import { day, dayOf, instant } from './instants.ts';
import type { MachinePlan } from './machine-plan.ts';
import { hubRegion } from './names.ts';
import { placed } from './place-plants.ts';
import { type Garden, type Plant, plant } from './plants.ts';
import type { Site } from './site.ts';
import type { SpecialPlace } from './special-place.ts';
import { excludes, exempts, leavesOpen, notes } from './truth.ts';

const exempt = { touches: ['decision'], signs: exempts } as const;
const ranOut = { touches: ['decision'], signs: [notes('gov-exclusion-tag')] } as const;

function exemptUntil(plan: MachinePlan, until: number | null, { random }: Garden): void {
  plan.tags[random.pick(['backstop-exclude', 'Backstop-Exclude'])] = 'true';
  if (until !== null) plan.tags['backstop-exclude-until'] = dayOf(until);
}

/** Somebody has decided not to back this VM up, for some time. */
export const validExemption = plant('exempt until a date to come', exempt, (plan, garden) => {
  exemptUntil(plan, garden.now + (10 + garden.random.int(200)) * day, garden);
});

/** The decision not to back this VM up has run out. */
export const expiredExemption = plant('exemption tag has expired', ranOut, (plan, garden) => {
  exemptUntil(plan, garden.now - (2 + garden.random.int(60)) * day, garden);
});

/** The last day of the exemption is today, to its end. */
const exemptToday = plant('exempt until today', exempt, (plan, garden) => exemptUntil(plan, garden.now, garden));

const expiredYesterday = plant('exemption tag expired yesterday', ranOut, (plan, garden) => {
  exemptUntil(plan, garden.now - day, garden);
});

/** Valid without an end, which is worth a note. */
const exemptForGood = plant(
  'exempt without an end',
  { touches: ['decision'], signs: [...exempts, notes('gov-exclusion-tag')] },
  (plan, garden) => exemptUntil(plan, null, garden),
);

/** Decoy: the tag has a value that exempts nobody. */
const exemptionDenied = plant('decoy: exclusion tag with another value', { touches: ['decision'] }, (plan) => {
  plan.tags['backstop-exclude'] = 'false';
});

/** Decoy: a tag whose name only begins like the one that exempts. */
const exemptionMisspelt = plant('decoy: tag with a similar name', { touches: ['decision'] }, (plan) => {
  plan.tags['backstop-excluded'] = 'true';
});

const excluded = { touches: ['decision', 'name'], signs: excludes } as const;

/** A node that Azure Kubernetes Service made and will make again. */
export const kubernetesNode = plant('node of a Kubernetes cluster', excluded, (plan, { random }) => {
  const { region, subscription } = plan.place;
  const [application = 'apps'] = subscription.applications;
  plan.group = `${random.pick(['MC', 'mc'])}_rg-${application}-aks_aks-${application}_${region.name}`;
  plan.name = `aks-user-${String(10_000_000 + random.int(90_000_000))}-vms${plan.number}`;
  plan.tags = { 'aks-managed-poolName': 'user' };
});

const databricksWorker = plant('worker of a Databricks workspace', excluded, (plan) => {
  plan.group = `databricks-rg-analytics-${plan.number}`;
});

/** A worker in a group with an ordinary name: the publisher of its image tells, so nothing else may change the image. */
const fromImage = { ...excluded, touches: [...excluded.touches, 'guest'] } as const;
const databricksImage = plant('worker made from a Databricks image', fromImage, (plan) => {
  plan.isGalleryImage = false;
  plan.image = { ...plan.image, publisher: 'AzureDatabricks', offer: 'Databricks', sku: 'DatabricksWorker' };
});

const managedByPlatform = plant('VM that another service manages', excluded, (plan) => {
  plan.edits.push(({ vm }) => {
    const cluster = vm.id.replace(/\/providers\/.*/, '/providers/Microsoft.RedHatOpenShift/openShiftClusters/aro');
    Object.assign(vm, { managedBy: cluster });
  });
});

/** Decoy: MC stands in the middle of the group's name. */
const groupLikeNodes = plant('decoy: group with a name like that of a node group', { touches: ['name'] }, (plan) => {
  plan.group = `rg-MC_emcee-${plan.number % 7}`;
});

const backupAudit = '013e242c-8828-4970-87b3-ab247555486d';
const authorization = 'providers/Microsoft.Authorization';

/** Assigns a built-in policy to the subscription of a site; answers the id of the assignment. */
function assign(site: Site, name: string, definition: string): void {
  const id = `${site.subscription}/${authorization}/policyAssignments/${name}`;
  site.emit({
    id,
    name,
    type: 'Microsoft.Authorization/policyAssignments',
    properties: {
      displayName: name,
      policyDefinitionId: `/${authorization}/policyDefinitions/${definition}`,
      scope: site.subscription,
      notScopes: [],
      enforcementMode: 'Default',
      parameters: {},
    },
  });
}

/** A subscription in which Azure Policy audits backup, and something else. */
const audited: SpecialPlace = {
  displayName: 'Audited by Azure Policy',
  region: hubRegion,
  furnish(site) {
    assign(site, 'audit-vm-backup', backupAudit);
    assign(site, 'audit-managed-disks', '06a78e20-9358-41c9-923c-fb736d382a4d');
  },
};

/** An exemption from an assignment of the audited subscription; `expiresOn` in milliseconds. */
function exemption(scope: string, plan: MachinePlan, assignment: string, expiresOn: number | null) {
  const name = `waiver-${plan.number}`;
  const { subscriptionId } = plan.place.subscription;
  return {
    id: `${scope}/${authorization}/policyExemptions/${name}`,
    name,
    type: 'Microsoft.Authorization/policyExemptions',
    properties: {
      policyAssignmentId: `/subscriptions/${subscriptionId}/${authorization}/policyAssignments/${assignment}`,
      exemptionCategory: 'Waiver',
      displayName: 'Rebuilt from code',
      ...(expiresOn !== null && { expiresOn: instant(expiresOn) }),
    },
  };
}

type Waiver = {
  readonly assignment?: string;
  /** Milliseconds from now to its end; null: no end. */
  readonly lasts: number | null;
  readonly onGroup?: boolean;
};

function waived(
  words: string,
  signs: Plant['signs'],
  { assignment = 'audit-vm-backup', lasts, onGroup }: Waiver,
): Plant {
  return placed(words, audited, { touches: ['decision', 'name'], signs }, (plan, { now }) => {
    plan.group = `rg-waived-${plan.number}`;
    plan.edits.push(({ vm, others }) => {
      const scope = onGroup ? vm.id.replace(/\/providers\/.*/, '') : vm.id;
      others.push(exemption(scope, plan, assignment, lasts === null ? null : now + lasts));
    });
  });
}

const second = 1000;
const waivers: readonly Plant[] = [
  waived('exempted in Azure Policy', () => exempts, { lasts: 40 * day }),
  waived('exempted in Azure Policy, at its group', () => exempts, { lasts: 40 * day, onGroup: true }),
  // Valid; whether no end is worth a note here as it is with tags, the ruling does not say in so many words.
  waived('exempted in Azure Policy without an end', () => [...exempts, leavesOpen('gov-exclusion-tag')], {
    lasts: null,
  }),
  waived('exempted in Azure Policy for one more second', () => exempts, { lasts: second }),
  waived('exemption in Azure Policy expired at this instant', () => ranOut.signs, { lasts: 0 }),
  waived('exemption in Azure Policy expired', () => ranOut.signs, { lasts: -9 * day }),
  waived('decoy: exempted in Azure Policy from something else', () => [], {
    assignment: 'audit-managed-disks',
    lasts: 40 * day,
  }),
];

/** Everything by which a VM is left out, or only seems to be. */
export const decisionPlants: readonly Plant[] = [
  validExemption,
  expiredExemption,
  exemptToday,
  expiredYesterday,
  exemptForGood,
  exemptionDenied,
  exemptionMisspelt,
  kubernetesNode,
  databricksWorker,
  databricksImage,
  managedByPlatform,
  groupLikeNodes,
  ...waivers,
];
