import Table from 'cli-table3';

import { verdicts } from '../../lib/domain/verdict.ts';
import type { Evaluated } from '../../lib/use-cases/evaluated.ts';
import type { PostureReport } from '../../lib/use-cases/report-posture.ts';
import type { ResourceReport } from '../../lib/use-cases/report-resources.ts';
import type { Run } from '../../lib/use-cases/run.ts';

const meaning: Readonly<Record<(typeof verdicts)[number], string>> = {
  protected: 'backed up, and every health rule passes',
  pending: 'protection is on, the first backup is not due yet',
  'at-risk': 'an item exists, but backups stopped, fail or are too old',
  blocked: 'no backup, and something stands in the way',
  protectable: 'no backup, and nothing stands in the way',
  undetermined: 'could not be told; never counted as protected',
  exempt: 'by the register, a tag or Azure Policy, until its end',
  excluded: 'rebuilt by a platform service',
};

/** The posture as a table for a terminal. */
export function postureTable(report: PostureReport): string {
  const table = new Table({
    head: ['verdict', 'VMs', 'share', 'meaning'],
    colAligns: ['left', 'right', 'right', 'left'],
    style: { head: [], border: [], compact: true },
  });
  for (const verdict of verdicts) {
    const count = report.verdicts[verdict];
    const share = report.vms === 0 ? '' : `${((100 * count) / report.vms).toFixed(1)} %`;
    table.push([verdict, String(count), share, meaning[verdict]]);
  }
  return table.toString();
}

/** What the figures rest on, in one line; an incomplete sweep never looks like a clean one. */
export function completenessLine({ completeness, vms }: PostureReport): string {
  const { complete, subscriptionsRead, subscriptionsExpected, gaps } = completeness;
  const read = `${vms} VMs, ${subscriptionsRead} of ${subscriptionsExpected} subscriptions read`;
  return complete
    ? `Complete: ${read}.`
    : `INCOMPLETE: ${read}. ${gaps.map((gap) => `${gap.what}: ${gap.detail}`).join(' ')}`;
}

/** How many networks were judged for how many VMs; VMs in the same situation share one judgement. */
export function networksLine({ networks }: Run): string | undefined {
  if (!networks) {
    return undefined;
  }
  const { vms, configurations } = networks;
  const shared = ((100 * (vms - configurations)) / vms).toFixed(1);
  return `Networks: ${configurations} distinct configurations judged for ${vms} VMs (hit rate ${shared} %).`;
}

/** What was found besides VMs, in one line; nothing if there is nothing to say. */
export function otherResourcesLine({ rules }: ResourceReport): string | undefined {
  const counts = Object.entries(rules).map(([rule, count]) => `${rule} ${count}`);
  return counts.length > 0 ? `Besides VMs: ${counts.join(', ')} (reports/other-resources.json).` : undefined;
}

/** A VM with the reason to deal with first and the command that does it. */
export function vmLines({ name, resourceGroup, region, verdict, findings }: Evaluated): readonly string[] {
  const first = findings.find((finding) => finding.outcome === 'fail') ?? findings[0];
  const head = `${name} (${resourceGroup}, ${region}): ${verdict}`;
  if (!first) {
    return [head];
  }
  const fix = first.outcome === 'fail' ? first.fix : undefined;
  return [
    head,
    `  why: ${first.message} [${first.rule}]`,
    ...(fix ? [`  fix: ${fix.text}`, ...fix.commands.map((command) => `       ${command}`)] : []),
  ];
}
