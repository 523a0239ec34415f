import { hour } from './instants.ts';
import { failedWith } from './job-edits.ts';
import type { MachinePlan } from './machine-plan.ts';
import { homeRegion, retag } from './names.ts';
import { placed } from './place-plants.ts';
import { hasVisibleItem, type Plant, plant, protectionPlant } from './plants.ts';
import { backedUpAt, follow, lastRunWent } from './protection-plans.ts';
import type { Site } from './site.ts';
import type { SpecialPlace } from './special-place.ts';
import { blocks, endangers, leavesOpen, notes, type Sign, veils, warns } from './truth.ts';

const unknownEnvironment = [notes('gov-environment')];

/** The tag of the environment, or null for none; the schedule stays good for every environment. */
function tagged(words: string, environment: string | null, signs: readonly Sign[] = []): Plant {
  return plant(words, { touches: ['environment', 'policy'], signs }, (plan, garden) => {
    follow(plan, 'enhanced', garden);
    retag(plan.tags, environment);
  });
}

/** The environment that a VM gets from the tags of its subscription. */
function inherits(words: string, tags: Record<string, string>, own: string | null, signs: readonly Sign[] = []): Plant {
  const place: SpecialPlace = { displayName: words, region: homeRegion, tags };
  return placed(words, place, { touches: ['environment', 'policy'], signs }, (plan, garden) => {
    follow(plan, 'enhanced', garden);
    retag(plan.tags, own);
  });
}

const weeklyInTest = placed(
  'decoy: backed up on Thursdays only, a test subscription',
  { displayName: 'Test by its tag', region: homeRegion, tags: { Environment: 'nonprod' } },
  { start: 'protected', touches: ['environment', 'policy'] },
  (plan, garden) => {
    follow(plan, 'thursdays', garden);
    if (plan.protection) backedUpAt(plan.protection, garden.now - 3 * hour);
    retag(plan.tags, null);
  },
);

const environments: readonly Plant[] = [
  tagged('environment that nobody has defined', 'staging', unknownEnvironment),
  tagged('decoy: no environment tag', null),
  inherits('undefined environment from the subscription', { environment: 'staging' }, null, unknownEnvironment),
  inherits('decoy: own environment before that of the subscription', { environment: 'staging-2' }, 'prod'),
  weeklyInTest,
];

const authorization = 'providers/Microsoft.Authorization';

type Assignment = {
  readonly definition: string;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly notScopes?: readonly string[];
  readonly enforcementMode?: 'Default' | 'DoNotEnforce';
};

/** Assigns a policy definition to the whole subscription. */
function assign(site: Site, { definition, parameters = {}, notScopes = [], enforcementMode }: Assignment): void {
  const name = 'assigned';
  site.emit({
    id: `${site.subscription}/${authorization}/policyAssignments/${name}`,
    name,
    type: 'Microsoft.Authorization/policyAssignments',
    location: site.region,
    identity: { type: 'SystemAssigned' },
    properties: {
      displayName: name,
      policyDefinitionId: definition,
      scope: site.subscription,
      notScopes,
      enforcementMode: enforcementMode ?? 'Default',
      parameters: Object.fromEntries(Object.entries(parameters).map(([key, value]) => [key, { value }])),
    },
  });
}

const builtIn = (guid: string) => `/${authorization}/policyDefinitions/${guid}`;
/** "Configure backup on VMs without a given tag to an existing vault in the same location". */
const enablesInVault = builtIn('09ce66bc-1220-4153-8104-e3f51c936913');
/** "... to a new vault with a default policy". */
const enablesInNewVault = builtIn('98d0b9f8-fd90-49c9-88e2-d3baf3b0dd86');
/** "Azure Backup should be enabled for Virtual Machines": looks, and changes nothing. */
const auditsOnly = builtIn('013e242c-8828-4970-87b3-ab247555486d');
/** "Require a tag on resource groups": its effect is always to deny. */
const requiresTag = builtIn('96670d01-0a4d-4649-9c89-2d3abc0a5025');

/** Defines a policy that refuses resource groups without a cost centre; answers its id. */
function ownDenial(site: Site): string {
  const name = 'groups-need-a-cost-centre';
  const id = `${site.subscription}/${authorization}/policyDefinitions/${name}`;
  const isGroup = { field: 'type', equals: 'Microsoft.Resources/subscriptions/resourceGroups' };
  const refusesUntagged = { allOf: [isGroup, { field: "tags['costcenter']", exists: 'false' }] };
  // Not written as a literal: an object with a `then` looks like a promise.
  const policyRule = Object.fromEntries([
    ['if', refusesUntagged],
    ['then', { effect: 'deny' }],
  ]);
  const properties = { displayName: name, policyType: 'Custom', mode: 'All', parameters: {}, policyRule };
  site.emit({ id, name, type: 'Microsoft.Authorization/policyDefinitions', properties });
  return id;
}

function governed(words: string, furnish: (site: Site) => void, signs: readonly Sign[] = []): Plant {
  const place: SpecialPlace = { displayName: words, region: homeRegion, furnish };
  return placed(words, place, { start: 'unprotected', signs });
}

const interferes = [warns('gov-policy-interplay')];
const policies: readonly Plant[] = [
  governed(
    'Azure Policy enables backup here',
    (site) => assign(site, { definition: enablesInVault, parameters: { vaultLocation: site.region } }),
    interferes,
  ),
  governed(
    'Azure Policy enables backup in new vaults',
    (site) => assign(site, { definition: enablesInNewVault }),
    interferes,
  ),
  governed(
    'Azure Policy refuses groups without a tag',
    (site) => assign(site, { definition: requiresTag }),
    interferes,
  ),
  governed(
    'a policy of the company refuses groups without a tag',
    (site) => assign(site, { definition: ownDenial(site) }),
    interferes,
  ),
  governed('decoy: Azure Policy only audits backup', (site) => assign(site, { definition: auditsOnly })),
  governed('decoy: Azure Policy would enable backup, and is switched off', (site) =>
    assign(site, { definition: enablesInVault, parameters: { vaultLocation: site.region, effect: 'Disabled' } }),
  ),
  governed('decoy: Azure Policy would enable backup, and is not enforced', (site) =>
    assign(site, { definition: enablesInVault, enforcementMode: 'DoNotEnforce' }),
  ),
];

/** Decoy: the group of the VM is left out of an assignment that would enable backup. */
const leftOut = placed(
  'decoy: its group is left out of a policy that enables backup',
  {
    displayName: 'One group without policy',
    region: homeRegion,
    furnish: (site) => assign(site, { definition: enablesInVault, notScopes: [site.group('rg-left-alone')] }),
  },
  { start: 'unprotected', touches: ['name'] },
  (plan) => {
    plan.group = 'rg-left-alone';
  },
);

/** Azure Backup could not make a group for restore points: a policy forbade it. */
const refusedByPolicy = protectionPlant(
  'last backup failed because a policy refused it',
  {
    touches: ['health', 'policy'],
    signs: [endangers('health-last-backup'), warns('gov-policy-interplay')],
  },
  (protection, { now }, plan) => {
    lastRunWent(protection, 'Failed', now);
    failedWith(plan, 'UserErrorRequestDisallowedByPolicy', 'The request was disallowed by an Azure Policy.');
  },
);

const enabling = 'Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems/write';

/** What Backstop itself may do; whether that matters to a VM that has its item already is open. */
function permitted(words: string, denied: string, sign: Sign): Plant {
  const place: SpecialPlace = { displayName: words, region: homeRegion, furnish: (site) => site.deny(denied) };
  const signs = (plan: MachinePlan) => (hasVisibleItem(plan) ? [leavesOpen(sign.rule ?? '')] : [sign]);
  return placed(words, place, { signs });
}

const permissions: readonly Plant[] = [
  permitted('Backstop may not enable protection', enabling, blocks('gov-service-permissions')),
  permitted(
    'what Backstop may do cannot be read',
    'Microsoft.Authorization/permissions/read',
    veils('gov-service-permissions'),
  ),
];

/** Everything about the rules of the organisation. */
export const governancePlants: readonly Plant[] = [
  ...environments,
  ...policies,
  leftOut,
  refusedByPolicy,
  ...permissions,
];
