import type { Fact } from '../domain/fact.ts';
import { type ArmId, subscriptionOf } from '../domain/ids.ts';
import type { KeyVault, RoleAssignment } from '../domain/key-access.ts';
import type { Surroundings } from '../domain/surroundings.ts';
import { gapsIn } from './gaps.ts';
import type { Containers, Inventory } from './ports.ts';
import type { SurroundingsReading } from './read-surroundings.ts';

/** Key vaults of disks with Azure Disk Encryption that give access by roles. */
function vaultsWithRoles({ disks, keyVaults }: Surroundings): readonly KeyVault[] {
  const named = new Set<ArmId>();
  for (const { diskEncryption } of disks.values()) {
    for (const id of [...(diskEncryption?.secretVaults ?? []), ...(diskEncryption?.keyVaults ?? [])]) {
      named.add(id);
    }
  }
  return [...named].flatMap((id) => keyVaults.get(id) ?? []).filter(({ usesRbac }) => usesRbac);
}

const managementGroups = '/providers/microsoft.management/managementgroups/';

/** A role on a management group counts where that group is above the subscription, or where it is not told which are. */
function appliesTo({ key }: KeyVault, { scope }: RoleAssignment, above: readonly string[] | undefined): boolean {
  if (scope.startsWith(managementGroups)) {
    return above?.includes(scope.slice(managementGroups.length)) ?? false;
  }
  return scope === '' || key === scope || key.startsWith(`${scope}/`);
}

/** Reads who has roles on the key vaults of Azure Disk Encryption, if one of them asks for roles. */
export async function withKeyAccess(
  inventory: Pick<Inventory, 'roleAssignments'>,
  reading: SurroundingsReading,
  containers: Fact<Containers>,
): Promise<SurroundingsReading> {
  const { surroundings } = reading;
  const vaults = vaultsWithRoles(surroundings);
  if (vaults.length === 0) {
    return reading;
  }
  const subscriptions = [...new Set(vaults.flatMap(({ key }) => subscriptionOf(key) ?? []))];
  const roles = await inventory.roleAssignments(subscriptions);
  if (roles.kind === 'unknown') {
    return { ...reading, gaps: [...reading.gaps, ...gapsIn([['roles on key vaults', roles]])] };
  }
  const above = containers.kind === 'known' ? containers.value.managementGroups : undefined;
  const withRoles = vaults.map((vault): readonly [ArmId, KeyVault] => {
    const groups = above?.get(subscriptionOf(vault.key) ?? '');
    return [vault.key, { ...vault, roleAssignments: roles.value.filter((role) => appliesTo(vault, role, groups)) }];
  });
  const keyVaults = new Map([...surroundings.keyVaults, ...withRoles]);
  return { ...reading, surroundings: { ...surroundings, keyVaults } };
}
