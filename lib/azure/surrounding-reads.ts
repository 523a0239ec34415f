import type { AzurePolicy } from '../domain/azure-policy.ts';
import { type Fact, known } from '../domain/fact.ts';
import type { ArmId } from '../domain/ids.ts';
import type { Inventory, SurroundingsScope } from '../use-cases/ports.ts';
import { assignedInitiatives, ownDefinitions, PolicyRow, readAzurePolicy } from './azure-policy-rows.ts';
import { type GraphReader, literals, mapKnown, parsed } from './graph-reader.ts';
import { readInitiative } from './initiative-rows.ts';
import { readNetworkRules } from './network-rule-rows.ts';
import { readDefinition } from './policy-definition-rows.ts';
import { kqlText, type QueryName } from './queries.ts';
import { RoleRow, readRoleAssignments } from './role-rows.ts';
import { lookedFor } from './surrounding-query.ts';
import { readSurroundings } from './surrounding-rows.ts';

const isLookedFor = `type in~ (${literals(lookedFor)})`;

/** Networks reach across regions, and what is looked for may stand anywhere. */
function conditionOf({ regions, onlyLookedFor, withoutParts }: SurroundingsScope): string | undefined {
  if (onlyLookedFor) {
    const { vm } = onlyLookedFor;
    return vm ? `${isLookedFor} or tostring(properties.source.id) =~ ${kqlText(vm)}` : isLookedFor;
  }
  const conditions = [
    ...(withoutParts ? ["ofVm == ''"] : []),
    ...(regions
      ? [`location in~ (${literals(regions)}) or type =~ 'microsoft.network/virtualnetworks' or ${isLookedFor}`]
      : []),
  ];
  return conditions.length > 0 ? conditions.map((condition) => `(${condition})`).join(' and ') : undefined;
}

type SurroundingReads = Pick<Inventory, 'surroundings' | 'networkRules' | 'azurePolicy' | 'roleAssignments'>;

/** What stands around VMs, and what Azure Policy and roles say about them. */
export function createSurroundingReads({ source, read, readWhole }: GraphReader): SurroundingReads {
  const asItIs = (raw: unknown) => raw ?? undefined;

  /** What stands behind the ids of assignments: what may not be read stays what its assignment says of it. */
  async function readById<T>(
    query: QueryName,
    ids: readonly ArmId[],
    understand: (raw: unknown) => readonly [ArmId, T] | undefined,
  ): Promise<Fact<ReadonlyMap<ArmId, T>>> {
    if (ids.length === 0) {
      return known(new Map(), source());
    }
    const rows = await read(query, {}, understand, `id in~ (${literals(ids)})`);
    return mapKnown(rows, ({ understood }) => new Map(understood));
  }

  async function azurePolicy(): Promise<Fact<AzurePolicy>> {
    const rows = await readWhole('policyAssignments', { includesAbove: true }, parsed(PolicyRow));
    if (rows.kind === 'unknown') {
      return rows;
    }
    const initiatives = await readById('policySets', assignedInitiatives(rows.value), readInitiative);
    if (initiatives.kind === 'unknown') {
      return initiatives;
    }
    const own = ownDefinitions(rows.value, initiatives.value);
    const definitions = await readById('policyDefinitions', own, readDefinition);
    return mapKnown(definitions, (each) => readAzurePolicy(rows.value, initiatives.value, each));
  }

  return {
    async surroundings(of) {
      const within = of.subscriptionIds ? { subscriptions: of.subscriptionIds } : {};
      const rows = await read('surroundings', within, asItIs, conditionOf(of));
      return mapKnown(rows, ({ understood }) => readSurroundings(understood));
    },
    async networkRules() {
      const rows = await read('networkRules', {}, asItIs);
      return mapKnown(rows, ({ understood }) => readNetworkRules(understood));
    },
    azurePolicy,
    async roleAssignments(subscriptions) {
      const rows = await readWhole('roles', { subscriptions, includesAbove: true }, parsed(RoleRow));
      return mapKnown(rows, readRoleAssignments);
    },
  };
}
