import { documentOf, headerOf, trailerOf } from './document.ts';
import type { ReportSource } from './report-source.ts';
import { startTally } from './tally.ts';

/** One JSON document: the header, `vms` with a VM per line, and the trailer. */
export async function* writeJson({ head, vms }: ReportSource): AsyncIterable<string> {
  const tally = startTally();
  yield `${JSON.stringify(headerOf(head)).slice(0, -1)},"vms":[`;
  let separator = '\n';
  for await (const vm of vms()) {
    tally.add(vm);
    yield `${separator}${JSON.stringify(documentOf(vm))}`;
    separator = ',\n';
  }
  yield `\n],"trailer":${JSON.stringify(trailerOf(tally.summary()))}}\n`;
}

/** A JSON document per line: the header, the VMs, the trailer; `kind` tells them apart. */
export async function* writeNdjson({ head, vms }: ReportSource): AsyncIterable<string> {
  const tally = startTally();
  yield `${JSON.stringify({ kind: 'header', ...headerOf(head) })}\n`;
  for await (const vm of vms()) {
    tally.add(vm);
    yield `${JSON.stringify({ kind: 'vm', ...documentOf(vm) })}\n`;
  }
  yield `${JSON.stringify({ kind: 'trailer', ...trailerOf(tally.summary()) })}\n`;
}
