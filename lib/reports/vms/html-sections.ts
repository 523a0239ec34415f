import { type Verdict, verdicts } from '../../domain/verdict.ts';
import { verdictColours } from './html-style.ts';
import { type Html, html, instant } from './html-text.ts';
import type { ReportedCompleteness, ReportHead } from './report-source.ts';
import type { ReportSummary } from './tally.ts';

/** A small square in the colour of a verdict, for the eye only. */
export function markOf(verdict: Verdict): Html {
  return html`<span class="mark" style="background:${verdictColours[verdict]}" aria-hidden="true"></span>`;
}

/** Why a report must not be read as the whole truth; empty if nothing is missing. */
export function whyIncomplete({ complete, state, gaps, ...counts }: ReportedCompleteness): string {
  if (complete) {
    return '';
  }
  if (state === 'never-swept') {
    return 'No sweep has read everything yet: VMs may be missing here.';
  }
  if (state === 'planning' || state === 'running') {
    return 'A sweep is running: rows are of this sweep or of the one before.';
  }
  const { subscriptionsRead, subscriptionsExpected } = counts;
  return `Not everything could be read: ${subscriptionsRead} of ${subscriptionsExpected} subscriptions; gaps: ${gaps.length}. VMs may be missing here, and what is told of others may be old.`;
}

function rulesUnknownOf({ rulesUnknown }: ReportedCompleteness): string {
  const rules = Object.entries(rulesUnknown).map(([rule, vms]) => `${rule} (${vms} VMs)`);
  return rules.join(', ') || 'none';
}

/** What the report rests on, in a frame that cannot be overlooked. */
export function completenessSection(completeness: ReportedCompleteness): Html {
  const { complete, runId, state, startedAt, finishedAt, ageHours, gaps, reads, looks } = completeness;
  const why = whyIncomplete(completeness);
  return html`<section class="completeness${complete ? '' : ' incomplete'}" aria-labelledby="completeness">
<h2 id="completeness">${complete ? 'Complete: everything in scope was read' : 'Incomplete'}</h2>
${why === '' ? [] : html`<p><strong>${why}</strong></p>`}
<dl><dt>Run</dt><dd>${runId ?? 'none'} (${state})</dd>
<dt>Time of the run</dt><dd>${instant(startedAt) || 'never'} to ${instant(finishedAt) || 'not ended'}${ageHours === null ? '' : `, ${ageHours} hours ago`}</dd>
<dt>Subscriptions</dt><dd>${completeness.subscriptionsRead} read of ${completeness.subscriptionsExpected} expected</dd>
<dt>Shards</dt><dd>${completeness.shardsDone} done of ${completeness.shards}</dd>
<dt>VMs</dt><dd>${completeness.vms} read of ${completeness.vmsExpected} expected; ${looks.made} read singly, ${looks.left} left for the next sweep</dd>
<dt>Throttles</dt><dd>${reads.throttles} refused requests, ${reads.retries} retries, ${reads.waitedMs} ms held back</dd>
<dt>Rules that could not tell</dt><dd>${rulesUnknownOf(completeness)}</dd></dl>
${gaps.length === 0 ? html`<p>No gaps.</p>` : gapTable(gaps)}</section>
`;
}

function gapTable(gaps: ReportedCompleteness['gaps']): Html {
  const rows = gaps.map(
    ({ what, cause, detail }) =>
      html`<tr><td class="long">${what}</td><td>${cause}</td><td class="long">${detail}</td></tr>`,
  );
  return html`<table><caption>Gaps: what could not be read</caption><thead><tr><th scope="col">What</th><th scope="col">Cause</th><th scope="col">Detail</th></tr></thead><tbody>${rows}</tbody></table>`;
}

function bar({ verdicts: counts, vms }: ReportSummary): Html {
  let from = 0;
  const pieces = verdicts.flatMap((verdict) => {
    const width = vms === 0 ? 0 : (1000 * counts[verdict]) / vms;
    const x = from;
    from += width;
    return width === 0
      ? []
      : [
          html`<rect x="${x.toFixed(2)}" y="0" width="${width.toFixed(2)}" height="24" fill="${verdictColours[verdict]}"><title>${verdict}: ${counts[verdict]}</title></rect>`,
        ];
  });
  return html`<svg viewBox="0 0 1000 24" width="100%" height="24" preserveAspectRatio="none" role="img" aria-label="VMs by verdict; the table below has the numbers">${pieces}</svg>`;
}

/** Verdicts with their numbers, and how they stand to each other. */
export function verdictSection(summary: ReportSummary): Html {
  const { vms, compliantPercent } = summary;
  const rows = verdicts.map(
    (verdict) =>
      html`<tr><th scope="row">${markOf(verdict)}${verdict}</th><td class="number">${summary.verdicts[verdict]}</td></tr>`,
  );
  const share =
    compliantPercent === null
      ? 'No VM is to be backed up.'
      : `${compliantPercent} % of the VMs that are to be backed up are.`;
  return html`<section aria-labelledby="verdicts"><h2 id="verdicts">Verdicts</h2><p>${vms} VMs. ${share}</p>${bar(summary)}
<table class="narrow"><thead><tr><th scope="col">Verdict</th><th scope="col" class="number">VMs</th></tr></thead><tbody>${rows}</tbody></table></section>
`;
}

/** Rules with the VMs that fail them. */
export function ruleSection({ rules }: ReportSummary, { ruleTitles }: ReportHead): Html {
  const rows = rules.map(
    ({ rule, failing, unknown }) =>
      html`<tr><th scope="row"><code>${rule}</code></th><td>${ruleTitles[rule]}</td><td class="number">${failing}</td><td class="number">${unknown}</td></tr>`,
  );
  return html`<section aria-labelledby="rules"><h2 id="rules">Findings by rule</h2>
<table><thead><tr><th scope="col">Rule</th><th scope="col">Demands</th><th scope="col" class="number">VMs that fail</th><th scope="col" class="number">VMs unknown</th></tr></thead><tbody>${rows}</tbody></table></section>
`;
}

/** The register of exemptions. */
export function exemptionSection({ exemptions: entries }: ReportHead): Html {
  const rows = entries.map(
    ({ exemptionId, scope, state, owner, reason, ticket, category, until }) =>
      html`<tr><th scope="row"><code>${exemptionId}</code></th><td>${state}</td><td class="long">${scope}</td><td class="long">${owner}</td><td>${category}</td><td class="long">${reason}</td><td class="long">${ticket}</td><td>${instant(until)}</td></tr>`,
  );
  const table = html`<table><thead><tr><th scope="col">Id</th><th scope="col">State</th><th scope="col">Scope</th><th scope="col">Owner</th><th scope="col">Category</th><th scope="col">Reason</th><th scope="col">Ticket</th><th scope="col">Until</th></tr></thead><tbody>${rows}</tbody></table>`;
  return html`<section class="page" aria-labelledby="exemptions"><h2 id="exemptions">Exemptions register</h2>${entries.length === 0 ? html`<p>The register has no entries in this scope.</p>` : table}</section>
`;
}

/** Controls for which the findings are evidence. */
export function controlSection({ controls }: ReportSummary): Html {
  const rows = controls.evidence.map((row) => {
    const title = row.titleIs === 'unconfirmed' && row.title !== '' ? `${row.title} (title unconfirmed)` : row.title;
    const missing = row.notAssessed.length === 0 ? '' : `not assessed: ${row.notAssessed.join(', ')}`;
    return html`<tr><th scope="row">${row.evidenceFor}</th><td>${row.frameworkVersion}</td><td>${row.control} ${title}</td><td>${row.relation}</td><td>${row.source}</td><td class="number">${row.vmsWithFindings ?? 'not assessed'}</td><td>${missing}</td></tr>`;
  });
  const without = controls.frameworksWithoutControl.map(
    ({ framework, version, why }) => html`<li>${framework} ${version}: ${why}</li>`,
  );
  return html`<section class="page" aria-labelledby="controls"><h2 id="controls">Evidence for controls</h2>
<p>The findings are evidence for these controls, by a map of ${controls.asOf}. Nothing here says that a control is met; no findings are no proof of that either.</p>
<table><thead><tr><th scope="col">Evidence for</th><th scope="col">Version</th><th scope="col">Control</th><th scope="col">Relation</th><th scope="col">Taken from</th><th scope="col" class="number">VMs with findings</th><th scope="col">Remark</th></tr></thead><tbody>${rows}</tbody></table>
<h3>Frameworks without a control on VM backup</h3><ul>${without}</ul></section>
`;
}
