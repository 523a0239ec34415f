import { azurePolicyWord } from '../../domain/verdict.ts';
import { type Cell, csvLine } from './csv-line.ts';
import type { ReportedVm, ReportHead, ReportSource } from './report-source.ts';

/** Columns in their order; new ones are only added at the end. */
const columns: Readonly<Record<string, (vm: ReportedVm, head: ReportHead) => Cell>> = {
  name: (vm) => vm.name,
  verdict: (vm) => vm.verdict,
  compliance: (vm) => azurePolicyWord[vm.verdict],
  since: (vm) => vm.since,
  owner: (vm) => vm.owner,
  subscription_id: (vm) => vm.subscriptionId,
  resource_group: (vm) => vm.resourceGroup,
  region: (vm) => vm.region,
  failing_rules: (vm) => vm.failing.join(' '),
  unknown_rules: (vm) => vm.unknown.join(' '),
  first_finding: (vm) => vm.findings[0]?.message,
  first_fix: (vm) => fixOf(vm)?.text,
  first_command: (vm) => fixOf(vm)?.commands[0],
  findings: (vm) => vm.findings.map(({ rule, message }) => `${rule}: ${message}`).join(' | '),
  vault: (vm) => vm.item?.vault,
  policy: (vm) => vm.item?.policy,
  item_state: (vm) => vm.item?.state,
  item_id: (vm) => vm.item?.id,
  last_recovery_point: (vm) => vm.lastRecoveryPoint,
  exemption_origin: (vm) => vm.exemption?.origin,
  exemption_name: (vm) => vm.exemption?.name,
  exemption_until: (vm) => vm.exemption?.until,
  exemption_owner: (vm) => vm.exemption?.owner,
  exemption_reason: (vm) => vm.exemption?.reason,
  evidence_at: (vm) => vm.evidenceAt,
  vm_id: (vm) => vm.vmId,
  vm_key: (vm) => vm.vmKey,
  report_made_at: (_, head) => head.madeAt,
  report_run: (_, head) => head.completeness.runId,
  report_state: (_, head) => head.completeness.state,
};

function fixOf({ findings: [first] }: ReportedVm) {
  return first && 'fix' in first ? first.fix : undefined;
}

/** The table of VMs and nothing else; what it rests on stands in every row, the rest in `summary.csv`. */
export async function* writeCsv({ head, vms }: ReportSource): AsyncIterable<string> {
  yield csvLine(Object.keys(columns));
  const cells = Object.values(columns);
  for await (const vm of vms()) {
    yield csvLine(cells.map((cellOf) => cellOf(vm, head)));
  }
}
