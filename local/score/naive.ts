import { counted, nothing, type Tally } from './tally.ts';

/** A VM as Resource Graph lists it. */
export type VmRow = { readonly id: string; readonly name: string };
/** A protected item as Resource Graph lists it: any state, soft-deleted ones included. */
export type ItemRow = { readonly sourceResourceId: string };

/** An answer that a short query would give: which VMs need attention. */
export type NaiveAnswer = { readonly name: string; readonly needsAttention: ReadonlySet<string> };

const lastPart = (id: string) => id.slice(id.lastIndexOf('/') + 1).toLowerCase();

/** "VMs without protected item": fine is who has an item row, by id. */
function withoutItem(vms: readonly VmRow[], items: readonly ItemRow[]): NaiveAnswer {
  const covered = new Set(items.map(({ sourceResourceId }) => sourceResourceId.toLowerCase()));
  const uncovered = vms.filter(({ id }) => !covered.has(id.toLowerCase()));
  return { name: 'VM without protected item', needsAttention: idsOf(uncovered) };
}

/** The same, joined on the name of the VM, as published queries do. */
function withoutNamesake(vms: readonly VmRow[], items: readonly ItemRow[]): NaiveAnswer {
  const covered = new Set(items.map(({ sourceResourceId }) => lastPart(sourceResourceId)));
  const uncovered = vms.filter(({ name }) => !covered.has(name.toLowerCase()));
  return { name: 'join on VM names', needsAttention: idsOf(uncovered) };
}

function idsOf(vms: readonly VmRow[]): ReadonlySet<string> {
  return new Set(vms.map(({ id }) => id.toLowerCase()));
}

/** What both queries answer on these rows. */
export function naiveAnswers(vms: readonly VmRow[], items: readonly ItemRow[]): readonly NaiveAnswer[] {
  return [withoutItem(vms, items), withoutNamesake(vms, items)];
}

const inOrder: ReadonlySet<string> = new Set(['protected', 'pending', 'exempt', 'excluded']);

/** Whether somebody has to look at a VM with this verdict. */
export function needsAttention(verdict: string): boolean {
  return !inOrder.has(verdict);
}

/** How an answer to "who needs attention?" compares with the labels. */
export type AttentionScore = { readonly name: string; readonly tally: Tally; readonly wrongVms: number };

/** Scores one answer; `verdicts` are the right ones by lower-cased id. */
export function attentionScore(
  { name, needsAttention: named }: NaiveAnswer,
  verdicts: ReadonlyMap<string, string>,
): AttentionScore {
  const tally = [...verdicts].reduce<Tally>(
    (sum, [id, verdict]) => counted(sum, needsAttention(verdict), named.has(id)),
    nothing,
  );
  return { name, tally, wrongVms: tally.planted - tally.found + tally.wrong };
}
