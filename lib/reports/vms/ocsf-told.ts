import type { Finding } from '../../domain/finding.ts';
import type { Severity } from '../../domain/rule.ts';
import { azurePolicyWord, type Verdict } from '../../domain/verdict.ts';
import { type FindingFamily, familyOfRule } from '../finding-family.ts';
import type { ReportedVm } from './report-source.ts';

/** What an event tells of a VM: its verdict, or one open finding. */
export interface Told {
  /** `verdict`, or a rule. */
  readonly about: string;
  readonly status: 'pass' | 'fail' | 'unknown' | 'exempt';
  readonly severity: Severity;
  readonly message: string;
  readonly details: readonly string[];
  /** Tells for which controls it is evidence. */
  readonly family: FindingFamily | undefined;
  readonly finding?: Finding;
}

const statusByWord = { Compliant: 'pass', NonCompliant: 'fail', Unknown: 'unknown', Exempt: 'exempt' } as const;

/** Verdicts that are evidence about something else than whether the VM is protected. */
const familyByVerdict: Readonly<Partial<Record<Verdict, FindingFamily>>> = {
  'at-risk': 'not-working',
  undetermined: 'evidence-incomplete',
  exempt: 'exemption',
};

/** Whether the VM is to be backed up at all. */
export function isExempt({ verdict }: Pick<ReportedVm, 'verdict'>): boolean {
  return azurePolicyWord[verdict] === 'Exempt';
}

function exemptionDetails({ verdict, exemption }: ReportedVm): readonly string[] {
  return exemption
    ? [`${verdict} by ${exemption.origin}: ${exemption.name}`, `until ${exemption.until ?? 'no end'}`]
    : [verdict];
}

function toldOfVerdict(vm: ReportedVm): Told {
  const { verdict, since } = vm;
  const status = statusByWord[azurePolicyWord[verdict]];
  return {
    about: 'verdict',
    status,
    severity: status === 'fail' ? 'blocker' : status === 'unknown' ? 'warning' : 'info',
    message: `The VM is ${verdict}, since ${since}.`,
    details: isExempt(vm) ? exemptionDetails(vm) : [verdict],
    family: familyByVerdict[verdict] ?? 'not-protected',
  };
}

function toldOfFinding(vm: ReportedVm, finding: Finding): Told {
  const { rule, outcome, severity, message } = finding;
  const isUnknown = outcome === 'unknown';
  const family = isUnknown ? 'evidence-incomplete' : familyOfRule(rule);
  if (isExempt(vm)) {
    return { about: rule, status: 'exempt', severity: 'info', message, details: exemptionDetails(vm), family, finding };
  }
  const details = isUnknown ? [finding.cause, message] : 'reason' in finding ? [finding.reason] : [];
  return { about: rule, status: isUnknown ? 'unknown' : 'fail', severity, message, details, family, finding };
}

/** The verdict of a VM, then each open finding for itself. */
export function toldOf(vm: ReportedVm): readonly Told[] {
  const open = vm.findings.filter(({ outcome }) => outcome === 'fail' || outcome === 'unknown');
  return [toldOfVerdict(vm), ...open.map((finding) => toldOfFinding(vm, finding))];
}
