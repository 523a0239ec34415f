import type { UnknownBecause, UnknownCause } from '../../domain/fact.ts';
import { adviceOn } from './advise.ts';
import type { Destination } from './destination.ts';
import type { Obstacle } from './half-standing.ts';
import type { JudgedNetwork } from './judged-network.ts';
import type { Judgement } from './judgement.ts';
import type { NotOpen, Reason } from './verdict.ts';

/** Causes other than that nobody outside of the network sees it. */
const causes: ReadonlyMap<Reason, UnknownCause> = new Map<Reason, UnknownCause>([
  ['DATA_MISSING', 'partial-inventory'],
  ['EGRESS_LB_UNRESOLVED', 'partial-inventory'],
  ['EGRESS_ON_OTHER_NIC', 'docs-disagree'],
  ['STORAGE_EGRESS_UNDOCUMENTED', 'docs-disagree'],
]);

/** Sentences by judgement and obstacle: VMs that share a judgement have the same rows around them. */
const said = new WeakMap<Judgement, Map<Obstacle, UnknownBecause>>();

/** Why a half of the paths is not certainly open, in a sentence that names what stands in the way. */
export function doubtAbout(network: JudgedNetwork, obstacle: Obstacle): UnknownBecause {
  const sentences = said.get(network.judgement) ?? new Map<Obstacle, UnknownBecause>();
  said.set(network.judgement, sentences);
  const because = sentences.get(obstacle) ?? inWords(network, obstacle);
  sentences.set(obstacle, because);
  return because;
}

function inWords(network: JudgedNetwork, { destination, path }: Obstacle): UnknownBecause {
  return { cause: causes.get(path.reason) ?? 'not-exposed', detail: whyNotOpen(network, destination, path) };
}

/** Why a path, or one half of it, is not open: a sentence for this VM. */
export function whyNotOpen({ input, rows, judgement }: JudgedNetwork, destination: Destination, path: NotOpen): string {
  const { judgeable } = judgement;
  return adviceOn(path, { input, rows, judgeable, destination, rulesProposed: 0 }).message;
}
