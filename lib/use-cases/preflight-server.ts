import { type Fact, known, type UnknownBecause, unknown } from '../domain/fact.ts';
import { judgeServer, type ServerEvaluation } from '../domain/judge-server.ts';
import type { ServerHost } from '../domain/server-host.ts';
import type { SubscriptionState } from '../domain/server-operations.ts';
import type { ServerSheet, ServerVault } from '../domain/server-sheet.ts';
import type { JudgementSettings } from '../domain/settings.ts';
import { serverCatalogue } from '../rules/servers/catalogue.ts';
import { hostFactsOf } from './host-of-server.ts';
import type { Ports } from './ports.ts';
import { ownSource } from './vaults-of-servers.ts';

/** A server that does not exist yet: an Azure VM, a description, or both; what is described goes before what is read. */
export interface PlannedServer {
  readonly vmId?: string | undefined;
  readonly host?: ServerHost | undefined;
  readonly vault?: ServerVault | undefined;
}

/** What became of the question. */
export type PreflightAnswer =
  | { readonly kind: 'judged'; readonly evaluation: ServerEvaluation }
  | { readonly kind: 'no-such-vm' };

type PreflightPorts = Pick<Ports, 'serverReads' | 'arm' | 'evaluations' | 'inventory' | 'clock'>;

type Read = Pick<ServerSheet, 'host' | 'hostVm'> | 'no-such-vm';

/** What Azure shows of the VM on which the server is to be installed. */
async function readHost(ports: PreflightPorts, settings: JudgementSettings, vmId: string): Promise<Read> {
  const machines = await ports.serverReads.machines({ computerNames: [], vmIds: [vmId] });
  if (machines.kind === 'known' && machines.value.length === 0) {
    return 'no-such-vm';
  }
  const at = ports.clock().toISOString();
  const named = { confirmationId: '', serverKey: '', confirms: 'host', what: 'confirmed', by: 'the plan' } as const;
  return hostFactsOf(ports, vmId, { machines, settings, named: { ...named, host: vmId, at, until: at } });
}

const undescribed: UnknownBecause = { cause: 'not-exposed', detail: 'The description does not tell it.' };

/** The host as it is read, with what is described of it on top. */
function combined(read: Fact<ServerHost>, described: ServerHost | undefined, now: Date): Fact<ServerHost> {
  if (!described) {
    return read;
  }
  const { where: _, ...rest } = described;
  return read.kind === 'known' ? known({ ...read.value, ...rest }, read.source) : known(described, ownSource(now));
}

async function subscriptionOf(
  { inventory }: Pick<Ports, 'inventory'>,
  subscriptionId: string | undefined,
): Promise<Fact<SubscriptionState>> {
  if (subscriptionId === undefined) {
    return { kind: 'unknown', because: undescribed };
  }
  const containers = await inventory.containers();
  if (containers.kind === 'unknown') {
    return containers;
  }
  const state = containers.value.states.get(subscriptionId);
  return state === undefined
    ? unknown('partial-inventory', `Subscription ${subscriptionId} does not exist, or may not be read.`)
    : known({ subscriptionId, state }, containers.source);
}

/** Judges a backup server before it is installed, by the checklist of the documents. */
export async function preflightServer(
  ports: PreflightPorts,
  settings: JudgementSettings,
  { vmId, host, vault }: PlannedServer,
): Promise<PreflightAnswer> {
  const now = ports.clock();
  const nothing = { kind: 'unknown', because: undescribed } as const;
  const read =
    vmId === undefined
      ? { host: nothing, hostVm: known('none' as const, ownSource(now)) }
      : await readHost(ports, settings, vmId);
  if (read === 'no-such-vm') {
    return { kind: 'no-such-vm' };
  }
  const sheet: ServerSheet = {
    engine: known('planned', ownSource(now)),
    registrations: known({ vaultsOfHost: [], serversInVault: 0 }, ownSource(now)),
    vault: vault ? known(vault, ownSource(now)) : nothing,
    subscription: await subscriptionOf(ports, vault?.subscriptionId),
    items: known([], ownSource(now)),
    host: combined(read.host, host, now),
    hostVm: read.hostVm,
  };
  return { kind: 'judged', evaluation: judgeServer(serverCatalogue, sheet, { settings, now, confirmations: [] }) };
}
