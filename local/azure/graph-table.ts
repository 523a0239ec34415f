/** The tables that this Resource Graph has; others are unknown to it. */
export const graphTables = [
  'resources',
  'resourcecontainers',
  'recoveryservicesresources',
  'resourcechanges',
  'authorizationresources',
  'policyresources',
  'advisorresources',
  'computeresources',
] as const;

export type GraphTable = (typeof graphTables)[number];

/** Which table holds a type. That locks stand in `authorizationresources` in every tenant is unconfirmed. */
export function graphTableOf(type: string): GraphTable {
  const name = type.toLowerCase();
  return tablesByType.find(([prefix]) => name.startsWith(prefix))?.[1] ?? 'resources';
}

const tablesByType: readonly (readonly [prefix: string, table: GraphTable])[] = [
  ['microsoft.recoveryservices/vaults/', 'recoveryservicesresources'],
  ['microsoft.authorization/policy', 'policyresources'],
  ['microsoft.policyinsights/', 'policyresources'],
  ['microsoft.authorization/', 'authorizationresources'],
  ['microsoft.advisor/', 'advisorresources'],
  ['microsoft.compute/virtualmachinescalesets/virtualmachines', 'computeresources'],
];
