import { randomBytes } from 'node:crypto';

import { type Confirmation, hostConfirmation } from '../domain/confirmation.ts';
import { parseVmId } from '../domain/ids.ts';
import type { ServerRule } from '../domain/server-rule.ts';
import type { JudgementSettings } from '../domain/settings.ts';
import { serverCatalogue } from '../rules/servers/catalogue.ts';
import { type HostFacts, hostFactsOf, namedHost } from './host-of-server.ts';
import type { JudgedServer } from './judged-server.ts';
import type { Ports } from './ports.ts';
import { changeOf, judgedAnew } from './server-row.ts';

/** What can be confirmed of a server: the questions of the checklist, and on which machine it runs. */
export const confirmable: readonly string[] = [
  hostConfirmation,
  ...serverCatalogue.filter(({ checklist }: ServerRule) => checklist !== undefined).map(({ id }) => id),
];

/** What somebody says of a server. */
export type ConfirmationWish = Pick<Confirmation, 'confirms' | 'what' | 'by'> & {
  readonly until: string | undefined;
  readonly host?: string | undefined;
  readonly note?: string | undefined;
};

/** What became of it. */
export type ConfirmationAnswer =
  | { readonly kind: 'confirmed'; readonly confirmation: Confirmation; readonly server: JudgedServer }
  | { readonly kind: 'wrong'; readonly parameter: string; readonly why: string }
  | { readonly kind: 'not-found' };

type ConfirmPorts = Pick<Ports, 'servers' | 'serverReads' | 'arm' | 'evaluations' | 'clock'>;
type Wrong = Extract<ConfirmationAnswer, { kind: 'wrong' }>;

const wrong = (parameter: string, why: string): Wrong => ({ kind: 'wrong', parameter, why });

function wrongEnd({ what, until }: ConfirmationWish, maxDays: number, now: Date): Wrong | undefined {
  if (what === 'withdrawn') {
    return until === undefined ? undefined : wrong('until', 'a withdrawal has no end');
  }
  if (until === undefined) {
    return wrong('until', 'expected the day until which it counts');
  }
  const left = Date.parse(until) - now.getTime();
  if (left <= 0) {
    return wrong('until', 'expected an instant to come');
  }
  return left > maxDays * 86_400_000 ? wrong('until', `at most ${maxDays} days from now`) : undefined;
}

function wrongHost({ confirms, what, host }: ConfirmationWish): Wrong | undefined {
  if (confirms !== hostConfirmation || what === 'withdrawn') {
    return host === undefined ? undefined : wrong('host', 'only with confirms host, and not in a withdrawal');
  }
  const isHost = host === 'on-premises' || (host !== undefined && parseVmId(host) !== undefined);
  return isHost ? undefined : wrong('host', "expected the ARM id of a virtual machine, or 'on-premises'");
}

/** The facts about the machine, where the word was about it. */
async function changedHost(
  ports: ConfirmPorts,
  settings: JudgementSettings,
  { confirms }: Confirmation,
  { name }: JudgedServer,
  confirmations: readonly Confirmation[],
): Promise<Partial<HostFacts>> {
  if (confirms !== hostConfirmation) {
    return {};
  }
  const named = namedHost(confirmations, ports.clock());
  const vmIds = named?.host === undefined || named.host === 'on-premises' ? [] : [named.host];
  const machines = await ports.serverReads.machines({ computerNames: [], vmIds });
  return hostFactsOf(ports, name, { machines, named, settings });
}

/** Sorts after every earlier confirmation of the server, also one of the same millisecond. */
function newConfirmationId({ revision }: JudgedServer): string {
  return `${String(revision).padStart(8, '0')}-${randomBytes(6).toString('hex')}`;
}

/** How often a row that changed meanwhile is judged again. */
const attempts = 4;

/**
 * Records what an owner says of a server, and judges the server by it at once. The word is stored first: if the row cannot be
 * written, the next survey heeds it.
 */
export async function confirmServer(
  ports: ConfirmPorts,
  { judgement, maxDays }: { readonly judgement: JudgementSettings; readonly maxDays: number },
  serverKey: string,
  wish: ConfirmationWish,
): Promise<ConfirmationAnswer> {
  const now = ports.clock();
  const found = await ports.servers.find(serverKey);
  if (!found) {
    return { kind: 'not-found' };
  }
  const refused = wrongEnd(wish, maxDays, now) ?? wrongHost(wish);
  if (refused) {
    return refused;
  }
  const { confirms, what, by, host, note, until } = wish;
  const at = now.toISOString();
  const confirmation: Confirmation = {
    confirmationId: newConfirmationId(found.value),
    serverKey,
    confirms,
    what,
    ...(host === undefined ? {} : { host }),
    by,
    at,
    until: until ?? at,
    ...(note === undefined ? {} : { note }),
  };
  await ports.servers.confirm(confirmation);
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const before = await ports.servers.find(serverKey);
    if (!before) {
      return { kind: 'not-found' };
    }
    const confirmations = await ports.servers.confirmations(serverKey);
    const changed = await changedHost(ports, judgement, confirmation, before.value, confirmations);
    const server = judgedAnew(before.value, changed, { settings: judgement, now, confirmations });
    const row = { value: server, ...(before.version ? { version: before.version } : {}) };
    if (await ports.servers.write(row, changeOf(server, before.value))) {
      return { kind: 'confirmed', confirmation, server };
    }
  }
  throw new Error(
    'The row of the backup server changed again and again; what was confirmed counts from the next sweep on.',
  );
}
