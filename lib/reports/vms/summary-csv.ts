import { type Cell, csvLine } from './csv-line.ts';
import type { ReportHead, ReportSource } from './report-source.ts';
import { type ReportSummary, tallyOf } from './tally.ts';

/** A line of the summary: what it is about, of what, the value, and what else there is to say. */
type Line = readonly [section: string, name: string, value: Cell, detail: Cell];

function headLines({ scope, filters, madeAt, completeness }: ReportHead): readonly Line[] {
  const { rulesUnknown, gaps, reads, looks, ...plain } = completeness;
  return [
    ['report', 'scope', scope, ''],
    ...Object.entries(filters).map(([name, value]): Line => ['report', `filter ${name}`, value, '']),
    ['report', 'made at', madeAt, ''],
    ...Object.entries(plain).map(([name, value]): Line => ['completeness', name, value, '']),
    ...Object.entries(reads).map(([name, value]): Line => ['completeness', `reads ${name}`, value, '']),
    ...Object.entries(looks).map(([name, value]): Line => ['completeness', `looks ${name}`, value, '']),
    ...Object.entries(rulesUnknown).map(([rule, vms]): Line => ['completeness', `unknown by ${rule}`, vms, 'VMs']),
    ...gaps.map(({ what, cause, detail }): Line => ['gap', what, cause, detail]),
  ];
}

function summaryLines({
  vms,
  verdicts,
  compliance,
  compliantPercent,
  rules,
  controls,
}: ReportSummary): readonly Line[] {
  return [
    ['vms', 'all', vms, ''],
    ...Object.entries(verdicts).map(([verdict, count]): Line => ['verdict', verdict, count, 'VMs']),
    ...Object.entries(compliance).map(([word, count]): Line => ['compliance', word, count, 'VMs']),
    ['compliance', 'percent', compliantPercent, 'of the VMs that are to be backed up'],
    ...rules.map(({ rule, failing, unknown }): Line => ['rule', rule, failing, `VMs fail it; unknown of ${unknown}`]),
    ...controls.evidence.map(({ evidenceFor, frameworkVersion, control, relation, vmsWithFindings }): Line => {
      const name = `${evidenceFor} ${frameworkVersion} ${control}`;
      return ['evidence for', name, vmsWithFindings ?? 'not assessed', `VMs with findings; relation ${relation}`];
    }),
    ...controls.frameworksWithoutControl.map(
      ({ framework, version, why }): Line => ['no control', `${framework} ${version}`, '', why],
    ),
  ];
}

function exemptionLines({ exemptions }: ReportHead): readonly Line[] {
  return exemptions.map(({ exemptionId, scope, state, owner, reason, ticket, category, until }) => {
    const words = [`scope ${scope}`, `owner ${owner}`, category, `reason ${reason}`, ticket && `ticket ${ticket}`];
    return ['exemption', exemptionId, state, [`until ${until}`, ...words.filter(Boolean)].join('; ')];
  });
}

/** What `vms.csv` cannot say about itself, as a table of its own: scope, completeness, counts, exemptions, controls. */
export async function* writeSummaryCsv({ head, vms }: ReportSource): AsyncIterable<string> {
  const summary = await tallyOf(vms());
  yield csvLine(['section', 'name', 'value', 'detail']);
  for (const line of [...headLines(head), ...summaryLines(summary), ...exemptionLines(head)]) {
    yield csvLine(line);
  }
}
