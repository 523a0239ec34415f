import type { AzurePolicy, PolicyAssignment, PolicyExemption } from './azure-policy.ts';
import type { ArmId } from './ids.ts';
import { backupDemands } from './policy-definitions.ts';
import { contains } from './policy-scope.ts';

/** What Azure Policy says about an exemption of a VM from backup. Instants are as Azure writes them. */
export type BackupExemption =
  | { readonly kind: 'none' }
  | { readonly kind: 'valid'; readonly exemption: PolicyExemption }
  | { readonly kind: 'expired' | 'unreadable'; readonly exemption: PolicyExemption; readonly until: string }
  /** An exemption from an assignment that could not be seen: perhaps it is about backup. */
  | { readonly kind: 'unclear'; readonly exemption: PolicyExemption };

/** What is said first if there are several: what exempts, then what asks for something. */
const order: readonly BackupExemption['kind'][] = ['valid', 'unreadable', 'expired', 'unclear'];

/** An instant with its zone: without one, every reader would see another time. */
const instant = /^\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:\d{2})$/i;

/** The end counts to the instant (ruling 20). Without one the exemption holds for ever; an end that is none exempts nobody. */
function standing(exemption: PolicyExemption, now: Date): BackupExemption {
  const { expiresOn: until } = exemption;
  if (until === undefined) {
    return { kind: 'valid', exemption };
  }
  const end = instant.test(until) ? Date.parse(until) : Number.NaN;
  if (Number.isNaN(end)) {
    return { kind: 'unreadable', exemption, until };
  }
  return now.getTime() >= end ? { kind: 'expired', exemption, until } : { kind: 'valid', exemption };
}

/** The definitions from which an exemption exempts. */
function exemptedFrom(exemption: PolicyExemption, assignment: PolicyAssignment): readonly string[] {
  const { definitions: limit } = exemption;
  return limit ? assignment.definitions.filter((each) => limit.includes(each)) : assignment.definitions;
}

/** The definitions of an assignment from which a resource is exempt at an instant. */
export function exemptedDefinitions(
  resource: ArmId,
  assignment: PolicyAssignment,
  { exemptions }: AzurePolicy,
  now: Date,
): readonly string[] {
  return exemptions
    .filter(({ assignmentId, scope }) => assignmentId === assignment.id && contains(scope, resource))
    .filter((exemption) => standing(exemption, now).kind === 'valid')
    .flatMap((exemption) => exemptedFrom(exemption, assignment));
}

function aboutBackup(exemption: PolicyExemption, { assignments }: AzurePolicy, now: Date): BackupExemption {
  const assignment = assignments.find(({ id }) => id === exemption.assignmentId);
  if (!assignment) {
    return { kind: 'unclear', exemption };
  }
  const isAboutBackup = exemptedFrom(exemption, assignment).some((each) => backupDemands.includes(each));
  return isAboutBackup ? standing(exemption, now) : { kind: 'none' };
}

/** The end by which exemptions are compared: without one they hold longest. */
function endOf({ expiresOn }: PolicyExemption): number {
  return Date.parse(expiresOn ?? '9999-12-31T00:00:00Z');
}

const noExemption: BackupExemption = { kind: 'none' };

/** Whether Azure Policy exempts a VM from backup: from the audit, or from what would enable it. The longest one decides. */
export function backupExemption(policy: AzurePolicy, vm: ArmId, now: Date): BackupExemption {
  if (policy.exemptions.length === 0) {
    return noExemption;
  }
  const [first] = policy.exemptions
    .filter(({ scope }) => contains(scope, vm))
    .map((exemption) => aboutBackup(exemption, policy, now))
    .filter((found) => found.kind !== 'none')
    .toSorted(
      (a, b) =>
        order.indexOf(a.kind) - order.indexOf(b.kind) ||
        endOf(b.exemption) - endOf(a.exemption) ||
        a.exemption.id.localeCompare(b.exemption.id),
    );
  return first ?? noExemption;
}
