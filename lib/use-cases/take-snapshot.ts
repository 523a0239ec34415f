import { dayAfter, dayOf } from '../domain/day.ts';
import { daysBetween, evidenceFormat, type Manifest, manifestFile } from '../domain/evidence.ts';
import { serviceVersion } from '../domain/service-version.ts';
import { linkOf } from './evidence-manifest.ts';
import type { Evidence, Link, SnapshotMessage } from './evidence-ports.ts';
import { forgetEvidence } from './forget-evidence.ts';
import { lastLink, publish } from './manifest-blobs.ts';
import type { Ports } from './ports.ts';
import type { Run } from './run.ts';
import { writeParts } from './snapshot-parts.ts';

/** Whether snapshots are taken, and for how many days they are kept (0: for ever). */
export interface EvidenceSettings {
  readonly isOn: boolean;
  readonly keptDays: number;
}

/** What became of the wish for a snapshot; `not-yet`: its sweep is not closed. */
export type SnapshotAnswer =
  | { readonly kind: 'off' | 'too-late' | 'not-yet' }
  | { readonly kind: 'taken' | 'there'; readonly link: Link };

/** So long after its end a day may still get its snapshot: later, it would tell of another day. */
const lateHours = 6;
/** How often the chain is read again when somebody else has just lengthened it. */
const attempts = 5;
/** Full sweeps among which the one of a day is looked for. */
const searchedRuns = 10;

type FinishedRun = Run & { readonly finishedAt: string };

function isFinished(run: Run | undefined): run is FinishedRun {
  return run?.finishedAt !== undefined;
}

/** The full sweep that a snapshot rests on: the one that is named, or the newest that ended on the day. */
async function runOf({ runs }: Ports, { day, runId }: SnapshotMessage): Promise<FinishedRun | 'not-yet' | undefined> {
  if (runId === undefined) {
    return (await runs.newest(searchedRuns, 'full')).filter(isFinished).find((run) => dayOf(run.finishedAt) === day);
  }
  const run = await runs.find(runId);
  return isFinished(run) ? run : run && 'not-yet';
}

function manifestOf(
  day: string,
  takenAt: Date,
  { keptDays }: EvidenceSettings,
  run: FinishedRun | undefined,
): Omit<Manifest, 'previous' | 'missingDays' | 'parts'> {
  return {
    format: evidenceFormat,
    day,
    takenAt: takenAt.toISOString(),
    serviceVersion,
    run: run ? { runId: run.runId, state: run.state, startedAt: run.startedAt, finishedAt: run.finishedAt } : null,
    keptDays,
  };
}

/** The day has begun, and it is not long over. */
function isTime(day: string, now: Date): boolean {
  const end = Date.parse(`${dayAfter(day, 1)}T00:00:00Z`);
  return dayOf(now) >= day && now.getTime() < end + lateHours * 3_600_000;
}

/** What follows from the link before. */
function placeBehind(last: Link | undefined, day: string): Pick<Manifest, 'previous' | 'missingDays'> {
  return last
    ? { previous: { day: last.day, sha256: last.sha256 }, missingDays: daysBetween(last.day, day) }
    : { previous: null, missingDays: [] };
}

/**
 * Takes the snapshot of a day, once. The parts come first, each written at most once; then the manifest becomes the last
 * link of the chain, in one conditional write; then it is written as a blob that is never changed. Killed anywhere and
 * called again, or by several at once, it ends in the same one manifest.
 */
export async function takeSnapshot(
  ports: Ports,
  evidence: Evidence,
  settings: EvidenceSettings,
  message: SnapshotMessage,
): Promise<SnapshotAnswer> {
  const { day } = message;
  if (!settings.isOn) {
    return { kind: 'off' };
  }
  if (!isTime(day, ports.clock())) {
    return { kind: 'too-late' };
  }
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const last = await lastLink(evidence, ports.log);
    if (last && last.value.day >= day) {
      return last.value.day === day ? { kind: 'there', link: last.value } : { kind: 'too-late' };
    }
    const run = await runOf(ports, message);
    if (run === 'not-yet') {
      return { kind: 'not-yet' };
    }
    const link = linkOf({
      ...manifestOf(day, ports.clock(), settings, run),
      ...placeBehind(last?.value, day),
      parts: await writeParts(ports, evidence.blobs, day, run),
    });
    if (await evidence.chain.append(link, last?.version)) {
      await publish(evidence.blobs, link, ports.log);
      await forgetEvidence(evidence.blobs, day, settings.keptDays, ports.log);
      return { kind: 'taken', link };
    }
  }
  throw new Error(`The chain of snapshots changed again and again; ${day}/${manifestFile} is written later.`);
}
