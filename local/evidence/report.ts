import type { FoundDay } from '../../lib/domain/evidence-chain.ts';
import type { VerifiedEvidence } from '../../lib/use-cases/verify-evidence.ts';

const limits = [
  'What this cannot prove: that the chain was not written anew as a whole from some day on, or cut off at its end, by somebody who',
  'may write to the storage. Compare a hash that was noted elsewhere (--noted), and keep the container under an immutability policy.',
];

function lineOf({ day, manifest }: FoundDay, state: string): string {
  if (!manifest || 'wrong' in manifest.content) {
    return `${day}  ${state}`;
  }
  const { parts, run } = manifest.content;
  const vms = parts.find(({ name }) => name.startsWith('vms.'))?.rows ?? 0;
  const sweep = run ? `sweep ${run.runId} ${run.state}` : 'no full sweep ended on this day';
  return `${day}  ${state}  ${vms} VMs, ${parts.length} parts, ${sweep}, manifest ${manifest.sha256}`;
}

/** A line for each day, what is wrong with it below; then the outcome, and what it does not prove. */
export function evidenceLines(
  { days, problems, notes }: VerifiedEvidence,
  noted: string | undefined,
): readonly string[] {
  const all = [...new Set([...days, ...problems, ...notes].map(({ day }) => day))].toSorted();
  const byDay = new Map(days.map((found) => [found.day, found]));
  const lines = all.flatMap((day) => {
    const own = problems.filter((problem) => problem.day === day);
    const hints = notes.filter((note) => note.day === day);
    const found = byDay.get(day) ?? { day, files: [] };
    return [
      lineOf(found, own.length > 0 ? 'WRONG' : found.manifest ? 'ok   ' : '-    '),
      ...[...own, ...hints].map(({ part, what }) => `            ${part}: ${what}`),
    ];
  });
  return [...lines, '', outcome({ days, problems, notes }, noted), ...limits];
}

function outcome({ days, problems }: VerifiedEvidence, noted: string | undefined): string {
  const [first] = problems;
  if (first) {
    return `WRONG: ${first.day} ${first.part} is ${first.what}. Problems: ${problems.length}.`;
  }
  const known = days.find(({ manifest }) => noted !== undefined && manifest?.sha256 === noted);
  const count = days.filter(({ manifest }) => manifest).length;
  return known
    ? `All ${count} snapshots are whole and in order, and those up to ${known.day} are those whose hash was noted.`
    : `All ${count} snapshots are whole and in order.`;
}
