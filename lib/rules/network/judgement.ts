import type { Judgeable } from './configuration.ts';
import { type FirewallStanding, firewallStanding } from './firewall-standing.ts';
import { type HalfStanding, halfStanding } from './half-standing.ts';
import { type Note, notesOf } from './note.ts';
import { type HalvesByDestination, joinedPaths, judgeHalves } from './paths.ts';
import { exitObstacle, routeObstacle } from './route-obstacle.ts';
import type { PathVerdicts } from './verdict.ts';

/** Everything that is judged about one configuration; VMs with equal configurations share it. */
export interface Judgement {
  readonly judgeable: Judgeable;
  readonly halves: HalvesByDestination;
  readonly paths: PathVerdicts;
  /** Whether rules let backup traffic out: those of the network manager and of both groups. */
  readonly access: HalfStanding;
  /** Whether routes lead it out, whatever comes behind them. */
  readonly routes: HalfStanding;
  /** Whether the subnet has a way out where the routes lead there. */
  readonly exit: HalfStanding;
  readonly firewall: FirewallStanding;
  readonly notes: readonly Note[];
}

/** Judges one configuration. */
export function judgeConfiguration(judgeable: Judgeable): Judgement {
  const halves = judgeHalves(judgeable);
  const paths = joinedPaths(halves, judgeable);
  const { configuration } = judgeable;
  return {
    judgeable,
    halves,
    paths,
    access: halfStanding(halves, ({ access }) => (access.verdict === 'open' ? undefined : access)),
    routes: halfStanding(halves, ({ routing }) => routeObstacle(routing)),
    exit: halfStanding(halves, ({ routing }) => exitObstacle(routing, configuration.wayOut)),
    firewall: firewallStanding(judgeable),
    notes: notesOf(configuration, paths),
  };
}
