import { createHash } from 'node:crypto';

import { type Evaluation, evaluate } from '../domain/evaluation.ts';
import type { UnknownBecause } from '../domain/fact.ts';
import { unreadableSheet } from '../domain/fact-declarations.ts';
import type { FactSheet } from '../domain/fact-sheet.ts';
import type { Finding } from '../domain/finding.ts';
import type { VmAddress } from '../domain/ids.ts';
import { type Machine, tagValue } from '../domain/machine.ts';
import { judgedItem, type ProtectedItem } from '../domain/protection.ts';
import type { JudgementContext } from '../domain/rule.ts';
import { catalogue } from '../rules/catalogue.ts';
import type { Evaluated } from './evaluated.ts';
import type { Knowledge } from './knowledge.ts';
import type { MachineFacts } from './ports.ts';
import type { OwnReadings } from './surrounding-facts.ts';
import { vmKeyOf } from './vm-key.ts';

/** How an evaluation came about. */
export interface Occasion {
  readonly trigger: Evaluated['trigger'];
  readonly runId?: string;
  /** The row of the VM as it is stored, if there is one. */
  readonly stored?: Evaluated;
}

/** A judged row, and the evaluation that it was made from. */
export interface JudgedVm {
  readonly row: Evaluated;
  readonly evaluation: Evaluation;
}

const ownerTag = 'owner';

/** What a change of the row is: everything a reader sees, except when it was looked at. */
function fingerprintOf(row: Omit<Evaluated, 'fingerprint'>): string {
  const { name, resourceGroup, region, owner, instanceId, verdict, item, lastRecoveryPoint, goneAt, findings } = row;
  const said = findings.map((finding) => [finding.rule, finding.outcome, finding.severity, finding.message]);
  const seen = [name, resourceGroup, region, owner, instanceId, verdict, item, lastRecoveryPoint, goneAt, said];
  return createHash('sha256').update(JSON.stringify(seen)).digest('hex').slice(0, 16);
}

/** A row with the fingerprint of its content. */
export function withFingerprint(row: Omit<Evaluated, 'fingerprint'>): Evaluated {
  return { ...row, fingerprint: fingerprintOf(row) };
}

function rulesOf(findings: readonly Finding[], outcome: 'fail' | 'unknown'): readonly string[] {
  return findings
    .filter((finding) => finding.outcome === outcome && finding.severity !== 'info')
    .map((finding) => finding.rule)
    .toSorted();
}

/** Hours for which what an event or a request read about the agent stands in for a bulk read that has no agent. */
const agentEvidenceHours = 24;

/**
 * Resource Graph does not report the agent. A sweep that did not read the VM itself keeps what was last read from it, with
 * the time at which that was, for a day; so an event's finding does not vanish in the next sweep.
 */
function keepAgentFindings(
  findings: readonly Finding[],
  vm: Pick<Machine, 'vmId'>,
  sheet: FactSheet,
  stored?: Evaluated,
): readonly Finding[] {
  const readAt = stored?.agentReadAt;
  const isUnread = sheet.agent.kind === 'unknown' && sheet.agent.because.cause === 'not-reported';
  const isRecent =
    readAt !== undefined && Date.parse(readAt) > Date.parse(findingTime(sheet)) - agentEvidenceHours * 3_600_000;
  if (!stored || !isUnread || !isRecent || stored.instanceId !== vm.vmId) {
    return findings;
  }
  const isUnreadAgent = (finding: Finding) => finding.category === 'agent' && finding.outcome === 'unknown';
  const unread = new Set(findings.filter(isUnreadAgent).map((finding) => finding.rule));
  const kept = stored.findings.filter((finding) => unread.has(finding.rule));
  return [...findings.filter((finding) => !unread.has(finding.rule)), ...kept];
}

function findingTime(sheet: FactSheet): string {
  return sheet.vm.kind === 'known' ? sheet.vm.source.readAt : '';
}

/** The item with its time of first sight: kept while it is the same item. */
function itemOf(
  sheet: FactSheet,
  stored: Evaluated | undefined,
  now: string,
): Pick<Evaluated, 'item' | 'lastRecoveryPoint' | 'itemSeenAt'> {
  const item = sheet.items.kind === 'known' ? judgedItem(sheet.items.value) : undefined;
  if (!item) {
    return {};
  }
  return {
    item: {
      id: item.id,
      vault: item.vaultName,
      state: item.protectionState,
      ...(item.policyName ? { policy: item.policyName } : {}),
    },
    ...(item.lastRecoveryPoint ? { lastRecoveryPoint: item.lastRecoveryPoint } : {}),
    itemSeenAt: seenAt(item, stored, now),
  };
}

function seenAt(item: ProtectedItem, stored: Evaluated | undefined, now: string): string {
  return stored?.item?.id.toLowerCase() === item.key && stored.itemSeenAt ? stored.itemSeenAt : now;
}

/** Where a VM stands, and which VM it is. */
type Subject = VmAddress & Pick<Machine, 'region' | 'vmId'>;

/** Judges one VM from its fact sheet and makes its row. Writes nothing. */
function judgeSheet(vm: Subject, sheet: FactSheet, context: JudgementContext, occasion: Occasion): JudgedVm {
  const now = context.now.toISOString();
  const { stored } = occasion;
  const evaluation = evaluate(vm, sheet, catalogue, context);
  const findings = keepAgentFindings(evaluation.open, vm, sheet, stored);
  const agentReadAt = sheet.agent.kind === 'known' ? sheet.agent.source.readAt : stored?.agentReadAt;
  const changedVerdict = stored === undefined || stored.verdict !== evaluation.verdict || stored.goneAt !== undefined;
  const row = withFingerprint({
    vmKey: vmKeyOf(vm.key),
    vmId: vm.id,
    name: vm.name,
    subscriptionId: vm.subscriptionId,
    resourceGroup: vm.resourceGroup,
    region: vm.region,
    owner: (sheet.tags.kind === 'known' && tagValue(sheet.tags.value, ownerTag)) || '(none)',
    instanceId: vm.vmId,
    verdict: evaluation.verdict,
    since: changedVerdict ? now : stored.since,
    failing: rulesOf(findings, 'fail'),
    unknown: rulesOf(findings, 'unknown'),
    findings,
    ...itemOf(sheet, stored, now),
    ...(agentReadAt ? { agentReadAt } : {}),
    revision: (stored?.revision ?? 0) + 1,
    evidenceAt: now,
    trigger: occasion.trigger,
    ...(occasion.runId ? { runId: occasion.runId } : {}),
  });
  return { row, evaluation };
}

/** Judges one VM from what was read of it, of it alone, and of what is around it. */
export function judgeVm(
  machine: MachineFacts,
  { knowledge, own = {} }: { readonly knowledge: Knowledge; readonly own?: OwnReadings },
  context: JudgementContext,
  occasion: Occasion,
): JudgedVm {
  const now = context.now.toISOString();
  const sheet = knowledge.sheetOf(machine, own, (item) => seenAt(item, occasion.stored, now));
  return judgeSheet(machine.vm.value, sheet, context, occasion);
}

/** The row of a VM that exists but may not be read: every fact is unknown for the same cause. */
export function judgeUnreadableVm(
  vm: VmAddress,
  because: UnknownBecause,
  context: JudgementContext,
  occasion: Occasion,
): JudgedVm {
  const sheet = unreadableSheet(because);
  const { region = 'unknown', instanceId = '' } = occasion.stored ?? {};
  return judgeSheet({ ...vm, region, vmId: instanceId }, sheet, context, occasion);
}
