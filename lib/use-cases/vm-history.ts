import * as z from 'zod';

import { decodeCursor, encodeCursor } from './cursor.ts';
import type { Evaluated, Transition } from './evaluated.ts';
import type { Ports } from './ports.ts';

/** What became of a VM; `back`: it had been gone. */
export const changeKinds = ['first-seen', 'created-again', 'back', 'gone', 'verdict', 'rules'] as const;
type ChangeKind = (typeof changeKinds)[number];

/** A change of a VM: what it was, and which rules of severity blocker or warning it is about. */
export interface VmChange extends Transition {
  readonly kind: ChangeKind;
  readonly beganToFail: readonly string[];
  /** They pass again, do not apply any more, or can no longer be told. */
  readonly failsNoMore: readonly string[];
}

/** The changes of a VM, newest first. */
export interface VmHistory extends Pick<Evaluated, 'vmKey' | 'vmId' | 'name' | 'firstSeen' | 'goneAt'> {
  readonly changes: readonly VmChange[];
  /** The cursor of the older ones; `null` at the end. */
  readonly next: string | null;
}

function kindOf({ from, to, again, revision }: Transition): ChangeKind {
  if (to === 'gone') {
    return 'gone';
  }
  if (again) {
    return 'created-again';
  }
  if (from === undefined) {
    return revision === 1 ? 'first-seen' : 'back';
  }
  return from === to ? 'rules' : 'verdict';
}

function described(change: Transition): VmChange {
  const { failing, failingBefore } = change;
  return {
    ...change,
    kind: kindOf(change),
    beganToFail: failing.filter((rule) => !failingBefore.includes(rule)),
    failsNoMore: failingBefore.filter((rule) => !failing.includes(rule)),
  };
}

const position = { below: z.string().regex(/^[1-9]\d{0,8}$/) };

/**
 * Everything that became of a VM, a page at a time. What a sweep saw of a subscription for the first time is no change; then
 * `firstSeen` tells where the timeline begins. Throws `WrongCursor`.
 */
export async function vmHistory(
  { transitions }: Pick<Ports, 'transitions'>,
  vm: Evaluated,
  size: number,
  cursor: string | undefined,
): Promise<VmHistory> {
  const { vmKey, vmId, name, firstSeen, goneAt } = vm;
  const query = ['history', vmKey];
  const after = cursor === undefined ? undefined : Number(decodeCursor(query, position, cursor).below);
  // One more than is shown tells whether there are older ones.
  const found = await transitions.of(vmKey, size + 1, after);
  const changes = found.slice(0, size).map(described);
  const last = found.length > size ? changes.at(-1) : undefined;
  return {
    vmKey,
    vmId,
    name,
    ...(firstSeen ? { firstSeen } : {}),
    ...(goneAt ? { goneAt } : {}),
    changes,
    next: last ? encodeCursor(query, { below: String(last.revision) }) : null,
  };
}
