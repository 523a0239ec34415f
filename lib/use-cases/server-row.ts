import { hash } from 'node:crypto';

import { productOf } from '../domain/backup-engine.ts';
import type { Confirmation } from '../domain/confirmation.ts';
import type { Finding } from '../domain/finding.ts';
import { armId } from '../domain/ids.ts';
import { judgeServer, type ServerEvaluation } from '../domain/judge-server.ts';
import { lastContactOf } from '../domain/last-contact.ts';
import type { ServerRule } from '../domain/server-rule.ts';
import type { ServerSheet } from '../domain/server-sheet.ts';
import { serverVerdictOf } from '../domain/server-verdict.ts';
import type { JudgementSettings } from '../domain/settings.ts';
import { staysOpen } from '../domain/verdict.ts';
import { serverCatalogue } from '../rules/servers/catalogue.ts';
import type { HostCandidate, JudgedServer, ServerChange } from './judged-server.ts';

/** The short key of a server in tables and addresses: 80 bits of SHA-256 of its lower-cased ARM id, in hex. */
export function serverKeyOf(serverId: string): string {
  return hash('sha256', armId(serverId), 'hex').slice(0, 20);
}

/** Where a server is registered. */
export type ServerAddress = Pick<
  JudgedServer,
  'serverKey' | 'serverId' | 'name' | 'product' | 'vaultId' | 'vault' | 'subscriptionId' | 'resourceGroup' | 'region'
>;

/** What servers are judged with. */
export interface ServerJudgement {
  readonly settings: JudgementSettings;
  readonly now: Date;
  /** Of this server. */
  readonly confirmations: readonly Confirmation[];
  readonly runId?: string;
}

function ruleIds(findings: readonly Finding[], isWanted: (finding: Finding) => boolean): readonly string[] {
  return findings.filter((finding) => finding.severity !== 'info' && isWanted(finding)).map(({ rule }) => rule);
}

type Said = Pick<JudgedServer, 'verdict' | 'failing' | 'unknown' | 'findings' | 'checklist'>;

function said({ verdict, findings, checklist }: Omit<ServerEvaluation, 'evaluatedAt'>): Said {
  const failing = ruleIds(findings, ({ outcome }) => outcome === 'fail');
  const unknown = ruleIds(findings, (finding) => finding.outcome === 'unknown' && staysOpen(finding.cause));
  return { verdict, failing: failing.toSorted(), unknown: unknown.toSorted(), findings, checklist };
}

/** The row of a server that was judged, after what is stored of it. */
export function judgedServer(
  address: ServerAddress,
  sheet: ServerSheet,
  hostCandidates: readonly HostCandidate[],
  { settings, now, confirmations, runId }: ServerJudgement,
  before: JudgedServer | undefined,
): JudgedServer {
  const evaluation = judgeServer(serverCatalogue, sheet, { settings, now, confirmations });
  const { items: _, ...facts } = sheet;
  const at = now.toISOString();
  const isSame = before !== undefined && !before.goneAt && before.verdict === evaluation.verdict;
  const product =
    sheet.engine.kind === 'known' && sheet.engine.value !== 'planned' ? productOf(sheet.engine.value) : address.product;
  return {
    ...address,
    product,
    ...said(evaluation),
    since: isSame ? before.since : at,
    hostCandidates,
    facts: { ...facts, lastContact: lastContactOf(sheet) },
    revision: (before?.revision ?? 0) + 1,
    evidenceAt: at,
    ...(runId ? { runId } : {}),
  };
}

/** Rules whose answer an owner's word may change: they are judged again from what is kept of a server. */
const ownersRules = serverCatalogue.filter(
  ({ id, checklist }: ServerRule) => checklist !== undefined || id === 'mabs-host-vm-backed-up',
);

/** A server after a word of its owner: what Azure said of it stays as it was read. */
export function judgedAnew(
  row: JudgedServer,
  changed: Partial<Pick<ServerSheet, 'host' | 'hostVm'>>,
  { settings, now, confirmations }: ServerJudgement,
): JudgedServer {
  const { lastContact, ...kept } = row.facts;
  const facts = { ...kept, ...changed };
  const unread = { kind: 'unknown', because: { cause: 'partial-inventory', detail: 'Items are not kept.' } } as const;
  const anew = judgeServer(ownersRules, { ...facts, items: unread }, { settings, now, confirmations });
  const findings = row.findings.map((finding) => anew.findings.find(({ rule }) => rule === finding.rule) ?? finding);
  const verdict = serverVerdictOf(findings);
  return {
    ...row,
    ...said({ verdict, findings, checklist: anew.checklist }),
    since: verdict === row.verdict ? row.since : now.toISOString(),
    facts: { ...facts, lastContact },
    revision: row.revision + 1,
  };
}

/** The row of a server that its vault no longer shows. */
export function retiredServer(row: JudgedServer, at: string, runId: string): JudgedServer {
  return { ...row, goneAt: at, evidenceAt: at, revision: row.revision + 1, runId };
}

function whyOf(row: JudgedServer): string {
  if (row.goneAt) {
    return 'Its vault no longer shows the server.';
  }
  const first = row.findings.find(({ outcome }) => outcome === 'fail' || outcome === 'unknown');
  return first?.message ?? 'Nothing is wrong.';
}

/** The change that a new row is, if it is one to remember: the first sight of a server is one too. */
export function changeOf(row: JudgedServer, before: JudgedServer | undefined): ServerChange | undefined {
  const to = row.goneAt ? ('gone' as const) : row.verdict;
  const from = before?.goneAt ? undefined : before?.verdict;
  const failingBefore = before?.failing ?? [];
  if (from === to && failingBefore.join() === row.failing.join()) {
    return undefined;
  }
  const { serverKey, revision, failing, evidenceAt: at } = row;
  return { serverKey, revision, at, ...(from ? { from } : {}), to, failingBefore, failing, why: whyOf(row) };
}
