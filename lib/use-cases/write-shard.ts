import { onceFor } from '../domain/memo.ts';
import type { Evaluated, EvaluatedHead, Transition } from './evaluated.ts';
import type { Heads, PageResult } from './judge-page.ts';
import type { Ports, Stored } from './ports.ts';
import { retired, transitionTo } from './record.ts';

type WritePorts = Pick<Ports, 'evaluations' | 'transitions'>;

/** Whether a judged VM is no longer what is stored of it. A newer look at the VM alone is kept as well. */
function isChanged(head: EvaluatedHead, before: EvaluatedHead | undefined): boolean {
  return before?.fingerprint !== head.fingerprint || before.closerLook?.at !== head.closerLook?.at;
}

/** Which run each stored row of a shard is from, and whether it is the first of its VM; made once for all pages. */
const originsOf = onceFor((stored: Heads) =>
  [...stored.values()].map(({ value: { subscriptionId, runId, revision } }) => ({ subscriptionId, runId, revision })),
);

/** Subscriptions of which something is known from before this run: VMs that turn up there are new. */
function knownSubscriptions(rows: readonly Evaluated[], stored: Heads): ReadonlySet<string> {
  const runIds = new Set(rows.map(({ runId }) => runId));
  const before = originsOf(stored).filter(({ revision, runId }) => revision > 1 || !runIds.has(runId));
  return new Set(before.map(({ subscriptionId }) => subscriptionId));
}

/**
 * Writes rows under the versions that were read, after their transitions, so that a crash in between loses none. A row that
 * changed meanwhile was judged from newer evidence, by an event or a request: that one stands. Answers how many were written.
 */
async function write(ports: WritePorts, rows: readonly Evaluated[], stored: Heads): Promise<number> {
  const known = knownSubscriptions(rows, stored);
  const transitions = rows
    .map((row) =>
      transitionTo(row, stored.get(row.vmKey)?.value, known.has(row.subscriptionId) ? 'a change' : 'baseline'),
    )
    .filter((transition): transition is Transition => transition !== undefined);
  await ports.transitions.add(transitions);
  let overtaken = 0;
  for (const group of Map.groupBy(rows, (row) => row.subscriptionId).values()) {
    const versioned = group.map((value): Stored<Evaluated> => {
      const version = stored.get(value.vmKey)?.version;
      return version ? { value, version } : { value };
    });
    overtaken += (await ports.evaluations.writeAll(versioned)).length;
  }
  return rows.length - overtaken;
}

/** Writes those VMs of a page that changed. */
export function writeChanged(ports: WritePorts, results: readonly PageResult[], stored: Heads): Promise<number> {
  const rows = results.flatMap(({ vmKey, before = stored.get(vmKey)?.value, judged }) =>
    judged && isChanged(judged.head, before) ? [judged.row] : [],
  );
  return write(ports, rows, stored);
}

/** Retires VMs that are proven to be gone; their rows are kept, and say so. Answers how many. */
export async function writeRetired(
  ports: WritePorts,
  gone: readonly EvaluatedHead[],
  stored: Heads,
  occasion: { readonly at: string; readonly runId: string },
): Promise<number> {
  const rows: Evaluated[] = [];
  for (const { subscriptionId, vmKey } of gone) {
    const whole = await ports.evaluations.find(subscriptionId, vmKey);
    if (whole && whole.version === stored.get(vmKey)?.version) {
      rows.push(retired(whole.value, occasion.at, { trigger: 'sweep', runId: occasion.runId }));
    }
  }
  return write(ports, rows, stored);
}
