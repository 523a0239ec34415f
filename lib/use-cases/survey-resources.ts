import type { Cell } from '../domain/cell.ts';
import { type Fact, known, type Source, type UnknownBecause } from '../domain/fact.ts';
import { type ArmId, parseVmId, resourceGroupOf, subscriptionOf } from '../domain/ids.ts';
import { judgeResources, type ResourceFinding } from '../domain/judge-resources.ts';
import type { ProtectedItem } from '../domain/protection.ts';
import type { ItemWithoutVm, ResourceSheet } from '../domain/resource.ts';
import type { ResourceRule } from '../domain/resource-rule.ts';
import { resourceCatalogue } from '../rules/resources/catalogue.ts';
import type { Ports } from './ports.ts';

type Survey = Pick<Ports, 'inventory' | 'runs'>;

const rules: readonly ResourceRule[] = resourceCatalogue;

/** Judges what is left of classic Azure, once per run, and notes it with the run. */
export async function surveyClassic({ inventory, runs }: Survey, runId: string): Promise<void> {
  const classic = await inventory.classicResources();
  const none = known([], { where: '', readAt: '' });
  const findings = judgeResources(
    rules.filter(({ about }) => about !== 'itemsWithoutVm'),
    { ...classic, itemsWithoutVm: none },
  );
  await runs.noteResources(runId, 'classic', findings);
}

/** What a shard saw: the VMs of its cells, and the items of its subscriptions. */
export interface Seen {
  readonly cells: readonly Cell[];
  /** Keys of all VMs that exist, also of those whose row makes no sense. */
  readonly vms: ReadonlySet<ArmId>;
  readonly items: Fact<ReadonlyMap<ArmId, readonly ProtectedItem[]>>;
  /** Why a VM may exist that was not seen. */
  readonly gap?: UnknownBecause;
}

/** Live items of VMs of the cells that were not seen. A vault protects VMs of its own region only. */
function itemsWithoutVm(
  { cells, vms }: Seen,
  items: ReadonlyMap<ArmId, readonly ProtectedItem[]>,
  missedBefore: ReadonlySet<string>,
): readonly ItemWithoutVm[] {
  const inCells = new Set(cells.map((cell) => `${cell.subscriptionId}|${cell.region}`));
  return [...items]
    .filter(([source]) => !vms.has(source))
    .flatMap(([source, ofVm]) => ofVm.map((item) => ({ source, item })))
    .filter(({ item }) => !item.softDeleted)
    .filter(({ source, item }) => inCells.has(`${subscriptionOf(source)}|${item.vaultRegion}`))
    .map(({ source, item }) => ({
      id: item.id,
      name: parseVmId(source)?.name ?? item.itemName,
      type: 'microsoft.recoveryservices/vaults/backupfabrics/protectioncontainers/protecteditems',
      resourceGroup: resourceGroupOf(item.vaultId) ?? '',
      subscriptionId: subscriptionOf(item.vaultId) ?? '',
      region: item.vaultRegion,
      vaultName: item.vaultName,
      containerName: item.containerName,
      itemName: item.itemName,
      sourceId: source,
      wasMissingBefore: missedBefore.has(item.key),
    }));
}

/** Ids of the items whose VM the last complete run before this one missed. */
async function missedBefore({ runs }: Pick<Survey, 'runs'>, runId: string): Promise<ReadonlySet<string>> {
  const newest = await runs.newest(10, 'full');
  const before = newest.find((run) => run.runId !== runId && run.state === 'complete');
  const findings = before ? await runs.resourceFindings(before.runId) : [];
  const orphans = findings.filter(({ finding }) => finding.rule === 'health-orphaned-item');
  return new Set(orphans.flatMap(({ resource }) => (resource ? [resource.id.toLowerCase()] : [])));
}

function factOf(seen: Seen, before: ReadonlySet<string>): ResourceSheet['itemsWithoutVm'] {
  const { items, gap } = seen;
  if (items.kind === 'unknown') {
    return items;
  }
  return gap ? { kind: 'unknown', because: gap } : known(itemsWithoutVm(seen, items.value, before), items.source);
}

/** Judges the items of a shard whose VM is not there, and notes them with the run. */
export async function surveyItems(ports: Survey, runId: string, shardId: string, seen: Seen): Promise<void> {
  const nothing = known([], noSource);
  const findings: readonly ResourceFinding[] = judgeResources(
    rules.filter(({ about }) => about === 'itemsWithoutVm'),
    {
      classicVms: nothing,
      classicItems: nothing,
      classicStorageAccounts: nothing,
      classicBackupVaults: nothing,
      itemsWithoutVm: factOf(seen, await missedBefore(ports, runId)),
    },
  );
  await ports.runs.noteResources(runId, `shard-${shardId}`, findings);
}

const noSource: Source = { where: '', readAt: '' };
