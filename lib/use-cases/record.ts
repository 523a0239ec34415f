import { addPostures, type Counted, postureOf, subtractPosture } from '../domain/posture.ts';
import type { Evaluated, Transition } from './evaluated.ts';
import { withFingerprint } from './judge-vm.ts';
import type { Ports } from './ports.ts';

/** The rules of severity blocker or warning whose names two rows do not share. */
function isSameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((rule, index) => rule === b[index]);
}

/** The change that a new row is, if it is one to remember: the verdict, the failing rules, or that the VM is gone. */
export function transitionTo(row: Evaluated, stored: Evaluated | undefined): Transition | undefined {
  const to = row.goneAt ? ('gone' as const) : row.verdict;
  const from = stored?.goneAt ? undefined : stored?.verdict;
  if (stored && from === to && isSameList(stored.failing, row.failing)) {
    return undefined;
  }
  const first = row.findings.find((finding) => finding.outcome === 'fail' || finding.outcome === 'unknown');
  return {
    vmKey: row.vmKey,
    revision: row.revision,
    at: row.evidenceAt,
    ...(from ? { from } : {}),
    to,
    failingBefore: stored?.failing ?? [],
    failing: row.failing,
    why: row.goneAt ? 'The VM was deleted.' : (first?.message ?? 'Nothing is wrong.'),
    trigger: row.trigger,
    ...(row.runId ? { runId: row.runId } : {}),
  };
}

/** The row of a VM that no longer exists. */
export function retired(stored: Evaluated, at: string, occasion: Pick<Evaluated, 'trigger' | 'runId'>): Evaluated {
  const { runId: _former, ...rest } = stored;
  return withFingerprint({ ...rest, goneAt: at, evidenceAt: at, revision: stored.revision + 1, ...occasion });
}

/** What a row contributes to the posture of its cell; a gone VM contributes nothing. */
export function counted(row: Evaluated | undefined): readonly Counted[] {
  return row && !row.goneAt ? [row] : [];
}

/** How often a row that somebody else changed meanwhile is judged again before the message is left to its next delivery. */
const attempts = 4;

/**
 * Stores one row outside a sweep: the transition first (so that none is lost), the row under its version, then the counts
 * of its cell. `next` is asked again when the row had changed meanwhile; `undefined` leaves it as it is.
 */
export async function recordOne(
  { evaluations, postures }: Pick<Ports, 'evaluations' | 'postures'>,
  key: { readonly subscriptionId: string; readonly vmKey: string },
  next: (stored: Evaluated | undefined) => Evaluated | undefined,
): Promise<Evaluated | undefined> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const stored = await evaluations.find(key.subscriptionId, key.vmKey);
    const row = next(stored?.value);
    if (!row) {
      return undefined;
    }
    const transition = transitionTo(row, stored?.value);
    await evaluations.addTransitions(transition ? [transition] : []);
    if (await evaluations.write({ value: row, ...(stored?.version ? { version: stored.version } : {}) })) {
      const before = postureOf(counted(stored?.value));
      const after = postureOf(counted(row));
      const cell = { subscriptionId: row.subscriptionId, region: row.region };
      await postures.adjust(cell, (posture) => addPostures(subtractPosture(posture, before), after));
      return row;
    }
  }
  throw new Error('The row of the VM changed again and again while it was being written; it is tried again later.');
}
