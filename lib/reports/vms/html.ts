import { type Verdict, verdicts } from '../../domain/verdict.ts';
import {
  completenessSection,
  controlSection,
  exemptionSection,
  markOf,
  ruleSection,
  verdictSection,
} from './html-sections.ts';
import { style } from './html-style.ts';
import { type Html, html, instant } from './html-text.ts';
import type { ReportedVm, ReportHead, ReportSource } from './report-source.ts';
import { tallyOf } from './tally.ts';

/** What the page may do, wherever it is opened: nothing but show itself. */
export const contentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'";

/** What has to be done about comes first. */
const urgency: readonly Verdict[] = [
  'blocked',
  'at-risk',
  'undetermined',
  'protectable',
  'pending',
  'exempt',
  'excluded',
];
const order: readonly Verdict[] = [...urgency, ...verdicts.filter((verdict) => !urgency.includes(verdict))];

function opening({ scope, filters, madeAt, completeness }: ReportHead): Html {
  const warning = completeness.complete ? '' : 'INCOMPLETE: ';
  const title = `${warning}Backup of VMs, ${scope}, ${madeAt.slice(0, 10)}`;
  const narrowed = Object.entries(filters).map(([name, value]) => `${name} = ${value}`);
  // Interpolated as it is: the style is ours, and has no markup in it.
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy}">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><style>${{ markup: style }}</style></head>
<body><header><h1>${warning}Backup of virtual machines</h1>
<p>Scope: <strong>${scope}</strong>${narrowed.length === 0 ? '' : `, only ${narrowed.join(', ')}`}. Made ${instant(madeAt)} by Backstop.</p></header><main>
`;
}

function itemOf({ item, lastRecoveryPoint }: ReportedVm): Html {
  return item
    ? html`<small>${item.vault}<br>${item.policy ?? 'policy unknown'}, ${item.state}<br>last recovery point ${instant(lastRecoveryPoint) || 'none'}</small>`
    : html`<small>no item known</small>`;
}

function exemptionOf({ exemption }: ReportedVm): Html {
  return exemption
    ? html`<p>Exempt by ${exemption.origin}: ${exemption.name}, until ${instant(exemption.until) || 'no end'}. ${exemption.reason}</p>`
    : html``;
}

/** The findings that matter for the verdict or the operation; how many others there are for information is only said. */
function findingsOf({ findings, failing, unknown }: ReportedVm): Html {
  const told = findings.filter(({ rule }) => failing.includes(rule) || unknown.includes(rule));
  const others = findings.length - told.length;
  const each = told.map((finding) => {
    const [command] = ('fix' in finding && finding.fix?.commands) || [];
    return html`<li><code>${finding.rule}</code> ${finding.outcome === 'unknown' ? 'unknown: ' : ''}${finding.message}${command === undefined ? [] : html`<br><code>${command}</code>`}</li>`;
  });
  const list = each.length === 0 ? html`` : html`<ul>${each}</ul>`;
  return others === 0 ? list : html`${list}<small>${others} more for information only</small>`;
}

function rowOf(vm: ReportedVm): Html {
  return html`<tr><th scope="row" class="long">${vm.name}<br><small>${vm.resourceGroup}<br>${vm.subscriptionId}<br>${vm.region}</small></th><td>${markOf(vm.verdict)}${vm.verdict}<br><small>since ${instant(vm.since)}</small></td><td class="long">${vm.owner}</td><td class="long">${exemptionOf(vm)}${findingsOf(vm)}</td><td class="long">${itemOf(vm)}</td></tr>
`;
}

const tableHead = html`<section class="page" aria-labelledby="vms"><h2 id="vms">Virtual machines</h2>
<div class="scroll" tabindex="0" role="region" aria-labelledby="vms"><table class="vms"><thead><tr><th scope="col">VM</th><th scope="col">Verdict</th><th scope="col">Owner</th><th scope="col">Findings, with the command for a fix</th><th scope="col">Backup item</th></tr></thead><tbody>
`;

function closing(rows: number, counted: number): Html {
  const difference =
    rows === counted ? '' : ` The counts above speak of ${counted}: VMs were judged anew while this page was made.`;
  return html`</tbody></table></div></section>
</main><footer><p>End of the report: ${rows} VMs.${difference}</p></footer></body></html>
`;
}

/** One page for the auditor's folder: no script, no request to anybody, and it prints. Rows are read twice. */
export async function* writeHtml({ head, vms }: ReportSource): AsyncIterable<string> {
  const summary = await tallyOf(vms());
  yield opening(head).markup;
  yield completenessSection(head.completeness).markup;
  yield verdictSection(summary).markup;
  yield ruleSection(summary, head).markup;
  yield exemptionSection(head).markup;
  yield controlSection(summary).markup;
  yield tableHead.markup;
  let rows = 0;
  for (const verdict of order.filter((each) => summary.verdicts[each] > 0)) {
    for await (const vm of vms(verdict)) {
      rows += 1;
      yield rowOf(vm).markup;
    }
  }
  yield closing(rows, summary.vms).markup;
}
