import type { UnknownCause } from '../domain/fact.ts';
import type { ArmId } from '../domain/ids.ts';
import { addPostures, emptyPosture, type Posture, postureOf } from '../domain/posture.ts';
import { reachabilityStatistics } from '../rules/network/judged-network.ts';
import type { EvaluatedHead } from './evaluated.ts';
import type { PageResult } from './judge-page.ts';
import { counted } from './record.ts';
import type { CountedCell, Gap, LookCounts, NetworkStatistics } from './run.ts';

/** Causes for which something stays unknown because a run could not read it. */
const unreadCauses: ReadonlySet<UnknownCause> = new Set(['no-permission', 'throttled', 'partial-inventory']);

function cellKey({ subscriptionId, region }: { readonly subscriptionId: string; readonly region: string }): string {
  return `${subscriptionId}|${region}`;
}

/** What comes together while the pages of a shard are judged. */
export class ShardTally {
  vms = 0;
  judged = 0;
  changed = 0;
  looks: LookCounts = { made: 0, left: 0 };
  /** Plans that were handed to the protector. */
  proposed = 0;
  networks: NetworkStatistics = { vms: 0, configurations: 0 };
  /** Keys of the VMs that were read. */
  readonly seen = new Set<string>();
  readonly seenIds = new Set<ArmId>();
  /** VMs read, by subscription. */
  readonly read = new Map<string, number>();
  readonly unreadable: string[] = [];
  readonly rulesUnknown = new Map<string, number>();
  readonly #gaps = new Map<string, Gap>();
  readonly #postures = new Map<string, Posture>();

  get gaps(): readonly Gap[] {
    return [...this.#gaps.values()];
  }

  addGaps(gaps: readonly Gap[]): void {
    for (const gap of gaps) {
      this.#gaps.set(`${gap.what}|${gap.cause}`, gap);
    }
  }

  addPage(results: readonly PageResult[], sweep: object): void {
    this.vms += results.length;
    this.judged += results.filter(({ judged }) => judged).length;
    const statistics = reachabilityStatistics(sweep);
    this.networks = {
      vms: this.networks.vms + statistics.vms,
      configurations: this.networks.configurations + statistics.configurations,
    };
    for (const { machine, vmKey } of results) {
      const { key, subscriptionId } = machine.vm.value;
      this.seen.add(vmKey);
      this.seenIds.add(key);
      this.read.set(subscriptionId, (this.read.get(subscriptionId) ?? 0) + 1);
    }
    this.count(results.map(({ before, judged }) => judged?.head ?? before));
    this.#countUnknown(results);
  }

  addLooks({ made, left }: LookCounts): void {
    this.looks = { made: this.looks.made + made, left: this.looks.left + left };
  }

  /** The counts of a cell of the shard. */
  postureOf(cell: CountedCell): Posture {
    return this.#postures.get(cellKey(cell)) ?? emptyPosture;
  }

  /** Counts rows among those of their cells. */
  count(heads: readonly (EvaluatedHead | undefined)[]): void {
    const there = heads.filter((head) => head !== undefined);
    for (const [key, own] of Map.groupBy(there, (head) => cellKey(head))) {
      const posture = postureOf(own.flatMap(counted));
      this.#postures.set(key, addPostures(this.#postures.get(key) ?? emptyPosture, posture));
    }
  }

  #countUnknown(results: readonly PageResult[]): void {
    for (const { judged } of results) {
      for (const { rule, outcome } of judged?.evaluation.openOutcomes ?? []) {
        if (outcome.kind === 'unknown' && unreadCauses.has(outcome.because.cause)) {
          this.rulesUnknown.set(rule.id, (this.rulesUnknown.get(rule.id) ?? 0) + 1);
        }
      }
    }
  }
}
