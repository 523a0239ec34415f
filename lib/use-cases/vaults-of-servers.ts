import { type BackupEngine, productOf, type ServerItem } from '../domain/backup-engine.ts';
import { type Fact, known, type Source } from '../domain/fact.ts';
import { type ArmId, armId, resourceGroupOf, subscriptionOf } from '../domain/ids.ts';
import type { Vault } from '../domain/protection.ts';
import type { ServerVault } from '../domain/server-sheet.ts';
import { gap } from './gaps.ts';
import { inBatches } from './in-batches.ts';
import type { JudgedServer } from './judged-server.ts';
import type { Arm, Ports } from './ports.ts';
import type { Gap } from './run.ts';
import type { EnginesReading } from './server-ports.ts';
import { sharedReads } from './shared-reads.ts';

/** A vault with the servers that are registered with it, and what they protect. */
export interface VaultWithServers {
  readonly vaultId: string;
  readonly vault: Fact<ServerVault>;
  readonly engines: EnginesReading;
  /** By product; only those of which there is a server. */
  readonly items: ReadonlyMap<'mabs' | 'dpm', Fact<readonly ServerItem[]>>;
}

/** Everything that is read of servers by vault. */
export interface ReadVaults {
  readonly vaults: readonly VaultWithServers[];
  readonly gaps: readonly Gap[];
}

function serverVault({ id, name, region, resourceGroup, subscriptionId, redundancy }: Vault): ServerVault {
  return { id, name, region, resourceGroup, subscriptionId, ...(redundancy === undefined ? {} : { redundancy }) };
}

interface VaultToAsk {
  readonly vaultId: string;
  readonly vault: Fact<ServerVault>;
  /** As it is shown now; absent where only a server that is stored names it. */
  readonly shown?: Vault;
}

/** A vault whose row does not tell its redundancy is asked for its setting. */
async function withRedundancy(
  arm: Pick<Arm, 'storageSettingOf'>,
  { vault, shown }: VaultToAsk,
): Promise<Fact<ServerVault>> {
  if (!shown || shown.redundancy !== undefined || vault.kind === 'unknown') {
    return vault;
  }
  const setting = await arm.storageSettingOf(shown);
  return setting.kind === 'known' && setting.value.redundancy !== undefined
    ? known({ ...vault.value, redundancy: setting.value.redundancy }, setting.source)
    : vault;
}

/** The vaults of covered subscriptions, and those of servers that are known, whether they are shown or not. */
function vaultsToAsk(
  vaults: Fact<readonly Vault[]>,
  covered: ReadonlySet<string>,
  stored: readonly JudgedServer[],
): readonly VaultToAsk[] {
  const asked = new Map<ArmId, VaultToAsk>();
  for (const { vaultId, facts } of stored) {
    asked.set(armId(vaultId), { vaultId, vault: facts.vault });
  }
  if (vaults.kind === 'known') {
    for (const vault of vaults.value.filter(({ subscriptionId }) => covered.has(subscriptionId))) {
      asked.set(vault.key, { vaultId: vault.id, vault: known(serverVault(vault), vaults.source), shown: vault });
    }
  }
  return [...asked.values()];
}

const products = ['mabs', 'dpm'] as const;

/** Products of which a vault has servers. A server of an unknown type has no items that could be asked for. */
function productsIn(engines: readonly BackupEngine[]): readonly (typeof products)[number][] {
  return products.filter((product) => engines.some((engine) => productOf(engine) === product));
}

/**
 * Asks every vault for its servers, one call for each; a vault that has some is asked for their items as well, one call for
 * each product.
 */
export async function readVaultsOfServers(
  { inventory, arm, serverReads, runs }: Pick<Ports, 'inventory' | 'arm' | 'serverReads' | 'runs'>,
  runId: string,
  stored: readonly JudgedServer[],
): Promise<ReadVaults> {
  const vaults = await sharedReads(inventory, runId).vaults();
  const subscriptions = await runs.subscriptionsOf(runId);
  const covered = subscriptions.filter(({ lostAt }) => lostAt === undefined);
  const asked = vaultsToAsk(vaults, new Set(covered.map(({ subscriptionId }) => subscriptionId)), stored);
  const read = new Map<string, VaultWithServers>();
  const gaps: Gap[] = vaults.kind === 'unknown' ? [gap('vaults', vaults.because)] : [];
  await inBatches(asked, async (each) => {
    const { vaultId } = each;
    const engines = await serverReads.enginesIn(vaultId);
    const items = new Map<'mabs' | 'dpm', Fact<readonly ServerItem[]>>();
    for (const product of engines.kind === 'known' ? productsIn(engines.value) : []) {
      items.set(product, await serverReads.itemsIn(vaultId, product));
    }
    const isUsed = engines.kind === 'known' && engines.value.length > 0;
    const vault = isUsed ? await withRedundancy(arm, each) : each.vault;
    const unread = [engines, ...items.values()].flatMap((fact) => (fact.kind === 'unknown' ? [fact.because] : []));
    gaps.push(...unread.map((because) => gap(vaultId, because)));
    read.set(vaultId, { vaultId, vault, engines, items });
  });
  return { vaults: asked.flatMap(({ vaultId }) => read.get(vaultId) ?? []), gaps };
}

/** Where a vault stands, by its id alone. */
export function placeOfVault(vaultId: string): { readonly subscriptionId: string; readonly resourceGroup: string } {
  return { subscriptionId: subscriptionOf(vaultId) ?? '', resourceGroup: resourceGroupOf(vaultId) ?? '' };
}

/** Nothing was read: for facts that Backstop itself makes. */
export function ownSource(now: Date): Source {
  return { where: 'Backstop', readAt: now.toISOString() };
}
