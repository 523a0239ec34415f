import { type Fact, known } from '../domain/fact.ts';
import type { Machine } from '../domain/machine.ts';
import { onceFor } from '../domain/memo.ts';
import type { Inventory, ItemOfVm, Ports, ReadItems } from './ports.ts';

type ItemPorts = Pick<Ports, 'arm'> & { readonly inventory: Pick<Inventory, 'items' | 'vmsWithSeveralItems'> };

const bySource = onceFor((items: readonly ItemOfVm[]) => Map.groupBy(items, ({ source }) => source));

/** What was read of a VM with the item that Azure Backup itself names; `undefined` where it cannot say. */
async function withLiveItem({ arm }: ItemPorts, vm: Machine, read: ReadItems): Promise<Fact<ReadItems> | undefined> {
  const live = await arm.itemOf(vm);
  if (live.kind === 'unknown') {
    return undefined;
  }
  const { value, source } = live;
  const items =
    value === 'none'
      ? read.items
      : [...read.items.filter(({ item }) => item.key !== value.key), { source: vm.key, item: value }];
  return known({ ...read, items }, source);
}

/** The items of one VM from Resource Graph, and from Azure Backup an item that is too new for it. */
export async function readItemsOfVm(ports: ItemPorts, vm: Machine): Promise<Fact<ReadItems>> {
  const shown = await ports.inventory.items({ vm: vm.key });
  if (shown.kind === 'unknown' || shown.value.items.some(({ item }) => !item.softDeleted)) {
    return shown;
  }
  return (await withLiveItem(ports, vm, shown.value)) ?? shown;
}

/**
 * The items of one of many VMs, without a query of its own: the live one from Azure Backup, all others from what Azure Backup
 * does not name, which is read for all VMs together. Events from hundreds of subscriptions would use up the quota otherwise.
 */
export async function readItemsOfOneOfMany(ports: ItemPorts, vm: Machine): Promise<Fact<ReadItems>> {
  const several = await ports.inventory.vmsWithSeveralItems();
  if (several.kind === 'unknown') {
    return several;
  }
  if (several.value.has(vm.key)) {
    return ports.inventory.items({ vm: vm.key });
  }
  const notNamed = await ports.inventory.items('not-live');
  if (notNamed.kind === 'unknown') {
    return notNamed;
  }
  const items = bySource(notNamed.value.items).get(vm.key) ?? [];
  return (await withLiveItem(ports, vm, { ...notNamed.value, items })) ?? ports.inventory.items({ vm: vm.key });
}
