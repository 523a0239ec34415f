import type { BackupPolicy } from './backup-policy.ts';
import { costBand } from './cost-band.ts';
import { type Belonging, type Engagement, type EngagementScope, policyNameFor, scopeOfVm } from './engagement.ts';
import { requirementsOf } from './environment.ts';
import type { Evaluation } from './evaluation.ts';
import type { UnknownBecause } from './fact.ts';
import type { FactSheet } from './fact-sheet.ts';
import { armId } from './ids.ts';
import type { Machine } from './machine.ts';
import { noPlan, type Plan, type Planned, untold } from './plan.ts';
import { keepsAsLong, policyOfPlan } from './planned-policy.ts';
import { vaultOfPlan } from './planned-vault.ts';
import { bindingAssignments } from './policy-assignment.ts';
import { backupDeployments } from './policy-definitions.ts';
import { isActive, judgedItem, type ProtectedItem } from './protection.ts';
import type { JudgementContext } from './rule.ts';
import { isBlocking, staysOpen } from './verdict.ts';

/** What a plan is made from. */
export interface PlanInput {
  readonly sheet: FactSheet;
  readonly evaluation: Pick<Evaluation, 'verdict' | 'openOutcomes'>;
  readonly engagement: Engagement;
  readonly managementGroups: Belonging['managementGroups'];
  /** When the VM was created, or first seen (ISO 8601). */
  readonly bornAt: string;
}

/** A VM that may be planned for, in the scope that holds for it. */
interface Case extends PlanInput {
  readonly vm: Machine;
  readonly scope: EngagementScope;
  readonly context: JudgementContext;
}

/** Blockers that a plan settles by the policy that it chooses: it is checked for each of them. */
const settledByPolicy: ReadonlySet<string> = new Set([
  'policy-type-fit',
  'policy-capacity',
  'disk-sku-enhanced',
  'extended-zone',
  'security-trusted-launch',
]);

/** Blockers that go away with a new vault. */
const removedByVault: ReadonlySet<string> = new Set([
  'vault-same-region',
  'vault-subscription-scope',
  'vault-writable',
  'vault-capacity',
]);

/** The rules that keep a VM from being protected. */
function blockersIn(open: PlanInput['evaluation']['openOutcomes']): readonly string[] {
  return open.flatMap(({ rule, outcome }) => {
    const severity = (outcome.kind === 'fail' && outcome.severity) || rule.severity;
    return outcome.kind === 'fail' && isBlocking({ category: rule.category, severity }) ? [rule.id] : [];
  });
}

/** Why a blocker could not be told that the plan does not settle itself, by its choice of vault and policy. */
function doubtIn(open: PlanInput['evaluation']['openOutcomes']): UnknownBecause | undefined {
  for (const { rule, outcome } of open) {
    const isSettled = settledByPolicy.has(rule.id) || removedByVault.has(rule.id);
    if (outcome.kind === 'unknown' && isBlocking(rule) && !isSettled && staysOpen(outcome.because.cause)) {
      return outcome.because;
    }
  }
  return undefined;
}

/** Why nothing is planned for a VM without an item, whatever vaults there are. */
function whyNot({ evaluation, scope, sheet, context, vm }: Case): Planned | undefined {
  const { verdict, openOutcomes } = evaluation;
  if (verdict === 'blocked') {
    const left = blockersIn(openOutcomes).filter(
      (id) => !settledByPolicy.has(id) && !(scope.vaults.create && removedByVault.has(id)),
    );
    if (left.length > 0) {
      return noPlan(`The VM is blocked: ${left.join(', ')}.`, scope.name);
    }
    // What fails hides what could not be told from the verdict.
    const doubt = doubtIn(openOutcomes);
    if (doubt) {
      return untold(doubt, scope.name);
    }
  } else if (verdict !== 'protectable') {
    return noPlan(`The VM is ${verdict}.`, scope.name);
  }
  if (sheet.azurePolicy.kind === 'unknown') {
    return untold(sheet.azurePolicy.because, scope.name);
  }
  const [rival] = bindingAssignments(vm.key, backupDeployments, sheet.azurePolicy.value, context.now);
  return rival && noPlan(`Policy assignment ${rival.name} enables backup here itself.`, scope.name);
}

function costOf({ sheet }: Case, policy: BackupPolicy, redundancy: string | undefined): Plan['cost'] {
  const { retention, instantRestoreDays = 2 } = policy;
  if (!retention) {
    return `The retention of policy ${policy.name} could not be understood.`;
  }
  const points = retention.kind === 'daily' ? retention.days : retention.weeks;
  const cost = costBand(sheet, { points, snapshotDays: instantRestoreDays }, redundancy);
  return cost.kind === 'known' ? cost.value : cost.because.detail;
}

function graceOf({ scope, bornAt, context }: Case): Pick<Plan, 'notBefore'> {
  const end = Date.parse(bornAt) + scope.graceMinutes * 60_000;
  return end > context.now.getTime() ? { notBefore: new Date(end).toISOString() } : {};
}

/** What all plans of a scope have in common. */
function common(subject: Case): Pick<Plan, 'kind' | 'scope' | 'mode' | 'needsApproval' | 'backupNow' | 'notBefore'> {
  const { scope } = subject;
  const { name, mode, approval, backupNow } = scope;
  return {
    kind: 'plan',
    scope: name,
    mode: mode === 'on' ? 'on' : 'dry-run',
    needsApproval: approval,
    backupNow,
    ...graceOf(subject),
  };
}

/** The name of the policy by the environment of the VM. */
function policyName({ sheet, scope, context }: Case): string | Planned {
  if (Object.keys(scope.policy.byEnvironment).length === 0) {
    return scope.policy.name;
  }
  // Environments of the scope need not have settings of their own.
  const environments = { ...context.settings.environments, ...mapped(scope.policy.byEnvironment) };
  const requirements = requirementsOf(sheet, { ...context.settings, environments });
  return requirements.kind === 'unknown'
    ? untold(requirements.because, scope.name)
    : policyNameFor(scope.policy, requirements.environment);
}

function mapped(names: Readonly<Record<string, string>>): Readonly<Record<string, object>> {
  return Object.fromEntries(Object.keys(names).map((name) => [name, {}]));
}

/** Enables protection of a VM without an item. */
function toEnable(subject: Case): Planned {
  const { sheet, scope, vm, context } = subject;
  const refusal = whyNot(subject);
  if (refusal) {
    return refusal;
  }
  if (sheet.vaults.kind === 'unknown') {
    return untold(sheet.vaults.because, scope.name);
  }
  const name = policyName(subject);
  if (typeof name !== 'string') {
    return name;
  }
  const vault = vaultOfPlan(vm, sheet.vaults.value, sheet.loads, scope, context.settings);
  if (vault.kind === 'none' || vault.kind === 'unknown') {
    return vault.kind === 'none' ? noPlan(vault.why, scope.name) : untold(vault.because, scope.name);
  }
  const isNewVault = vault.kind === 'new';
  const wanted = { vaultId: vault.planned.id, isNewVault, name, mayCreate: scope.policy.create };
  const policy = policyOfPlan(sheet, wanted, context.settings);
  if (policy.kind !== 'policy') {
    return policy.kind === 'none' ? noPlan(policy.why, scope.name) : untold(policy.because, scope.name);
  }
  const redundancy = vault.kind === 'vault' ? vault.vault.redundancy : 'GeoRedundant';
  return {
    ...common(subject),
    action: 'enable',
    vault: vault.planned,
    policy: policy.planned,
    cost: costOf(subject, policy.policy, redundancy),
  };
}

/** The vault that holds an item, as a plan that stays in it names it. */
function sameVault({ id, vaultId, vaultName }: ProtectedItem): Plan['vault'] {
  const end = id.toLowerCase().indexOf('/backupfabrics/');
  return { id: end === -1 ? vaultId : id.slice(0, end), name: vaultName, isNew: false, why: 'The item stands in it.' };
}

function fails({ evaluation }: Case, rule: string): boolean {
  return evaluation.openOutcomes.some((each) => each.rule.id === rule && each.outcome.kind === 'fail');
}

/** What is to be done about an item, if the scope does it. */
function changeDue(subject: Case, item: ProtectedItem): 'resume' | 'fix-policy' | undefined {
  const isStopped = item.protectionState === 'ProtectionStopped';
  const action = isStopped ? 'resume' : 'fix-policy';
  const isDue = isStopped || (isActive(item) && fails(subject, 'policy-type-fit'));
  return isDue && subject.scope.actions.includes(action) ? action : undefined;
}

/** Resumes a stopped protection, or moves it to a policy that fits; in its vault, and never with a shorter retention. */
function toChange(subject: Case, item: ProtectedItem, action: 'resume' | 'fix-policy'): Planned {
  const { sheet, scope, context } = subject;
  const { policies } = sheet;
  if (policies.kind === 'unknown') {
    return untold(policies.because, scope.name);
  }
  const before = item.policyId && policies.value.get(item.policyId);
  if (!before) {
    const why = 'Its former policy is not told, so nobody can say that its recovery points would be kept as long.';
    return noPlan(why, scope.name);
  }
  // A stopped item goes on under its own policy, unless that does not fit.
  const name = action === 'resume' && !fails(subject, 'policy-type-fit') ? before.name : policyName(subject);
  if (typeof name !== 'string') {
    return name;
  }
  const vault = sameVault(item);
  const wanted = { vaultId: vault.id, isNewVault: false, name, mayCreate: scope.policy.create };
  const policy = policyOfPlan(sheet, wanted, context.settings);
  if (policy.kind !== 'policy') {
    return policy.kind === 'none' ? noPlan(policy.why, scope.name) : untold(policy.because, scope.name);
  }
  if (armId(policy.planned.id) !== item.policyId && keepsAsLong(policy.policy, before) !== true) {
    const why = `Policy ${policy.policy.name} may keep recovery points for a shorter time than ${before.name}.`;
    return noPlan(why, scope.name);
  }
  const cost = costOf(subject, policy.policy, redundancyOf(sheet, item));
  return { ...common(subject), action, vault, policy: policy.planned, itemId: item.id, cost };
}

/** The redundancy of the vault that holds an item, as far as it was read. */
function redundancyOf({ vaults }: FactSheet, { vaultId }: ProtectedItem): string | undefined {
  return vaults.kind === 'known' ? vaults.value.vaults.find(({ key }) => key === vaultId)?.redundancy : undefined;
}

/**
 * What the rules of engagement make of an evaluation: a plan, why there is none, or nothing where no scope is engaged or nothing
 * is to be done. Every doubt is a reason not to plan.
 */
export function makePlan(input: PlanInput, context: JudgementContext): Planned | undefined {
  const { sheet, engagement, evaluation, managementGroups } = input;
  const { verdict } = evaluation;
  if (engagement.scopes.length === 0 || verdict === 'exempt' || verdict === 'excluded') {
    return undefined;
  }
  const { vm, tags, items } = sheet;
  if (vm.kind === 'unknown') {
    return undefined;
  }
  const { subscriptionId, resourceGroup } = vm.value;
  const found = scopeOfVm(engagement, { subscriptionId, resourceGroup, tags, managementGroups });
  if (found.kind === 'none' || (found.kind === 'scope' && found.scope.mode === 'off')) {
    return undefined;
  }
  const item = items.kind === 'known' ? judgedItem(items.value) : undefined;
  if (item && (verdict === 'protected' || verdict === 'pending') && isActive(item) && found.kind === 'unknown') {
    return undefined;
  }
  if (found.kind === 'unknown') {
    return untold(found.because);
  }
  const subject = { ...input, vm: vm.value, scope: found.scope, context };
  if (item) {
    const action = changeDue(subject, item);
    return action && toChange(subject, item, action);
  }
  return found.scope.actions.includes('enable') ? toEnable(subject) : undefined;
}
