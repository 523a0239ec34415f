import { isBackedUp } from '../../domain/compliance.ts';
import type { Finding } from '../../domain/finding.ts';
import type { Severity } from '../../domain/rule.ts';
import { evidenceFor } from '../controls.ts';
import { isExempt, type Told, toldOf } from './ocsf-told.ts';
import type { ReportedVm, ReportHead } from './report-source.ts';

/** The version of the Open Cybersecurity Schema Framework that events follow: https://schema.ocsf.io/1.6.0/classes/compliance_finding. */
export const ocsfVersion = '1.6.0';

/** Normalised severities of OCSF with their captions. */
const severities: Readonly<Record<Severity, readonly [id: number, caption: string]>> = {
  blocker: [4, 'High'],
  warning: [3, 'Medium'],
  info: [1, 'Informational'],
};

/** What became of a check, with how its finding stands, as id and caption of OCSF. */
interface Status {
  readonly check: readonly [id: number, caption: string];
  readonly finding: readonly [id: number, caption: string];
}

const statuses: Readonly<Record<Told['status'], Status>> = {
  pass: { check: [1, 'Pass'], finding: [4, 'Resolved'] },
  fail: { check: [3, 'Fail'], finding: [1, 'New'] },
  // OCSF's own words for Warning: the check "did not yield a result due to missing information".
  unknown: { check: [2, 'Warning'], finding: [1, 'New'] },
  exempt: { check: [99, 'Exempt'], finding: [3, 'Suppressed'] },
};

function complianceOf({ about, status, severity, details, family, finding }: Told, title: string) {
  const controls = family ? evidenceFor(family) : [];
  const standards = [...new Set(controls.map(({ framework, version }) => `${framework} ${version}`))];
  const [first] = controls;
  const [status_id, caption] = statuses[status].check;
  const [severity_id, severityCaption] = severities[severity];
  return {
    ...(finding ? { category: finding.category } : {}),
    ...(first ? { control: `${first.framework} ${first.version} ${first.control} ${first.title}`.trim() } : {}),
    ...(standards.length > 0 ? { standards } : {}),
    // Evidence for, never compliant with.
    ...(controls.length > 0
      ? {
          requirements: controls.map(
            ({ framework, version, control, relation }) =>
              `Evidence for ${framework} ${version} ${control} (${relation})`,
          ),
        }
      : {}),
    checks: [{ uid: about, name: title, status: caption, status_id, severity: severityCaption, severity_id }],
    status: caption,
    status_id,
    ...(details.length > 0 ? { status_details: details } : {}),
  };
}

function remediationOf(finding: Finding | undefined) {
  const fix = finding && 'fix' in finding ? finding.fix : undefined;
  return fix ? { remediation: { desc: [fix.text, ...fix.commands].join('\n') } } : {};
}

/** What an evidence looked at, where and when. */
function evidencesOf(finding: Finding | undefined) {
  const evidences = finding?.evidence.map((evidence) => ({ name: evidence.fact, data: { ...evidence } })) ?? [];
  return evidences.length > 0 ? { evidences } : {};
}

function resourceOf(vm: ReportedVm) {
  const { vmId, name, region, resourceGroup, owner, verdict } = vm;
  return {
    uid: vmId,
    name,
    type: 'Microsoft.Compute/virtualMachines',
    region,
    group: { name: resourceGroup, type: 'resource group' },
    ...(owner === '' ? {} : { owner: { name: owner } }),
    // What could not be told is left out: it is neither.
    ...(verdict === 'undetermined' || isExempt(vm) ? {} : { is_backed_up: isBackedUp(verdict) }),
  };
}

/** What every event says about the report: which run it rests on, and what that run could not see. */
export function metadataOf({ scope, madeAt, completeness }: ReportHead) {
  const { runId, state, complete, subscriptionsRead, subscriptionsExpected, gaps, reads } = completeness;
  const tags = {
    scope,
    'report-made-at': madeAt,
    'run-state': state,
    'run-complete': String(complete),
    'subscriptions-read': String(subscriptionsRead),
    'subscriptions-expected': String(subscriptionsExpected),
    gaps: String(gaps.length),
    throttles: String(reads.throttles),
  };
  return {
    version: ocsfVersion,
    profiles: ['cloud'],
    product: { name: 'Backstop', vendor_name: 'Backstop' },
    logged_time: Date.parse(madeAt),
    ...(runId === null ? {} : { correlation_uid: runId }),
    tags: Object.entries(tags).map(([name, value]) => ({ name, value })),
  };
}

/** What a compliance finding is about, as its event tells it. */
export interface Subject {
  /** Part of the id of the finding. */
  readonly key: string;
  readonly evidenceAt: string;
  readonly region: string;
  readonly subscriptionId: string;
  readonly resource: Readonly<Record<string, unknown>>;
}

/** What all events of a report say about it. */
type Metadata = Readonly<Record<string, unknown>>;

/** One compliance finding. */
export function eventOf(
  told: Told,
  { key, evidenceAt, region, subscriptionId, resource }: Subject,
  metadata: Metadata,
  title: string,
) {
  const { about, status, severity, message, finding } = told;
  const [severity_id, severityCaption] = severities[severity];
  const [status_id, statusCaption] = statuses[status].finding;
  return {
    activity_id: 1,
    activity_name: 'Create',
    category_uid: 2,
    category_name: 'Findings',
    class_uid: 2003,
    class_name: 'Compliance Finding',
    type_uid: 200301,
    type_name: 'Compliance Finding: Create',
    time: Date.parse(evidenceAt),
    severity_id,
    severity: severityCaption,
    status_id,
    status: statusCaption,
    message,
    metadata: { ...metadata, uid: `${key}/${about}/${evidenceAt}` },
    finding_info: { uid: `${key}/${about}`, title, desc: message, types: ['Backup'] },
    compliance: complianceOf(told, title),
    ...remediationOf(finding),
    ...evidencesOf(finding),
    resources: [resource],
    cloud: { provider: 'Azure', region, account: { uid: subscriptionId, type: 'Azure Subscription', type_id: 13 } },
  };
}

/** Compliance findings of a VM: one of its verdict, and one per open finding. `metadata` is that of the report. */
export function eventsOf(
  vm: ReportedVm,
  metadata: ReturnType<typeof metadataOf>,
  ruleTitles: ReportHead['ruleTitles'],
) {
  const { vmKey: key, evidenceAt, region, subscriptionId } = vm;
  const subject = { key, evidenceAt, region, subscriptionId, resource: resourceOf(vm) };
  return toldOf(vm).map((told) => {
    const { about } = told;
    const title = ruleTitles[about] ?? (about === 'verdict' ? 'The VM is backed up, or need not be' : about);
    return eventOf(told, subject, metadata, title);
  });
}
