import { dayOf } from '../domain/day.ts';
import { isCreatedAgain } from '../domain/instance.ts';
import { addPostures, type Counted, postureOf, subtractPosture } from '../domain/posture.ts';
import type { Evaluated, EvaluatedHead, Transition } from './evaluated.ts';
import type { Ports } from './ports.ts';

/** The rules of severity blocker or warning whose names two rows do not share. */
function isSameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((rule, index) => rule === b[index]);
}

/** Why a row changed: what became of the VM itself comes before what is to be done about it. */
function reasonFor(row: Evaluated, isAgain: boolean): string {
  if (row.goneAt) {
    return 'The VM was deleted.';
  }
  const first = row.findings.find((finding) => finding.outcome === 'fail' || finding.outcome === 'unknown');
  const state = first?.message ?? 'Nothing is wrong.';
  return isAgain ? `The VM was created again under the same name. ${state}` : state;
}

/** Hours that it took to protect a VM, where the new row is the first in which it is backed up. */
function hoursToProtect(row: Evaluated, stored: EvaluatedHead | undefined): Pick<Transition, 'hoursToProtect'> {
  const { at, minutes } = row.firstProtected ?? {};
  const isNow = at !== undefined && at !== stored?.firstProtected?.at;
  return isNow && minutes !== undefined ? { hoursToProtect: Math.round((100 * minutes) / 60) / 100 } : {};
}

/**
 * The change that a new row is, if it is one to remember: the verdict, the failing rules, or that the VM is gone. The first
 * sight of a VM is one too, unless it belongs to a `baseline`: nothing of its subscription was known before.
 */
export function transitionTo(
  row: Evaluated,
  stored: EvaluatedHead | undefined,
  first: 'a change' | 'baseline' = 'a change',
): Transition | undefined {
  const to = row.goneAt ? ('gone' as const) : row.verdict;
  const from = stored?.goneAt ? undefined : stored?.verdict;
  const isAgain = isCreatedAgain(stored, row);
  if (stored ? !isAgain && from === to && isSameList(stored.failing, row.failing) : first === 'baseline') {
    return undefined;
  }
  const { vmKey, vmId, name, subscriptionId, region, owner, revision, failing, trigger, runId } = row;
  return {
    vmKey,
    vmId,
    name,
    subscriptionId,
    region,
    owner,
    revision,
    at: row.evidenceAt,
    ...(from ? { from } : {}),
    to,
    ...(isAgain ? { again: true } : {}),
    failingBefore: stored?.failing ?? [],
    failing,
    why: reasonFor(row, isAgain),
    ...hoursToProtect(row, stored),
    trigger,
    ...(runId ? { runId } : {}),
  };
}

/** The row of a VM that no longer exists. */
export function retired(stored: Evaluated, at: string, occasion: Pick<Evaluated, 'trigger' | 'runId'>): Evaluated {
  const { runId: _former, ...rest } = stored;
  const fingerprint = `gone-${stored.fingerprint}`;
  return { ...rest, goneAt: at, evidenceAt: at, revision: stored.revision + 1, fingerprint, ...occasion };
}

/** What a row contributes to the posture of its cell; a gone VM contributes nothing. */
export function counted(row: EvaluatedHead | undefined): readonly Counted[] {
  return row && !row.goneAt ? [row] : [];
}

/** Changes the counts by a row that took the place of another; created again, a VM may stand in another region. */
async function countAnew(postures: Ports['postures'], former: Evaluated | undefined, row: Evaluated): Promise<void> {
  const cellOf = ({ subscriptionId, region }: Evaluated) => ({ subscriptionId, region });
  const before = postureOf(counted(former));
  const after = postureOf(counted(row));
  const day = dayOf(row.evidenceAt);
  if (!former || former.region === row.region) {
    await postures.adjust(cellOf(row), (posture) => addPostures(subtractPosture(posture, before), after), day);
    return;
  }
  await postures.adjust(cellOf(former), (posture) => subtractPosture(posture, before), day);
  await postures.adjust(cellOf(row), (posture) => addPostures(posture, after), day);
}

/** How often a row that somebody else changed meanwhile is judged again before the message is left to its next delivery. */
const attempts = 4;

/**
 * Stores one row outside a sweep: the transition first (so that none is lost), the row under its version, then the counts
 * of its cell. `next` is asked again when the row had changed meanwhile; `undefined` leaves it as it is.
 */
export async function recordOne(
  { evaluations, transitions, postures }: Pick<Ports, 'evaluations' | 'transitions' | 'postures'>,
  key: { readonly subscriptionId: string; readonly vmKey: string },
  next: (stored: Evaluated | undefined) => Evaluated | undefined | Promise<Evaluated | undefined>,
): Promise<Evaluated | undefined> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const stored = await evaluations.find(key.subscriptionId, key.vmKey);
    const row = await next(stored?.value);
    if (!row) {
      return undefined;
    }
    const transition = transitionTo(row, stored?.value);
    await transitions.add(transition ? [transition] : []);
    if (await evaluations.write({ value: row, ...(stored?.version ? { version: stored.version } : {}) })) {
      await countAnew(postures, stored?.value, row);
      return row;
    }
  }
  throw new Error('The row of the VM changed again and again while it was being written; it is tried again later.');
}
