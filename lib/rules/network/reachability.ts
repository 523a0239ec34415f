import type { NetworkInput, NicRows } from '../../domain/network-rows.ts';
import { readConfiguration } from './configuration.ts';
import { destinations } from './destination.ts';
import type { DnsState } from './dns.ts';
import { sawNoNetwork } from './evidence.ts';
import { judgedConfiguration } from './judged-configurations.ts';
import type { Judgement } from './judgement.ts';
import { createLikeness } from './likeness.ts';
import { chooseNic } from './network-input.ts';
import type { Note } from './note.ts';
import type { HalvesByDestination } from './paths.ts';
import { nameOf } from './reference.ts';
import type { PathState, PathVerdicts } from './verdict.ts';

/** How bad a path is for a kind of backup, before the catalogue has its say. */
export type PathSeverity = 'none' | 'info' | 'warning' | 'blocker';

/**
 * Plain VM backup, or backup of a workload in the VM; MARS and MABS need the same paths as a workload. The severity for
 * `vm` is the reference's; the rules of the catalogue lower it (rulings, number 37).
 */
export type Profile = 'workload' | 'vm';

/** Whether the backup traffic of one VM gets out. */
export interface Reachability {
  readonly destinations: PathVerdicts;
  /** What rules and routes say by themselves about the public paths. */
  readonly halves: HalvesByDestination;
  /** The host channel, all that plain VM backup needs: neither rules nor routes reach it. */
  readonly wireServer: 'open';
  readonly dns: DnsState;
  readonly overall: Readonly<Record<Profile, PathState>>;
  readonly severity: Readonly<Record<Profile, PathSeverity>>;
  /** Name of the interface that was judged. */
  readonly judgedNic?: string;
  /** The newest backup failed for want of a network, whatever the paths look like from outside. */
  readonly sawNoNetwork: boolean;
  readonly notes: readonly Note[];
  /** Verdicts of the VM's other interfaces, for information. */
  readonly otherNics: readonly { readonly nic?: string; readonly destinations: PathVerdicts }[];
}

/** Judges VMs; counts the distinct configurations it met. */
export interface ReachabilityJudge {
  judge(input: NetworkInput): Reachability;
  /** What is judged about one interface, shared with those of the same configuration. */
  judgeNic(input: NetworkInput, rows: NicRows): Judgement;
  readonly configurations: number;
}

/**
 * A judge for one sweep: VMs with the same network configuration share one judgement. VMs whose rows are the same objects
 * are recognised without reading their configuration again.
 */
export function createReachabilityJudge(): ReachabilityJudge {
  const likenessOf = createLikeness();
  const judgementByLikeness = new Map<string, Judgement>();
  const keys = new Set<string>();
  const judgeAnew = (input: NetworkInput, rows: NicRows): Judgement => {
    const { key, judgement } = judgedConfiguration(readConfiguration(input, rows));
    keys.add(key);
    return judgement;
  };
  const judgeNic = (input: NetworkInput, rows: NicRows): Judgement => {
    const likeness = likenessOf(input, rows);
    const before = judgementByLikeness.get(likeness);
    if (before) {
      return before;
    }
    // An object of its own: interfaces with equal configurations may still have rows with other names around them.
    const judgement = { ...judgeAnew(input, rows) };
    judgementByLikeness.set(likeness, judgement);
    return judgement;
  };
  return {
    judgeNic,
    judge(input) {
      const { judged, others, named } = chooseNic(input);
      const name = nameOf(named);
      const judgement = judgeNic(input, judged);
      const otherNics = others.map((rows) => {
        const nic = nameOf(rows.nic);
        return { ...(nic ? { nic } : {}), destinations: judgeNic(input, rows).paths };
      });
      return { ...assembled(judgement, sawNoNetwork(input.evidence)), ...(name ? { judgedNic: name } : {}), otherNics };
    },
    get configurations() {
      return keys.size;
    },
  };
}

/** Judges one VM by itself. */
export function judgeReachability(input: NetworkInput): Reachability {
  return createReachabilityJudge().judge(input);
}

const severityOfWorkload = { open: 'none', unknown: 'warning', blocked: 'blocker' } as const;
const severityOfVm = { open: 'none', unknown: 'info', blocked: 'warning' } as const;

function assembled(judgement: Judgement, hasEvidence: boolean): Omit<Reachability, 'otherNics'> {
  const { paths, halves, notes } = judgement;
  const workload = overallState(judgement);
  return {
    destinations: paths,
    halves,
    wireServer: 'open',
    dns: judgement.judgeable.configuration.dns,
    overall: { workload, vm: 'open' },
    severity: { workload: severityOfWorkload[workload], vm: hasEvidence ? 'blocker' : severityOfVm[workload] },
    sawNoNetwork: hasEvidence,
    notes,
  };
}

/** All destinations are needed; without name resolution none is certain. */
export function overallState({ paths, judgeable }: Judgement): PathState {
  const verdicts = destinations.map((destination) => paths[destination].verdict);
  if (verdicts.includes('blocked')) {
    return 'blocked';
  }
  return verdicts.includes('unknown') || judgeable.configuration.dns === 'denied' ? 'unknown' : 'open';
}
