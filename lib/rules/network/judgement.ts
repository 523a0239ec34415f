import type { Judgeable } from './configuration.ts';
import { type FirewallStanding, firewallStanding } from './firewall-standing.ts';
import { type Note, notesOf } from './note.ts';
import { type HalvesByDestination, joinedPaths, judgeHalves } from './paths.ts';
import type { PathVerdicts } from './verdict.ts';

/** Everything that is judged about one configuration; VMs with equal configurations share it. */
export interface Judgement {
  readonly judgeable: Judgeable;
  readonly halves: HalvesByDestination;
  readonly paths: PathVerdicts;
  readonly firewall: FirewallStanding;
  readonly notes: readonly Note[];
}

/** Judges one configuration. */
export function judgeConfiguration(judgeable: Judgeable): Judgement {
  const halves = judgeHalves(judgeable);
  const paths = joinedPaths(halves, judgeable);
  return {
    judgeable,
    halves,
    paths,
    firewall: firewallStanding(judgeable),
    notes: notesOf(judgeable.configuration, paths),
  };
}
