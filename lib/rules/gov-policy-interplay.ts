import type { PolicyAssignment } from '../domain/azure-policy.ts';
import type { FactSheet } from '../domain/fact-sheet.ts';
import { armId } from '../domain/ids.ts';
import { policyInQuestion } from '../domain/intended-policy.ts';
import type { Machine } from '../domain/machine.ts';
import { bindingAssignments, groupRefusals, parameterOf } from '../domain/policy-assignment.ts';
import { backupDeployments } from '../domain/policy-definitions.ts';
import { judgedItem } from '../domain/protection.ts';
import { isReported, reportedErrors } from '../domain/reported-errors.ts';
import { defineRule } from '../domain/rule.ts';
import type { JudgementSettings } from '../domain/settings.ts';

/** What a backup reports when Azure Policy refused its group for restore points. */
const refusal = 'UserErrorRequestDisallowedByPolicy';

function isRefused({ items, jobs }: Pick<FactSheet, 'items' | 'jobs'>): boolean {
  const item = items.kind === 'known' ? judgedItem(items.value) : undefined;
  return item !== undefined && isReported(refusal, reportedErrors(item, jobs.kind === 'known' ? jobs.value : []));
}

/** Name of the resource group that Azure Backup would make first for the restore points of a VM. */
function restorePointGroup(vm: Machine, sheet: FactSheet, settings: JudgementSettings): string {
  const question = policyInQuestion(sheet, settings);
  const { prefix = '', suffix = '' } = ('policy' in question && question.policy.restorePointGroup) || {};
  return prefix + suffix === '' ? `AzureBackupRG_${vm.region}_1` : `${prefix}1${suffix}`;
}

/** The tag that an assignment demands, as far as its parameters or its definition tell. */
function demandedTag(assignment: PolicyAssignment): string {
  const name = parameterOf(assignment, 'tagName') ?? assignment.groupDenials[0]?.tag ?? '<name of the tag>';
  return `${name}=${parameterOf(assignment, 'tagValue') ?? '<value>'}`;
}

function namesOf(assignments: readonly PolicyAssignment[]): string {
  return assignments.map(({ name, scope }) => `${name} (${scope})`).join(', ');
}

export const govPolicyInterplay = defineRule({
  id: 'gov-policy-interplay',
  title: 'Azure Policy neither stops the backup of the VM nor enables it a second time',
  category: 'governance',
  severity: 'warning',
  rationale:
    'A policy that denies resource groups without tags stops the group that Azure Backup makes for restore points (a definition of your own counts as far as its rule is understood; else its error tells). A policy that deploys backup itself races with autoEnable; it skips images that it does not list.',
  sources: [
    'Azure/azure-policy repository, 2026-04-29',
    'Supported VM SKUs for Azure Policy, 2026-03-17',
    'Audit and enforce backup using Azure Policy, 2025-06-09',
    'Troubleshooting backup failures on Azure VMs, 2025-11-12',
  ],
  reviewed: '2026-11-21',
  needs: {
    vm: (vm) => ({ subscriptionId: vm.subscriptionId, location: vm.region }),
    items: (items) => ({
      healthDetails: judgedItem(items)
        ?.healthDetails?.map(({ code, title }) => `${code} ${title}`.trim())
        .join(', '),
    }),
  },
  pass: { NothingInTheWay: 'No known policy of Azure Policy denies what backup needs, or enables backup itself.' },
  fail: {
    Refused: 'Azure Policy refused a request of Azure Backup for this VM (UserErrorRequestDisallowedByPolicy).',
    DeniesGroup:
      'Policy assignment {assignments} denies resource groups without tags, so Azure Backup cannot make {group} for restore points.',
    AlsoManaged: 'Policy assignment {assignments} also enables backup here, and would race with autoEnable.',
  },
  remedies: {
    Refused: {
      text: 'Let the policy add tags (effect Modify) instead of denying, or create {group} with the tags that it demands.',
      commands: [
        'az policy assignment list --subscription {vmSubscription} --scope /subscriptions/{vmSubscription}',
        'az group create --subscription {vmSubscription} -n {group} -l {region} --tags {tag}',
      ],
    },
    DeniesGroup: {
      text: 'Let the policy add tags (effect Modify) instead of denying, or create {group} with the tags that it demands.',
      commands: [
        'az policy assignment list --subscription {vmSubscription} --scope {scope}',
        'az group create --subscription {vmSubscription} -n {group} -l {region} --tags {tag}',
      ],
    },
    AlsoManaged: {
      text: 'Switch autoEnable off for this scope, or remove the assignment.',
      commands: ['az policy assignment list --subscription {vmSubscription} --scope {scope}'],
    },
  },
  concerns(sheet) {
    const { items } = sheet;
    return (
      items.kind === 'unknown' ||
      judgedItem(items.value) === undefined ||
      isRefused(sheet) ||
      'The VM has an item, and no backup of it is known to have been refused by Azure Policy.'
    );
  },
  check({ vm }, { settings, now }, sheet) {
    const { azurePolicy } = sheet;
    const refused = isRefused(sheet);
    if (!refused && azurePolicy.kind === 'known' && azurePolicy.value.assignments.length === 0) {
      return { kind: 'pass', reason: 'NothingInTheWay', details: {} };
    }
    const group = restorePointGroup(vm, sheet, settings);
    const toCreate = { group, region: vm.region };
    if (refused) {
      const tag = '<name of the tag>=<value>';
      return { kind: 'fail', reason: 'Refused', details: {}, commandDetails: { ...toCreate, tag } };
    }
    if (azurePolicy.kind === 'unknown') {
      return azurePolicy;
    }
    const groupId = armId(`/subscriptions/${vm.subscriptionId}/resourcegroups/${group}`);
    const denials = groupRefusals(groupId, azurePolicy.value, now);
    const [denial] = denials;
    if (denial) {
      return {
        kind: 'fail',
        reason: 'DeniesGroup',
        details: { assignments: namesOf(denials), group },
        commandDetails: { ...toCreate, scope: denial.scope, tag: demandedTag(denial) },
      };
    }
    const deployments = settings.autoEnable
      ? bindingAssignments(vm.key, backupDeployments, azurePolicy.value, now)
      : [];
    const [deployment] = deployments;
    return deployment
      ? {
          kind: 'fail',
          reason: 'AlsoManaged',
          details: { assignments: namesOf(deployments) },
          commandDetails: { scope: deployment.scope },
        }
      : { kind: 'pass', reason: 'NothingInTheWay', details: {} };
  },
});
