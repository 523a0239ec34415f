/** The tables that this Resource Graph has; others are unknown to it. */
export const graphTables = [
  'resources',
  'resourcecontainers',
  'recoveryservicesresources',
  'resourcechanges',
  'authorizationresources',
  'policyresources',
  'networkresources',
  'dnsresources',
  'advisorresources',
  'computeresources',
] as const;

export type GraphTable = (typeof graphTables)[number];

/** Which tables hold a type, after the published list of tables and types; none: Resource Graph does not show it. */
export function graphTablesOf(type: string): readonly GraphTable[] {
  const name = type.toLowerCase();
  return exactly.get(name) ?? tablesByPrefix.find(([prefix]) => name.startsWith(prefix))?.[1] ?? ['resources'];
}

/** Children that stand in the properties of their parents, and types that only ARM and their providers know. */
const hidden = [
  'microsoft.authorization/locks',
  'microsoft.authorization/permissions',
  'microsoft.compute/restorepointcollections/restorepoints',
  'microsoft.network/networksecuritygroups/securityrules',
  'microsoft.network/networksecuritygroups/defaultsecurityrules',
  'microsoft.network/routetables/routes',
  'microsoft.network/virtualnetworks/subnets',
  'microsoft.network/virtualnetworks/virtualnetworkpeerings',
  'microsoft.recoveryservices/vaults/backupconfig',
  'microsoft.recoveryservices/vaults/backupfabrics/protectioncontainers/protecteditems/recoverypoints',
  'microsoft.recoveryservices/vaults/backupstorageconfig',
  'microsoft.resources/providers',
  'microsoft.resources/subscriptions',
  'microsoft.resources/tags',
] as const;

const exactly = new Map<string, readonly GraphTable[]>([
  ...hidden.map((type) => [type, []] as const),
  ['microsoft.authorization/roleassignments', ['authorizationresources']],
  ['microsoft.authorization/roledefinitions', ['authorizationresources']],
  ['microsoft.management/managementgroups', ['resourcecontainers']],
  ['microsoft.network/effectivesecurityadminrules', ['networkresources']],
  ['microsoft.network/firewallpolicies/rulecollectiongroups', ['networkresources']],
  ['microsoft.network/privatednszones/virtualnetworklinks', ['resources']],
  ['microsoft.recoveryservices/vaults', ['resources', 'recoveryservicesresources']],
  ['microsoft.resources/subscriptions/resourcegroups', ['resourcecontainers']],
]);

const tablesByPrefix: readonly (readonly [prefix: string, tables: readonly GraphTable[]])[] = [
  ['microsoft.recoveryservices/vaults/', ['recoveryservicesresources']],
  ['microsoft.dataprotection/backupvaults/', ['recoveryservicesresources']],
  ['microsoft.authorization/policy', ['policyresources']],
  ['microsoft.policyinsights/', ['policyresources']],
  ['microsoft.network/networkmanagers/', ['networkresources']],
  ['microsoft.network/dnszones/', ['dnsresources']],
  ['microsoft.network/privatednszones/', ['dnsresources']],
  ['microsoft.advisor/', ['advisorresources']],
  ['microsoft.compute/virtualmachinescalesets/virtualmachines', ['computeresources']],
];
