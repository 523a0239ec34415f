import * as z from 'zod';

import { type Confirmation, newestFirst, validConfirmation } from '../domain/confirmation.ts';
import { type OperationsNow, operationsAt } from '../domain/server-operations.ts';
import type { ServerVerdict } from '../domain/server-verdict.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import type { JudgedServer, ServerChange, ServerSurvey } from './judged-server.ts';
import type { Ports } from './ports.ts';

/** A server as it is shown: with what it may do now, which time alone changes. */
export type ShownServer = Omit<JudgedServer, 'facts' | 'findings'> & { readonly operations: OperationsNow };

/** What a list of servers rests on; `null` before the first survey. */
export type ServerCompleteness = Omit<ServerSurvey, 'runId' | 'at'> & {
  readonly runId: string | null;
  readonly surveyedAt: string | null;
  readonly complete: boolean;
};

/** A page of servers and the cursor of the next one; `null` at the end. */
export interface ServerPage {
  readonly servers: readonly ShownServer[];
  readonly next: string | null;
  readonly completeness: ServerCompleteness;
}

/** Filter of the list; absent fields do not filter. */
export interface ServerFilter {
  readonly verdict?: ServerVerdict | undefined;
  readonly subscription?: string | undefined;
  /** Id of a failing rule. */
  readonly rule?: string | undefined;
}

/** A confirmation, and whether it counts now. */
export type ShownConfirmation = Confirmation & { readonly counts: boolean };

/** Everything about one server. */
export interface ServerInFull {
  readonly server: ShownServer & Pick<JudgedServer, 'findings'>;
  readonly confirmations: readonly ShownConfirmation[];
  readonly changes: readonly ServerChange[];
}

type ServerPorts = Pick<Ports, 'servers' | 'clock'>;

/** A stored server with the row of the matrix that applies at an instant. */
export function shownServer({ facts, findings: _, ...row }: JudgedServer, now: Date): ShownServer {
  return { ...row, operations: operationsAt(facts.lastContact, facts.subscription, now) };
}

async function completenessOf({ servers }: Pick<Ports, 'servers'>): Promise<ServerCompleteness> {
  const survey = await servers.survey();
  if (!survey) {
    return { runId: null, surveyedAt: null, complete: false, vaults: 0, servers: 0, gaps: [] };
  }
  const { runId, at, vaults, servers: count, gaps } = survey;
  return { runId, surveyedAt: at, complete: gaps.length === 0, vaults, servers: count, gaps };
}

const position = { name: z.string(), serverKey: z.string() };

function compare(a: Pick<JudgedServer, 'name' | 'serverKey'>, b: Pick<JudgedServer, 'name' | 'serverKey'>): number {
  const [left, right] = [a, b].map(({ name, serverKey }) => `${name.toLowerCase()}\u0000${serverKey}`);
  return (left ?? '') < (right ?? '') ? -1 : Number((left ?? '') > (right ?? ''));
}

/** Servers that are there, by name, a page at a time. Throws `WrongCursor`. */
export async function listServers(
  ports: ServerPorts,
  { verdict, subscription, rule }: ServerFilter,
  size: number,
  cursor: string | undefined,
): Promise<ServerPage> {
  const query = ['servers', verdict, subscription, rule];
  const after = cursor === undefined ? undefined : decodeCursor(query, position, cursor);
  const rows = (await ports.servers.all())
    .map(({ value }) => value)
    .filter(({ goneAt }) => goneAt === undefined)
    .filter((row) => verdict === undefined || row.verdict === verdict)
    .filter((row) => subscription === undefined || row.subscriptionId === subscription)
    .filter((row) => rule === undefined || row.failing.includes(rule))
    .filter((row) => after === undefined || compare(row, after) > 0)
    .toSorted(compare);
  const page = rows.slice(0, size);
  const last = page.at(-1);
  const now = ports.clock();
  return {
    servers: page.map((row) => shownServer(row, now)),
    next: last && rows.length > size ? encodeCursor(query, { name: last.name, serverKey: last.serverKey }) : null,
    completeness: await completenessOf(ports),
  };
}

const changesShown = 20;

/** One server with its findings, the words of its owner (newest first), and its newest changes; `undefined` if there is none. */
export async function showServer(ports: ServerPorts, serverKey: string): Promise<ServerInFull | undefined> {
  const row = (await ports.servers.find(serverKey))?.value;
  if (!row) {
    return undefined;
  }
  const now = ports.clock();
  const confirmations = await ports.servers.confirmations(serverKey);
  return {
    server: { ...shownServer(row, now), findings: row.findings },
    confirmations: confirmations
      .toSorted(newestFirst)
      .map((each) => ({ ...each, counts: validConfirmation(confirmations, each.confirms, now) === each })),
    changes: await ports.servers.changesOf(serverKey, changesShown),
  };
}
