import { bulkReadReaches, evidenceReaches } from '../domain/evidence-reach.ts';
import type { UnknownBecause } from '../domain/fact.ts';
import type { JudgementSettings } from '../domain/settings.ts';
import { deservesCloserLook, freshLook, lookCloser, withLook } from './closer-look.ts';
import type { CloserLook, EvaluatedHead } from './evaluated.ts';
import { type JudgedVm, judgeVm } from './judge-vm.ts';
import type { Knowledge } from './knowledge.ts';
import type { MachineFacts, Ports, Stored } from './ports.ts';
import type { SurroundingsReading } from './read-surroundings.ts';
import type { LookCounts } from './run.ts';
import { vmKeyOf } from './vm-key.ts';

/** Heads of stored rows by vmKey. */
export type Heads = ReadonlyMap<string, Stored<EvaluatedHead>>;

/** A VM of a page, and how it is judged now; without a judgement, what is stored stands. */
export interface PageResult {
  readonly machine: MachineFacts;
  readonly vmKey: string;
  /** What is stored of it. */
  readonly before?: EvaluatedHead;
  readonly judged?: JudgedVm;
}

/** By what the VMs of a page are judged. */
export interface PageContext {
  readonly settings: JudgementSettings;
  readonly runId: string;
  /** When the shard was begun to be read. */
  readonly now: Date;
  readonly stored: Heads;
  readonly knowledge: Knowledge;
  readonly around: SurroundingsReading;
  /** How many VMs may still be read singly. */
  readonly looksAllowed: number;
  /** Of a run about changes: whether a VM has to do with them; others are left as they are stored. */
  readonly isConcerned?: (machine: MachineFacts) => boolean;
}

/** Reads of single VMs at a time. */
const looksAtOnce = 8;

function judgeOne(
  { machine, before }: PageResult,
  look: CloserLook | undefined,
  context: PageContext,
): JudgedVm | undefined {
  const { settings, runId, now, knowledge } = context;
  if (before && evidenceReaches(before) > bulkReadReaches(now.getTime())) {
    // An event or a request looked at the VM itself, later than Resource Graph surely shows: what it saw stands.
    return undefined;
  }
  const own = look?.restorePoints ? { restorePoints: look.restorePoints } : {};
  const occasion = {
    trigger: 'sweep' as const,
    runId,
    ...(before ? { stored: before } : {}),
    ...(look ? { closerLook: look } : {}),
  };
  return judgeVm(withLook(machine, look), { knowledge, own }, { settings, now }, occasion);
}

/** The VMs of a page, how many were read singly, and why one that should have been could not be. */
interface PageJudgement {
  readonly results: readonly PageResult[];
  readonly looks: LookCounts;
  readonly refused?: UnknownBecause;
}

/**
 * Judges the VMs of a page from bulk reads and from what was read of them alone within a day; those that ask for it are read
 * singly, as many as are allowed.
 */
export async function judgePage(
  ports: Pick<Ports, 'arm' | 'clock'>,
  machines: readonly MachineFacts[],
  context: PageContext,
): Promise<PageJudgement> {
  const { stored, now, around, looksAllowed, isConcerned } = context;
  const results = machines.map((machine): PageResult => {
    const vmKey = vmKeyOf(machine.vm.value.key);
    const before = stored.get(vmKey)?.value;
    const subject: PageResult = { machine, vmKey, ...(before ? { before } : {}) };
    if (isConcerned && before && !before.goneAt && !isConcerned(machine)) {
      return subject;
    }
    const judged = judgeOne(subject, freshLook(before, machine, now), context);
    return judged ? { ...subject, judged } : subject;
  });
  const asking = results.flatMap((result, place) => {
    const { machine, judged } = result;
    const isAsking = judged && !freshLook(result.before, machine, now) && deservesCloserLook(judged, machine, around);
    return isAsking ? [place] : [];
  });
  // Who was never looked at comes first, then whose look is oldest: in the end all have their turn.
  const lookedAt = (place: number) => results[place]?.before?.closerLook?.at ?? '';
  const chosen = asking.toSorted((a, b) => (lookedAt(a) < lookedAt(b) ? -1 : 1)).slice(0, looksAllowed);
  let made = 0;
  let refused: UnknownBecause | undefined;
  for (let from = 0; from < chosen.length; from += looksAtOnce) {
    await Promise.all(
      chosen.slice(from, from + looksAtOnce).map(async (place) => {
        const result = results[place];
        const look = result && (await lookCloser(ports, result.machine, around));
        if (look && !('at' in look)) {
          refused = look;
        } else if (result && look) {
          made += 1;
          const judged = judgeOne(result, look, context);
          results[place] = { ...result, ...(judged ? { judged } : {}) };
        }
      }),
    );
  }
  return { results, looks: { made, left: asking.length - made }, ...(refused ? { refused } : {}) };
}
