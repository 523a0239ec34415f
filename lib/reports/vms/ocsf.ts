import { eventsOf, metadataOf } from './ocsf-event.ts';
import type { ReportSource } from './report-source.ts';

/** A JSON array of OCSF compliance findings, one per line; at least one per VM. */
export async function* writeOcsf({ head, vms }: ReportSource): AsyncIterable<string> {
  const metadata = metadataOf(head);
  yield '[';
  let separator = '\n';
  for await (const vm of vms()) {
    for (const event of eventsOf(vm, metadata, head.ruleTitles)) {
      yield `${separator}${JSON.stringify(event)}`;
      separator = ',\n';
    }
  }
  yield '\n]\n';
}
