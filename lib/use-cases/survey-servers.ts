import { type BackupEngine, isSameServer, productOf, type ServerItem } from '../domain/backup-engine.ts';
import type { Confirmation } from '../domain/confirmation.ts';
import { type Fact, known, type UnknownBecause, unknown } from '../domain/fact.ts';
import type { SubscriptionState } from '../domain/server-operations.ts';
import type { ServerSheet } from '../domain/server-sheet.ts';
import type { JudgementSettings } from '../domain/settings.ts';
import { isWord } from '../domain/word.ts';
import { failIfPassing, gapsIn } from './gaps.ts';
import { candidatesFor, computerNamesOf, hostFactsOf, namedHost } from './host-of-server.ts';
import type { JudgedServer } from './judged-server.ts';
import type { Containers, Ports, Stored } from './ports.ts';
import type { HostMachine } from './server-ports.ts';
import { changeOf, judgedServer, retiredServer, type ServerAddress, serverKeyOf } from './server-row.ts';
import { sharedReads } from './shared-reads.ts';
import { ownSource, placeOfVault, readVaultsOfServers, type VaultWithServers } from './vaults-of-servers.ts';

/** Stands for the survey of backup servers where messages name a shard: it is done beside the shards of a full run. */
export const serversShard = 'servers';

type SurveyPorts = Pick<
  Ports,
  'inventory' | 'arm' | 'runs' | 'evaluations' | 'serverReads' | 'servers' | 'clock' | 'log'
>;

/** What all servers of a survey share. */
interface Survey {
  readonly ports: SurveyPorts;
  readonly settings: JudgementSettings;
  readonly runId: string;
  readonly now: Date;
  readonly vaults: readonly VaultWithServers[];
  readonly containers: Fact<Containers>;
  readonly machines: Fact<readonly HostMachine[]>;
  readonly confirmations: readonly Confirmation[];
}

/** A server that a vault shows. */
interface SeenServer {
  readonly engine: BackupEngine;
  readonly at: VaultWithServers;
}

function enginesOf({ engines }: VaultWithServers): readonly BackupEngine[] {
  return engines.kind === 'known' ? engines.value : [];
}

function seenIn(vaults: readonly VaultWithServers[]): readonly SeenServer[] {
  return vaults.flatMap((at) => enginesOf(at).map((engine) => ({ engine, at })));
}

function nameOfVault({ vault, vaultId }: VaultWithServers): string {
  return vault.kind === 'known' ? vault.value.name : (vaultId.split('/').at(-1) ?? vaultId);
}

function addressOf({ engine, at }: SeenServer): ServerAddress {
  return {
    serverKey: serverKeyOf(engine.id),
    serverId: engine.id,
    name: engine.hostName,
    product: productOf(engine),
    vaultId: at.vaultId,
    vault: nameOfVault(at),
    region: at.vault.kind === 'known' ? at.vault.value.region : '',
    ...placeOfVault(at.vaultId),
  };
}

function subscriptionFact({ containers }: Survey, subscriptionId: string): Fact<SubscriptionState> {
  if (containers.kind === 'unknown') {
    return containers;
  }
  const state = containers.value.states.get(subscriptionId);
  return state === undefined
    ? unknown('partial-inventory', `Subscription ${subscriptionId} is not shown.`)
    : known({ subscriptionId, state }, containers.source);
}

/** Vaults that could not be read may hold another registration: the gaps of the survey name them. */
function registrationsOf({ vaults, now }: Survey, { engine, at }: SeenServer): ServerSheet['registrations'] {
  const same = seenIn(vaults).filter((other) => isSameServer(other.engine, engine));
  const vaultsOfHost = same.map((other) => nameOfVault(other.at)).toSorted();
  return known({ vaultsOfHost, serversInVault: enginesOf(at).length }, ownSource(now));
}

function itemsOf({ engine, at }: SeenServer): Fact<readonly ServerItem[]> {
  const product = productOf(engine);
  const items = product === 'unknown' ? undefined : at.items.get(product);
  if (!items) {
    return unknown(
      'not-reported',
      `Items are asked for by product, and Azure does not say which one ${engine.hostName} is.`,
    );
  }
  return items.kind === 'known'
    ? known(
        items.value.filter(({ engineName }) => isWord(engineName, engine.name)),
        items.source,
      )
    : items;
}

async function sheetOf(survey: Survey, seen: SeenServer): Promise<ServerSheet> {
  const { ports, settings, machines, now } = survey;
  const { engine, at } = seen;
  const { serverKey, subscriptionId } = addressOf(seen);
  const own = survey.confirmations.filter((each) => each.serverKey === serverKey);
  const named = namedHost(own, now);
  const source = at.engines.kind === 'known' ? at.engines.source : ownSource(now);
  return {
    engine: known(engine, source),
    registrations: registrationsOf(survey, seen),
    vault: at.vault,
    subscription: subscriptionFact(survey, subscriptionId),
    items: itemsOf(seen),
    ...(await hostFactsOf(ports, engine.hostName, { machines, named, settings })),
  };
}

/** How often a row that somebody else changed meanwhile is judged again before the survey is tried anew. */
const attempts = 4;

/** Stores what a server became, under its version: an owner's word that comes meanwhile is not lost. */
async function record(
  { servers }: Pick<Ports, 'servers'>,
  serverKey: string,
  next: (before: JudgedServer | undefined) => JudgedServer | Promise<JudgedServer>,
): Promise<void> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const before = await servers.find(serverKey);
    const value = await next(before?.value);
    const row: Stored<JudgedServer> = { value, ...(before?.version ? { version: before.version } : {}) };
    if (await servers.write(row, changeOf(value, before?.value))) {
      return;
    }
  }
  throw new Error('The row of a backup server changed again and again while it was being written.');
}

async function judgeSeen(survey: Survey, seen: SeenServer): Promise<void> {
  const { ports, settings, machines, runId, now } = survey;
  const address = addressOf(seen);
  const sheet = await sheetOf(survey, seen);
  const candidates = candidatesFor(address.name, machines);
  await record(ports, address.serverKey, async (before) => {
    const confirmations = await ports.servers.confirmations(address.serverKey);
    return judgedServer(address, sheet, candidates, { settings, now, confirmations, runId }, before);
  });
}

/** A server whose vault could not be read is unknown with the cause; what was known of it before is no evidence of today. */
async function judgeUnread(survey: Survey, row: JudgedServer, because: UnknownBecause): Promise<void> {
  const { ports, settings, runId, now } = survey;
  const unread = { kind: 'unknown', because } as const;
  const { lastContact: _, ...facts } = row.facts;
  const subscription = subscriptionFact(survey, row.subscriptionId);
  const sheet = { ...facts, subscription, engine: unread, registrations: unread, items: unread };
  await record(ports, row.serverKey, async (before) => {
    const confirmations = await ports.servers.confirmations(row.serverKey);
    return judgedServer(row, sheet, row.hostCandidates, { settings, now, confirmations, runId }, before);
  });
}

/** Servers that are stored and that no vault showed: gone, or hidden. */
async function judgeUnseen(survey: Survey, unseen: readonly JudgedServer[]): Promise<void> {
  for (const row of unseen) {
    const engines = survey.vaults.find(({ vaultId }) => isWord(vaultId, row.vaultId))?.engines;
    if (engines?.kind === 'unknown') {
      await judgeUnread(survey, row, engines.because);
    } else {
      const at = survey.now.toISOString();
      await record(survey.ports, row.serverKey, (before) => retiredServer(before ?? row, at, survey.runId));
    }
  }
}

/** VMs that may be hosts by their names, and those that owners named, in one query. */
function machinesFor(
  { serverReads }: Pick<Ports, 'serverReads'>,
  seen: readonly SeenServer[],
  confirmations: readonly Confirmation[],
): Promise<Fact<readonly HostMachine[]>> {
  const named = confirmations.flatMap(({ host }) => (host === undefined || host === 'on-premises' ? [] : [host]));
  return serverReads.machines({
    computerNames: [...new Set(seen.flatMap(({ engine }) => computerNamesOf(engine.hostName)))],
    vmIds: [...new Set(named)],
  });
}

/**
 * Collects the backup servers of all vaults and judges them, once per full run: one call per vault, none per server, however
 * many shards the run has. Repeated, it finds its own note and does nothing; killed, its message comes again.
 */
export async function surveyServers(
  ports: SurveyPorts,
  settings: JudgementSettings,
  runId: string,
  attempt: number,
): Promise<void> {
  if ((await ports.servers.survey())?.runId === runId) {
    return;
  }
  const now = ports.clock();
  const stored = (await ports.servers.all()).map(({ value }) => value).filter(({ goneAt }) => goneAt === undefined);
  const { vaults, gaps: unread } = await readVaultsOfServers(ports, runId, stored);
  const seen = seenIn(vaults);
  const confirmations = await ports.servers.confirmations();
  const machines = await machinesFor(ports, seen, confirmations);
  const containers = await sharedReads(ports.inventory, runId).containers();
  const gaps = [
    ...unread,
    ...gapsIn([
      ['VMs of backup servers', machines],
      ['states of subscriptions', containers],
    ]),
  ];
  failIfPassing(gaps, attempt);
  const survey: Survey = { ports, settings, runId, now, vaults, containers, machines, confirmations };
  for (const each of seen) {
    await judgeSeen(survey, each);
  }
  const keys = new Set(seen.map(({ engine }) => serverKeyOf(engine.id)));
  await judgeUnseen(
    survey,
    stored.filter(({ serverKey }) => !keys.has(serverKey)),
  );
  await ports.servers.noteSurvey({ runId, at: now.toISOString(), vaults: vaults.length, servers: seen.length, gaps });
  ports.log('info', 'Backup servers were judged.', { runId, vaults: vaults.length, servers: seen.length });
}
