import type { UnknownBecause } from '../domain/fact.ts';
import { parseVmId } from '../domain/ids.ts';
import type { EvaluatedHead } from './evaluated.ts';
import { gap } from './gaps.ts';
import type { Ports } from './ports.ts';
import type { CountedCell, Gap } from './run.ts';

/** Resource Graph lags: a row read more recently than this is not retired for being absent. */
const lagMinutes = 15;
/** So many absent VMs of a subscription are asked about singly; when all of those are gone, the others are as well. */
const probes = 20;

/** What a complete read of a shard did not show. */
export interface Absence {
  /** VMs that are proven to be gone. */
  readonly gone: readonly EvaluatedHead[];
  readonly gaps: readonly Gap[];
}

/** Rows of the cells whose VM the read did not show. */
export function unseenRows(
  rows: Iterable<EvaluatedHead>,
  cells: readonly CountedCell[],
  seen: ReadonlySet<string>,
): readonly EvaluatedHead[] {
  const wanted = new Set(cells.map((cell) => `${cell.subscriptionId}|${cell.region}`));
  return [...rows].filter(
    (row) => !row.goneAt && !seen.has(row.vmKey) && wanted.has(`${row.subscriptionId}|${row.region}`),
  );
}

/** Whether a row is old enough for its absence to mean something. */
export function isOldEnough({ evidenceAt }: EvaluatedHead, now: Date): boolean {
  return Date.parse(evidenceAt) < now.getTime() - lagMinutes * 60_000;
}

/** Which of the absent VMs of a subscription ARM does not know either, or why it does not tell. */
async function proven(
  { arm }: Pick<Ports, 'arm'>,
  absent: readonly EvaluatedHead[],
): Promise<{ readonly gone: readonly EvaluatedHead[]; readonly refused?: UnknownBecause }> {
  const gone: EvaluatedHead[] = [];
  for (const row of absent.slice(0, probes)) {
    const address = parseVmId(row.vmId);
    const reading = address && (await arm.machine(address));
    if (reading?.kind === 'unknown') {
      return { gone, refused: reading.because };
    }
    if (reading?.kind === 'gone') {
      gone.push(row);
    }
  }
  return { gone: gone.length === Math.min(absent.length, probes) ? absent : gone };
}

/**
 * Finds out what became of VMs that a read did not show. Resource Graph drops the rows of a subscription that may no longer
 * be read without a word, so ARM has the last word; and where fewer VMs came than the plan had counted, it is asked whether
 * the subscription can be read at all.
 */
export async function proveAbsence(
  ports: Pick<Ports, 'arm'>,
  cells: readonly CountedCell[],
  read: ReadonlyMap<string, number>,
  absent: readonly EvaluatedHead[],
): Promise<Absence> {
  const gone: EvaluatedHead[] = [];
  const gaps: Gap[] = [];
  const absentOf = Map.groupBy(absent, (row) => row.subscriptionId);
  for (const [subscriptionId, own] of Map.groupBy(cells, (cell) => cell.subscriptionId)) {
    const missing = absentOf.get(subscriptionId) ?? [];
    const expected = own.reduce((sum, { vms }) => sum + vms, 0);
    if (missing.length === 0 && (read.get(subscriptionId) ?? 0) >= expected) {
      continue;
    }
    const listed = await ports.arm.vaultsOf(subscriptionId);
    const probed = listed.kind === 'known' ? await proven(ports, missing) : { gone: [], refused: listed.because };
    gone.push(...probed.gone);
    const unexplained = missing.length - probed.gone.length;
    if (unexplained > 0 && !probed.refused) {
      const detail = `Resource Graph does not show ${unexplained} VMs that ARM knows, or that could not all be asked about.`;
      gaps.push(gap(`VMs of subscription ${subscriptionId}`, { cause: 'partial-inventory', detail }));
    }
    if (probed.refused) {
      gaps.push(gap(`subscription ${subscriptionId}`, probed.refused));
    }
  }
  return { gone, gaps };
}
