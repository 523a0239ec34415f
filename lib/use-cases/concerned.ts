import { type ArmId, resourceTypeOf, subscriptionOf } from '../domain/ids.ts';
import type { BackupInventory } from './backup-inventory.ts';
import type { MachineFacts } from './ports.ts';
import type { SurroundingsReading } from './read-surroundings.ts';
import { peersOf, referencesOfMachine } from './references.ts';

/** Types that concern every VM near them: nothing refers to them by their ids. */
const wideTypes: ReadonlySet<string> = new Set([
  'microsoft.network/azurefirewalls',
  'microsoft.network/firewallpolicies',
  'microsoft.network/privatednszones/virtualnetworklinks',
  'microsoft.network/privateendpoints',
  'microsoft.network/virtualhubs',
  'microsoft.network/virtualnetworkgateways',
]);

const vaultType = 'microsoft.recoveryservices/vaults';

/** Whether a VM has to do with something that changed. */
export type IsConcerned = (machine: MachineFacts) => boolean;

/** What of the changes is asked about for each VM. */
interface Changes {
  readonly ids: ReadonlySet<ArmId>;
  /** Scopes of locks: subscriptions, which stand for everything in them. */
  readonly scopes: readonly ArmId[];
  /** Subscriptions with a vault that changed: their VMs may have found or lost one. */
  readonly withVault: ReadonlySet<string>;
  readonly isWide: boolean;
}

function sorted(changed: readonly ArmId[], allowsOtherSubscriptions: boolean): Changes {
  const vaults = changed.filter((id) => resourceTypeOf(id) === vaultType);
  return {
    ids: new Set(changed),
    scopes: changed.filter((id) => /^\/subscriptions\/[^/]+$/.test(id)),
    withVault: new Set(
      vaults.length > 0 && allowsOtherSubscriptions ? ['*'] : vaults.map((id) => subscriptionOf(id) ?? ''),
    ),
    isWide: changed.some((id) => wideTypes.has(resourceTypeOf(id))),
  };
}

/**
 * Tells of one VM after the other whether it is among what changed, refers to it, is protected by it, or stands without
 * protection where a vault came, went or changed.
 */
export function concernedBy(
  changed: readonly ArmId[],
  { surroundings }: SurroundingsReading,
  { items }: BackupInventory,
  allowsOtherSubscriptions: boolean,
): IsConcerned {
  const { ids, scopes, withVault, isWide } = sorted(changed, allowsOtherSubscriptions);
  const itemsOf = (vm: ArmId) => (items.kind === 'known' ? (items.value.get(vm) ?? []) : []);

  function refersToChange(machine: MachineFacts): boolean {
    return referencesOfMachine(machine, surroundings).some((id) => {
      const network = surroundings.networkRows.get(id);
      return ids.has(id) || (network !== undefined && peersOf(network).some((peer) => ids.has(peer)));
    });
  }

  return (machine) => {
    const { key, subscriptionId } = machine.vm.value;
    const own = itemsOf(key);
    const hasLiveItem = own.some(({ softDeleted }) => !softDeleted);
    return (
      isWide ||
      ids.has(key) ||
      scopes.some(
        (scope) => key.startsWith(`${scope}/`) || own.some(({ vaultId }) => vaultId.startsWith(`${scope}/`)),
      ) ||
      own.some(({ vaultId, policyId }) => ids.has(vaultId) || (policyId !== undefined && ids.has(policyId))) ||
      (!hasLiveItem && (withVault.has(subscriptionId) || withVault.has('*'))) ||
      refersToChange(machine)
    );
  };
}
