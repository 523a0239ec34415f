import { hash } from 'node:crypto';

import { type Evaluation, evaluate } from '../domain/evaluation.ts';
import { exemptionOfVm } from '../domain/exemption-of-vm.ts';
import { type UnknownBecause, unknown } from '../domain/fact.ts';
import { unreadableSheet } from '../domain/fact-declarations.ts';
import type { FactSheet } from '../domain/fact-sheet.ts';
import { firstProtectedOf } from '../domain/first-protected.ts';
import { armId, type VmAddress } from '../domain/ids.ts';
import { isCreatedAgain } from '../domain/instance.ts';
import type { Judged } from '../domain/judge.ts';
import { type Machine, tagValue } from '../domain/machine.ts';
import { makePlan, type PlanInput } from '../domain/make-plan.ts';
import { judgedItem, type ProtectedItem } from '../domain/protection.ts';
import type { JudgementContext } from '../domain/rule.ts';
import { catalogue } from '../rules/catalogue.ts';
import type { CloserLook, Evaluated, EvaluatedHead } from './evaluated.ts';
import type { Knowledge } from './knowledge.ts';
import type { MachineFacts } from './ports.ts';
import type { OwnReadings } from './surrounding-facts.ts';
import { vmKeyOf } from './vm-key.ts';

/** How an evaluation came about. */
export interface Occasion {
  readonly trigger: Evaluated['trigger'];
  readonly runId?: string;
  /** The row of the VM as it is stored, if there is one. */
  readonly stored?: EvaluatedHead;
  /** What was read of the VM alone, now or not long ago: it is kept. */
  readonly closerLook?: CloserLook;
}

/** A judged VM. Its words are made when somebody asks for the row: in a sweep most rows are what they were. */
export class JudgedVm {
  readonly head: EvaluatedHead;
  readonly evaluation: Evaluation;
  #row: Evaluated | undefined;

  constructor(head: EvaluatedHead, evaluation: Evaluation) {
    this.head = head;
    this.evaluation = evaluation;
  }

  get row(): Evaluated {
    this.#row ??= { ...this.head, findings: this.evaluation.open };
    return this.#row;
  }
}

const ownerTag = 'owner';

function shortHash(value: unknown): string {
  return hash('sha256', JSON.stringify(value), 'hex').slice(0, 16);
}

/** What of a plan is a change for its reader; how full its vault is, is none. */
function planned(plan: NonNullable<Evaluated['plan']>): readonly unknown[] {
  if (plan.kind === 'none') {
    return [plan.why];
  }
  const { planId, scope, mode, vault, policy, notBefore, needsApproval, backupNow } = plan;
  return [planId, scope, mode, vault.isNew, policy.isNew, notBefore, needsApproval, backupNow];
}

/** What a change of the row is: everything a reader sees, except when it was looked at. */
function fingerprintOf(head: Omit<EvaluatedHead, 'fingerprint'>, open: readonly Judged[]): string {
  const { plan, exemption, name, resourceGroup, region, owner, instanceId, verdict, item, lastRecoveryPoint, goneAt } =
    head;
  const said = open.map(({ rule, outcome }) => [rule.id, outcome]);
  const seen = [name, resourceGroup, region, owner, instanceId, verdict, item, lastRecoveryPoint, goneAt, said];
  return shortHash([...seen, ...(exemption ? [exemption] : []), ...(plan ? [planned(plan)] : [])]);
}

/** Rules of severity blocker or warning with an outcome. */
function rulesWith(open: readonly Judged[], kind: 'fail' | 'unknown'): readonly string[] {
  return open
    .filter(({ outcome }) => outcome.kind === kind)
    .filter(({ rule, outcome }) => ((outcome.kind === 'fail' && outcome.severity) || rule.severity) !== 'info')
    .map(({ rule }) => rule.id)
    .toSorted();
}

/** The item with its time of first sight: kept while it is the same item. */
function itemOf(
  sheet: FactSheet,
  stored: EvaluatedHead | undefined,
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

function seenAt(item: ProtectedItem, stored: EvaluatedHead | undefined, now: string): string {
  return stored?.item?.id.toLowerCase() === item.key && stored.itemSeenAt ? stored.itemSeenAt : now;
}

/** What the rules of engagement make of an evaluation, with the name of the plan. */
function planOf(
  vmKey: string,
  input: Omit<PlanInput, 'engagement'>,
  context: JudgementContext,
): Pick<Evaluated, 'plan'> {
  const { engagement } = context.settings;
  const plan = engagement && makePlan({ ...input, engagement }, context);
  if (!plan || plan.kind === 'none') {
    return plan ? { plan } : {};
  }
  const { vm } = input.sheet;
  const instanceId = vm.kind === 'known' ? vm.value.vmId : '';
  const { action, vault, policy } = plan;
  const parts = [instanceId, action, armId(vault.id), armId(policy.id)];
  const planId = `${vmKey}-${shortHash(parts)}`;
  return { plan: { ...plan, planId } };
}

/** By what an exempt VM is exempt. */
function exemptionIn(
  sheet: FactSheet,
  { verdict }: Evaluation,
  { settings, now }: JudgementContext,
): Pick<Evaluated, 'exemption'> {
  const exemption = verdict === 'exempt' ? exemptionOfVm(sheet, settings, now) : undefined;
  return exemption ? { exemption } : {};
}

const noGroups = unknown('no-permission', 'The VM may not be read.');

/** Where a VM stands, and which VM it is. */
type Subject = VmAddress & Pick<Machine, 'region' | 'vmId' | 'timeCreated'>;

/** Judges one VM from its fact sheet and makes its row. Writes nothing. */
function judgeSheet(
  vm: Subject,
  sheet: FactSheet,
  context: JudgementContext,
  occasion: Occasion,
  managementGroups: PlanInput['managementGroups'] = noGroups,
): JudgedVm {
  const now = context.now.toISOString();
  const { stored } = occasion;
  // Of a former VM under the same name nothing is kept but the number of the revision, and its item while it is the same.
  const same = isCreatedAgain(stored, { instanceId: vm.vmId }) ? undefined : stored;
  const evaluation = evaluate(vm, sheet, catalogue, context);
  const open = evaluation.openOutcomes;
  const changedVerdict = same === undefined || same.verdict !== evaluation.verdict || same.goneAt !== undefined;
  const closerLook = occasion.closerLook ?? same?.closerLook;
  const createdAt = vm.timeCreated ?? same?.createdAt;
  const firstProtected = firstProtectedOf({ verdict: evaluation.verdict, at: now, createdAt }, same);
  const vmKey = vmKeyOf(vm.key);
  const firstSeen = same?.firstSeen ?? { at: now, verdict: evaluation.verdict };
  const head: Omit<EvaluatedHead, 'fingerprint'> = {
    vmKey,
    vmId: vm.id,
    name: vm.name,
    subscriptionId: vm.subscriptionId,
    resourceGroup: vm.resourceGroup,
    region: vm.region,
    owner: (sheet.tags.kind === 'known' && tagValue(sheet.tags.value, ownerTag)) || '(none)',
    instanceId: vm.vmId,
    verdict: evaluation.verdict,
    since: changedVerdict ? now : same.since,
    firstSeen,
    ...planOf(vmKey, { sheet, evaluation, managementGroups, bornAt: createdAt ?? firstSeen.at }, context),
    ...exemptionIn(sheet, evaluation, context),
    ...(createdAt ? { createdAt } : {}),
    ...(firstProtected ? { firstProtected } : {}),
    failing: rulesWith(open, 'fail'),
    unknown: rulesWith(open, 'unknown'),
    ...itemOf(sheet, stored, now),
    ...(closerLook ? { closerLook } : {}),
    revision: (stored?.revision ?? 0) + 1,
    evidenceAt: now,
    trigger: occasion.trigger,
    ...(occasion.runId ? { runId: occasion.runId } : {}),
  };
  return new JudgedVm({ ...head, fingerprint: fingerprintOf(head, open) }, evaluation);
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
  return judgeSheet(machine.vm.value, sheet, context, occasion, knowledge.groupsAbove(machine.vm.value));
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
