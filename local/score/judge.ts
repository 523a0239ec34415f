import type { ResourceFinding } from '../../lib/domain/judge-resources.ts';
import type { Evaluated } from '../../lib/use-cases/evaluated.ts';
import { createApi } from '../demo/api.ts';
import { followSweep } from '../demo/sweep-progress.ts';
import type { Terminal } from '../demo/terminal.ts';
import type { Estate } from '../estates/estate.ts';
import { type Neighbourhood, startNeighbourhood } from '../neighbourhood.ts';
import { type Answer, answerOf } from './answer.ts';
import { readGraphRows } from './graph-rows.ts';
import type { ItemRow, VmRow } from './naive.ts';

/** What the whole path says about an estate. */
export type Judgement = {
  /** Rules that the service has. */
  readonly built: ReadonlySet<string>;
  /**
   * By lower-cased id: what the sweep found, and what a request found where the sweep had a question left. It reads VMs
   * singly only as far as they ask for something, and not too many of them.
   */
  readonly answers: ReadonlyMap<string, Answer>;
  /** How many VMs were asked about singly. */
  readonly asked: number;
  /** Verdicts of the sweep. */
  readonly sweptVerdicts: ReadonlyMap<string, string>;
  readonly resources: readonly ResourceFinding[];
  readonly graph: { readonly vms: readonly VmRow[]; readonly items: readonly ItemRow[] };
};

const evaluationsAtOnce = 6;

async function bodyOf<T>(answer: Response, wanted: string): Promise<T> {
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${wanted} answered ${answer.status}: ${text.slice(0, 300)}`);
  return JSON.parse(text) as T;
}

type Row = Pick<Evaluated, 'vmId' | 'verdict' | 'findings'>;

/** Whether the sweep has an open question that a read of this VM alone may answer. */
function isUnfinished({ findings }: Row): boolean {
  return findings.some(
    (each) => each.outcome === 'unknown' && each.cause === 'not-reported' && each.severity !== 'info',
  );
}

async function sweptRows({ call }: Neighbourhood): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const path = `vms?size=500${cursor && `&cursor=${cursor}`}`;
    const page: { vms: readonly Row[]; next: string | null } = await bodyOf(await call(path), 'GET vms');
    rows.push(...page.vms);
    cursor = page.next;
  }
  return rows;
}

async function evaluated({ call }: Neighbourhood, vmId: string): Promise<Row> {
  const init = { method: 'POST', body: JSON.stringify({ vmId }) };
  return bodyOf(await call('evaluations', init), `POST evaluations for ${vmId}`);
}

/** Asks about one VM after the other, by several workers. */
async function evaluateAll(neighbourhood: Neighbourhood, rows: readonly Row[], tell: (done: number) => void) {
  const answered: Row[] = [];
  const waiting = rows.values();
  const work = async () => {
    for (const { vmId } of waiting) {
      answered.push(await evaluated(neighbourhood, vmId));
      if (answered.length % 500 === 0) tell(answered.length);
    }
  };
  await Promise.all(Array.from({ length: evaluationsAtOnce }, work));
  return answered;
}

const byId = <T>(rows: readonly Row[], of: (row: Row) => T) =>
  rows.map((row) => [row.vmId.toLowerCase(), of(row)] as const);

async function judgeWith(neighbourhood: Neighbourhood, sweeps: number, terminal: Terminal): Promise<Judgement> {
  const api = createApi(neighbourhood);
  // Sweeps are told apart by their time. Otherwise it stands still, so that limits are met to the minute.
  if (sweeps > 1) neighbourhood.runClock();
  for (let sweep = 0; sweep < sweeps; sweep++) await followSweep(api, terminal);
  const { rules } = await bodyOf<{ rules: readonly { id: string }[] }>(await neighbourhood.call('rules'), 'GET rules');
  const swept = await sweptRows(neighbourhood);
  const unfinished = swept.filter(isUnfinished);
  const asked = await evaluateAll(neighbourhood, unfinished, (done) =>
    terminal.say(`${done} of ${unfinished.length} VMs asked about singly`),
  );
  const others = await neighbourhood.call('reports/other-resources.json');
  const { findings } = await bodyOf<{ findings: readonly ResourceFinding[] }>(others, 'GET other-resources.json');
  return {
    built: new Set(rules.map(({ id }) => id)),
    answers: new Map([...byId(swept, answerOf), ...byId(asked, answerOf)]),
    asked: asked.length,
    sweptVerdicts: new Map(byId(swept, ({ verdict }) => verdict)),
    resources: findings,
    graph: await readGraphRows(neighbourhood),
  };
}

/** Loads an estate into the simulated Azure and judges it by the built app: sweeps, then every VM once more on request. */
export async function judge(estate: Estate, sweeps: number, terminal: Terminal): Promise<Judgement> {
  const simulated = { resourceGraphQuota: 'off', armLimits: 'off', lagMs: 0 } as const;
  const neighbourhood = await startNeighbourhood({ estate, simulated });
  try {
    return await judgeWith(neighbourhood, sweeps, terminal);
  } finally {
    await neighbourhood.stop();
  }
}
