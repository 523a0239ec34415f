import { configurationKey, readConfiguration } from './configuration.ts';
import type { Destination } from './destination.ts';
import { destinations } from './destination.ts';
import type { DnsState } from './dns.ts';
import { sawNoNetwork } from './evidence.ts';
import { chooseNic, type NetworkInput, type NicRows } from './network-input.ts';
import { type Note, notesOf } from './note.ts';
import { judgePaths } from './paths.ts';
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

interface Judged {
  readonly destinations: PathVerdicts;
  readonly dns: DnsState;
  readonly notes: readonly Note[];
}

/** Judges VMs; counts the distinct configurations it met. */
export interface ReachabilityJudge {
  judge(input: NetworkInput): Reachability;
  readonly configurations: number;
}

/** A judge for one sweep: VMs with the same network configuration share one judgement, which is dropped with the judge. */
export function createReachabilityJudge(): ReachabilityJudge {
  const judgedByKey = new Map<string, Judged>();
  const judgeNic = (input: NetworkInput, rows: NicRows): Judged => {
    const judgeable = readConfiguration(input, rows);
    const key = configurationKey(judgeable.configuration);
    const known = judgedByKey.get(key);
    if (known) {
      return known;
    }
    const paths = judgePaths(judgeable);
    const { configuration } = judgeable;
    const judged = { destinations: paths, dns: configuration.dns, notes: notesOf(configuration, paths) };
    judgedByKey.set(key, judged);
    return judged;
  };
  return {
    judge(input) {
      const { judged, others, name } = chooseNic(input);
      const paths = judgeNic(input, judged);
      const otherNics = others.map((rows) => {
        const nic = nameOf(rows.nic);
        return { ...(nic ? { nic } : {}), destinations: judgeNic(input, rows).destinations };
      });
      return { ...assembled(paths, sawNoNetwork(input.evidence)), ...(name ? { judgedNic: name } : {}), otherNics };
    },
    get configurations() {
      return judgedByKey.size;
    },
  };
}

/** Judges one VM by itself. */
export function judgeReachability(input: NetworkInput): Reachability {
  return createReachabilityJudge().judge(input);
}

const severityOfWorkload = { open: 'none', unknown: 'warning', blocked: 'blocker' } as const;
const severityOfVm = { open: 'none', unknown: 'info', blocked: 'warning' } as const;

function assembled({ destinations: paths, dns, notes }: Judged, hasEvidence: boolean): Omit<Reachability, 'otherNics'> {
  const workload = overall(paths, dns);
  return {
    destinations: paths,
    wireServer: 'open',
    dns,
    overall: { workload, vm: 'open' },
    severity: { workload: severityOfWorkload[workload], vm: hasEvidence ? 'blocker' : severityOfVm[workload] },
    sawNoNetwork: hasEvidence,
    notes,
  };
}

/** All destinations are needed; without name resolution none is certain. */
function overall(paths: PathVerdicts, dns: DnsState): PathState {
  const verdicts = destinations.map((destination: Destination) => paths[destination].verdict);
  if (verdicts.includes('blocked')) {
    return 'blocked';
  }
  return verdicts.includes('unknown') || dns === 'denied' ? 'unknown' : 'open';
}
