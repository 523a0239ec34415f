import type { NetworkInput, NicRows } from '../../domain/network-rows.ts';
import type { Judgement } from './judgement.ts';
import { chooseNic } from './network-input.ts';
import { createReachabilityJudge, type ReachabilityJudge } from './reachability.ts';
import type { PathVerdicts } from './verdict.ts';

/** The judgement of the interface that carries a VM's outbound traffic, with the rows that it was made from. */
export interface JudgedNetwork {
  /** The same object for all VMs whose rows are the same. */
  readonly judgement: Judgement;
  readonly input: NetworkInput;
  readonly rows: NicRows;
}

interface Sweep {
  readonly judge: ReachabilityJudge;
  vms: number;
}

const sweeps = new WeakMap<object, Sweep>();
/** The VM that was judged last: the rules ask about one VM after the other. */
let latest: JudgedNetwork | undefined;

function sweepOf(token: object): Sweep {
  const known = sweeps.get(token);
  if (known) {
    return known;
  }
  const sweep = { judge: createReachabilityJudge(), vms: 0 };
  sweeps.set(token, sweep);
  return sweep;
}

/** Judges the network of a VM, once for all rules, and once for all VMs of a sweep with the same configuration. */
export function judgedNetwork(input: NetworkInput): JudgedNetwork {
  if (latest?.input === input) {
    return latest;
  }
  const sweep = sweepOf(input.sweep ?? input);
  const { judged: rows } = chooseNic(input);
  latest = { judgement: sweep.judge.judgeNic(input, rows), input, rows };
  sweep.vms += 1;
  return latest;
}

/** The paths of a VM to its destinations, for those who only tell of them: the VM is not counted once more. */
export function judgedPaths(input: NetworkInput): PathVerdicts {
  const known = latest?.input === input ? latest.judgement : undefined;
  return (known ?? sweepOf(input.sweep ?? input).judge.judgeNic(input, chooseNic(input).judged)).paths;
}

/** How many VMs of a sweep were judged, and how many distinct configurations they have. */
export function reachabilityStatistics(sweep: object): { readonly vms: number; readonly configurations: number } {
  const { judge, vms } = sweepOf(sweep);
  return { vms, configurations: judge.configurations };
}
