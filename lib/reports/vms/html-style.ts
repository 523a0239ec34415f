/** Colours of verdicts, which every section uses; the text beside them always says the same. */
export const verdictColours = {
  protected: '#107c41',
  pending: '#0f6cbd',
  'at-risk': '#c4500c',
  blocked: '#b10e1c',
  protectable: '#8764b8',
  undetermined: '#9a7500',
  exempt: '#6b6b6b',
  excluded: '#9e9e9e',
} as const;

/** The style of the page: by the reader's light or dark, and for A4. */
export const style = `
:root { color-scheme: light dark; --line: #8886; --soft: #8881; --bad: #b10e1c; --good: #107c41; }
* { box-sizing: border-box; }
body { font: 15px/1.45 "Segoe UI", system-ui, sans-serif; margin: 0 auto; max-width: 1200px; padding: 24px; }
h1 { font-size: 1.7em; margin: 0 0 .2em; } h2 { font-size: 1.25em; margin: 1.8em 0 .5em; }
table { border-collapse: collapse; width: 100%; } caption { text-align: left; padding: 0 0 .4em; opacity: .8; }
th, td { border-bottom: 1px solid var(--line); padding: 5px 8px; text-align: left; vertical-align: top; overflow-wrap: break-word; }
.long { overflow-wrap: anywhere; } table.narrow { width: auto; min-width: min(100%, 26em); }
th { font-weight: 600; } thead th { background: var(--soft); } td.number, th.number { text-align: right; white-space: nowrap; }
code { font: .88em/1.4 ui-monospace, Consolas, monospace; overflow-wrap: anywhere; }
ul { margin: 0; padding-left: 1.2em; } small { opacity: .8; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 16px; margin: .5em 0; } dd { margin: 0; }
.completeness { border: 2px solid var(--good); border-radius: 6px; padding: 4px 18px 12px; margin: 18px 0; }
.completeness.incomplete { border: 4px solid var(--bad); } .completeness h2 { margin-top: .5em; }
.mark { display: inline-block; width: .75em; height: .75em; border-radius: 2px; margin-right: .45em; }
.scroll { overflow-x: auto; } .vms { table-layout: fixed; min-width: 60em; } th small { font-weight: 400; }
.vms th:nth-child(1), .vms th:nth-child(5) { width: 17%; } .vms th:nth-child(2), .vms th:nth-child(3) { width: 10%; }
@page { size: A4 landscape; margin: 14mm; }
@media print {
  :root { color-scheme: light; } body { font-size: 8pt; line-height: 1.3; max-width: none; padding: 0; }
  thead { display: table-header-group; } tr, .completeness { break-inside: avoid; } h2 { break-after: avoid; }
  .page { break-before: page; } .scroll { overflow: visible; } .vms { min-width: 0; } .mark, svg rect { print-color-adjust: exact; }
}
`;
