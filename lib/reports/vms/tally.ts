import { allVerdicts, complianceOf, compliantPercent } from '../../domain/compliance.ts';
import type { Verdict } from '../../domain/verdict.ts';
import { controlMap, controlMapAsOf, frameworksWithoutControl } from '../control-map.ts';
import { type FindingFamily, familyOfRule, isAssessed } from '../finding-family.ts';
import type { ReportedVm } from './report-source.ts';

/** A control with the number of VMs whose findings are evidence for it; never a statement that the control is met. */
export interface ControlEvidence {
  readonly evidenceFor: string;
  readonly frameworkVersion: string;
  readonly control: string;
  readonly title: string;
  readonly titleIs: 'read' | 'unconfirmed';
  readonly relation: 'direct' | 'supporting';
  readonly source: string;
  readonly families: readonly FindingFamily[];
  /** Those of which no rule tells anything: that there are no findings says nothing about them. */
  readonly notAssessed: readonly FindingFamily[];
  /** VMs with a finding of any of the families; `null` where none of them is assessed. */
  readonly vmsWithFindings: number | null;
}

/** What the rows of a report add up to. */
export interface ReportSummary {
  readonly vms: number;
  /** All verdicts, also those that no VM has. */
  readonly verdicts: Readonly<Record<Verdict, number>>;
  /** The verdicts in the words of Azure Policy. */
  readonly compliance: Readonly<Record<string, number>>;
  /** Share of the VMs that are backed up among those that are to be; `null` where there are none. */
  readonly compliantPercent: number | null;
  /** VMs by rule, of any severity; the rule with the most failures comes first. */
  readonly rules: readonly { readonly rule: string; readonly failing: number; readonly unknown: number }[];
  readonly controls: {
    readonly asOf: string;
    readonly evidence: readonly ControlEvidence[];
    readonly frameworksWithoutControl: typeof frameworksWithoutControl;
  };
}

/** Counts the rows of a report as they pass. */
export interface Tally {
  add(vm: ReportedVm): void;
  summary(): ReportSummary;
}

function familiesOf({ findings }: ReportedVm): ReadonlySet<FindingFamily> {
  const families = new Set<FindingFamily>();
  for (const { rule, outcome } of findings) {
    const family = outcome === 'fail' ? familyOfRule(rule) : undefined;
    if (family) {
      families.add(family);
    } else if (outcome === 'unknown') {
      families.add('evidence-incomplete');
    }
  }
  return families;
}

function evidenceOf(vmsByControl: readonly number[]): readonly ControlEvidence[] {
  return controlMap.map(
    ([evidenceFor, frameworkVersion, control, title, titleIs, relation, source, families], place) => {
      const notAssessed = families.filter((family) => !isAssessed(family));
      const vmsWithFindings = notAssessed.length === families.length ? null : (vmsByControl[place] ?? 0);
      return {
        evidenceFor,
        frameworkVersion,
        control,
        title,
        titleIs,
        relation,
        source,
        families,
        notAssessed,
        vmsWithFindings,
      };
    },
  );
}

/** Begins to count. */
export function startTally(): Tally {
  const verdicts = new Map<Verdict, number>();
  const rules = new Map<string, { failing: number; unknown: number }>();
  const vmsByControl = controlMap.map(() => 0);
  let vms = 0;

  return {
    add(vm) {
      vms += 1;
      verdicts.set(vm.verdict, (verdicts.get(vm.verdict) ?? 0) + 1);
      for (const { rule, outcome } of vm.findings) {
        const counts = rules.get(rule) ?? { failing: 0, unknown: 0 };
        rules.set(rule, counts);
        counts[outcome === 'unknown' ? 'unknown' : 'failing'] += 1;
      }
      const families = familiesOf(vm);
      for (const [place, row] of controlMap.entries()) {
        if (row[7].some((family) => families.has(family))) {
          vmsByControl[place] = (vmsByControl[place] ?? 0) + 1;
        }
      }
    },
    summary() {
      const counts: Partial<Record<Verdict, number>> = Object.fromEntries(verdicts);
      const byRule = [...rules].map(([rule, { failing, unknown }]) => ({ rule, failing, unknown }));
      return {
        vms,
        verdicts: allVerdicts(counts),
        compliance: complianceOf(counts),
        compliantPercent: compliantPercent(counts),
        rules: byRule.toSorted((a, b) => b.failing - a.failing || b.unknown - a.unknown || (a.rule < b.rule ? -1 : 1)),
        controls: { asOf: controlMapAsOf, evidence: evidenceOf(vmsByControl), frameworksWithoutControl },
      };
    },
  };
}

/** Counts rows by reading all of them. */
export async function tallyOf(vms: AsyncIterable<ReportedVm>): Promise<ReportSummary> {
  const tally = startTally();
  for await (const vm of vms) {
    tally.add(vm);
  }
  return tally.summary();
}
