import Table from 'cli-table3';

import type { SizeFigures, StartFigures, SweepFigures } from './figures.ts';

type Cell = string | number;

function tableOf(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const table = new Table({
    head: [...head],
    style: { head: [], border: [], compact: true },
    colAligns: head.map((_, at) => (at < 3 ? 'left' : 'right')),
  });
  table.push(...rows.map((row) => [...row]));
  return table.toString();
}

function ms(value: number): string {
  return Number.isFinite(value) ? `${value.toFixed(value < 10 ? 1 : 0)} ms` : 'not stored';
}

function sweepRow(size: number, sweep: SweepFigures): readonly Cell[] {
  const { requests, floorSeconds } = sweep;
  const perThousand = (count: number) => ((count / size) * 1000).toFixed(1);
  return [
    size,
    sweep.sweep,
    `${sweep.quota}, ${sweep.state}`,
    perThousand(requests.resourceGraph),
    perThousand(requests.bulkArm),
    perThousand(requests.resourceGraph + requests.bulkArm),
    perThousand(requests.singleVm),
    sweep.rowsWritten,
    sweep.wallSeconds.toFixed(1),
    floorSeconds === undefined ? '' : (sweep.wallSeconds / floorSeconds).toFixed(2),
    sweep.cpuSeconds.toFixed(1),
    sweep.peakMiB.toFixed(0),
  ];
}

const sweepHead = [
  'VMs',
  'sweep',
  'quota, end',
  'graph /1000',
  'bulk ARM /1000',
  'both /1000',
  'single VM /1000',
  'rows written',
  'wall s',
  'x floor',
  'CPU s',
  'peak MiB',
];

/** What was measured at each size, as tables; nothing for what was not. */
export function sizeTables(sizes: readonly SizeFigures[]): readonly string[] {
  const sweeps = sizes.flatMap(({ vms, sweeps: each }) => each.map((sweep) => sweepRow(vms, sweep)));
  const events = sizes.flatMap(({ vms, events: each }) =>
    each.map(({ quota, events: count, stored, p50Ms, p95Ms }) => [
      vms,
      'event to row, beyond the settle delay',
      `quota ${quota}, ${stored} of ${count}`,
      ms(p50Ms),
      ms(p95Ms),
    ]),
  );
  const reads = sizes.flatMap(({ vms, reads: each }) =>
    each.map(({ read, p50Ms, p95Ms }) => [vms, `GET ${read}`, '', ms(p50Ms), ms(p95Ms)]),
  );
  const times = [...events, ...reads];
  return [
    ...(sweeps.length > 0 ? [tableOf(sweepHead, sweeps)] : []),
    ...(times.length > 0 ? [tableOf(['VMs', 'what', '', 'p50', 'p95'], times)] : []),
  ];
}

/** The start of the app beside that of Node alone. */
export function startLine({ starts, appMs, nodeMs }: StartFigures): string {
  const ratio = (appMs / nodeMs).toFixed(2);
  return `Start of the app: ${appMs.toFixed(0)} ms, node -e 0: ${nodeMs.toFixed(0)} ms, ratio ${ratio} (medians of ${starts}).`;
}
