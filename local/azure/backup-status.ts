import type { EstateResource } from '../estates/estate.ts';
import { parseArmPath, rootResourceOf } from './arm-path.ts';
import type { Tenant } from './tenant.ts';

const itemType = 'microsoft.recoveryservices/vaults/backupfabrics/protectioncontainers/protecteditems';

/** Live protected items by the VM they protect, whatever vault of the tenant holds them. */
export class ItemsByVm {
  readonly #tenant: Tenant;
  #items: ReadonlyMap<string, EstateResource> | undefined;

  constructor(tenant: Tenant) {
    this.#tenant = tenant;
    tenant.onChange(({ before, after }) => {
      if ((after ?? before)?.type.toLowerCase() === itemType) this.#items = undefined;
    });
  }

  itemOf(vmId: string): EstateResource | undefined {
    this.#items ??= new Map(
      [...this.#tenant.resources.values()]
        .filter(
          ({ type, properties }) => type.toLowerCase() === itemType && !properties['isScheduledForDeferredDelete'],
        )
        .map((item) => [String(item.properties['sourceResourceId']).toLowerCase(), item]),
    );
    return this.#items.get(vmId.toLowerCase());
  }
}

/**
 * The answer to "is this VM backed up, and where?": it knows vaults that the caller may not read. An item that is
 * stopped but kept counts as protected (unconfirmed); a soft-deleted one does not.
 */
export function backupStatusOf(vmId: string, items: ItemsByVm): Readonly<Record<string, unknown>> {
  const item = items.itemOf(vmId);
  const answer = {
    protectionStatus: item === undefined ? 'NotProtected' : 'Protected',
    fabricName: 'Azure',
    ...backupNamesOf(vmId),
    protectedItemsCount: 0,
    objectType: 'BackupStatusResponse',
  };
  if (item === undefined) return answer;
  const policyName =
    String(item.properties['policyId'] ?? '')
      .split('/')
      .at(-1) ?? '';
  return { ...answer, vaultId: rootResourceOf(item.id), policyName };
}

/** How Azure Backup calls the container and the item of a VM; classic VMs lack the `v2`. */
export function backupNamesOf(vmId: string): { readonly containerName: string; readonly protectedItemName: string } {
  const { resourceGroup = '', type = '', names: [name = ''] = [] } = parseArmPath(vmId) ?? {};
  const kind = /^Microsoft\.ClassicCompute\//i.test(type) ? 'iaasvmcontainer' : 'iaasvmcontainerv2';
  const itemName = `${kind};${resourceGroup};${name}`.toLowerCase();
  return { containerName: `iaasvmcontainer;${itemName}`, protectedItemName: `vm;${itemName}` };
}
