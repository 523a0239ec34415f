import type { Random } from './random.ts';

/** A part of the company: one subscription, and what runs in it. */
export type Department = {
  readonly displayName: string;
  readonly managementGroupId: string;
  readonly applications: readonly string[];
};

/** The departments of the invented company, biggest first. */
export const departments: readonly Department[] = [
  { displayName: 'Corp IT', managementGroupId: 'mg-corp', applications: ['files', 'intranet', 'licences', 'print'] },
  { displayName: 'Webshop prod', managementGroupId: 'mg-online', applications: ['shop', 'search', 'checkout'] },
  { displayName: 'Payroll', managementGroupId: 'mg-corp', applications: ['payroll', 'hr', 'timesheet'] },
  { displayName: 'Data platform', managementGroupId: 'mg-data', applications: ['lake', 'etl', 'reports', 'gis'] },
  { displayName: 'Corp test', managementGroupId: 'mg-nonprod', applications: ['lab', 'loadtest', 'training'] },
];

/** The department that keeps Backstop out of its vaults. */
export const secretiveDepartment: Department = {
  displayName: 'Treasury',
  managementGroupId: 'mg-restricted',
  applications: ['treasury', 'ledger'],
};

/** An Azure region and the abbreviation that names carry. */
export type Region = { readonly name: string; readonly short: string };

/** Where the company usually is, with its share of the VMs. The shares are assumed, no figures are public. */
export const regions: readonly (readonly [weight: number, region: Region])[] = [
  [20, { name: 'northeurope', short: 'neu' }],
  [20, { name: 'eastus', short: 'eus' }],
  [8, { name: 'southeastasia', short: 'sea' }],
];

/** Every department has VMs here. */
export const homeRegion: Region = { name: 'westeurope', short: 'weu' };
/** One of the regions that departments may use. */
export const northEurope: Region = { name: 'northeurope', short: 'neu' };
/** Only the biggest department has a vault here. */
export const hubRegion: Region = { name: 'eastus2', short: 'eus2' };
/** Nobody has a vault here. */
export const bareRegion: Region = { name: 'swedencentral', short: 'sdc' };
/** There are Backup vaults here (Microsoft.DataProtection), but no Recovery Services vault. */
export const diskBackupRegion: Region = { name: 'francecentral', short: 'frc' };
/** Only the secretive department is here. */
export const secretiveRegion: Region = { name: 'germanywestcentral', short: 'gwc' };

const abbreviations = {
  westus2: 'wus2',
  centralus: 'cus',
  uksouth: 'uks',
  uaenorth: 'uan',
  westcentralus: 'wcus',
  japaneast: 'jpe',
  norwayeast: 'noe',
  polandcentral: 'plc',
  italynorth: 'itn',
  spaincentral: 'esc',
  israelcentral: 'ilc',
  mexicocentral: 'mxc',
  eastus2euap: 'eus2euap',
} as const;

/** One of the regions in which only special places are. */
export function specialRegion(name: keyof typeof abbreviations): Region {
  return { name, short: abbreviations[name] };
}

/** Environments by the names that the settings of the estate know. */
export type Environment = 'prod' | 'nonprod' | 'sandbox';

const owners = ['anna.berg', 'j.kowalski', 'team-web', 'team-data', 'm.okafor', 'platform', 'li.wei', 'service-desk'];
/** Tag names are compared without case, and people write them as they like. */
const tagKeys = {
  environment: ['environment', 'Environment', 'ENVIRONMENT', 'env', 'Env'],
  owner: ['owner', 'Owner', 'OWNER'],
  costCenter: ['costcenter', 'CostCenter', 'cost-center'],
};

/** The tags of a VM: none on four of ten, otherwise environment and owner, now and then a cost centre. */
export function drawTags(environment: Environment, application: string, random: Random): Record<string, string> {
  if (!random.chance(60)) return {};
  const tags = { [random.pick(tagKeys.environment)]: environment, [random.pick(tagKeys.owner)]: random.pick(owners) };
  if (random.chance(40)) tags[random.pick(tagKeys.costCenter)] = String(4100 + random.int(60) * 10);
  if (random.chance(30)) tags['application'] = application;
  return tags;
}

/** Gives a VM the tag of an environment, in the place of what it had; null: none. */
export function retag(tags: Record<string, string>, environment: string | null): void {
  const known = tagKeys.environment.map((key) => key.toLowerCase());
  for (const key of Object.keys(tags)) if (known.includes(key.toLowerCase())) delete tags[key];
  if (environment !== null) tags['environment'] = environment;
}

/** A display name as part of a resource name. */
export function slug(displayName: string): string {
  return displayName.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
}

/** The name of a VM. The number is that of the VM in the estate, so no two VMs have the same name by chance. */
export function machineName(application: string, number: number, random: Random): string {
  const role = random.pick(['web', 'app', 'db', 'batch', 'jump']);
  return `vm-${application}-${role}-${String(number + 1).padStart(4, '0')}`;
}
