import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

import { buildApp } from '../../local/build.ts';
import type { SizeFigures, StartFigures } from './figures.ts';
import type { BenchRow } from './judging.ts';
import { machineLine, machineState } from './machine-state.ts';
import { type BenchOptions, type Part, readOptions, WrongOption } from './options.ts';
import { runSize } from './run-size.ts';
import { measureStart } from './start-time.ts';
import { sizeTables, startLine } from './tables.ts';

/** What is measured of a size in a process of its own: a part that fails takes no other along. */
const measuredTogether: readonly (readonly Part[])[] = [['sweeps', 'reads'], ['events']];

/** The figures of one size, whichever processes measured them; none if nothing was. */
function merged(measured: readonly SizeFigures[]): readonly SizeFigures[] {
  const [first] = measured;
  return first
    ? [
        {
          ...first,
          sweeps: measured.flatMap(({ sweeps }) => sweeps),
          events: measured.flatMap(({ events }) => events),
          reads: measured.flatMap(({ reads }) => reads),
        },
      ]
    : [];
}

/** All sizes, one after the other. A size that fails is told, and the others are measured. */
async function measureSizes({ sizes, parts }: BenchOptions): Promise<readonly SizeFigures[]> {
  const figures: SizeFigures[] = [];
  for (const vms of sizes) {
    const measured: SizeFigures[] = [];
    for (const together of measuredTogether) {
      const wanted = together.filter((part) => parts.includes(part));
      try {
        const say = (what: string) => console.error(`${vms} VMs: ${what}`);
        measured.push(...(wanted.length > 0 ? [await runSize({ vms, parts: wanted }, say)] : []));
      } catch (error) {
        console.error(error instanceof Error ? error.message : error);
        process.exitCode = 1;
      }
    }
    figures.push(...merged(measured));
  }
  return figures;
}

/** Ratios of CPU times in this process, on 20,000 VMs: the machine does not matter. */
async function judging(): Promise<readonly BenchRow[]> {
  // It loads the whole product, which the other parts only start.
  const { judgingRows } = await import('./judging.ts');
  return judgingRows(20_000);
}

function sayJudging(rows: readonly BenchRow[]): void {
  for (const { what, unit, cpuMs, against, againstCpuMs } of rows) {
    console.log(`${what}: ${cpuMs.toFixed(0)} ms per ${unit}`);
    console.log(`${against}: ${againstCpuMs.toFixed(0)} ms`);
    console.log(`ratio: ${(cpuMs / againstCpuMs).toFixed(2)}`);
  }
}

async function bench(options: BenchOptions): Promise<void> {
  const machine = machineState();
  console.log(machineLine(machine));
  await buildApp();
  const start: StartFigures | undefined = options.parts.includes('start') ? await measureStart() : undefined;
  const sizes = await measureSizes(options);
  const judged = options.parts.includes('judging') ? await judging() : [];
  for (const table of sizeTables(sizes)) {
    console.log(table);
  }
  if (start) {
    console.log(startLine(start));
  }
  sayJudging(judged);
  await mkdir(dirname(options.json), { recursive: true });
  const figures = { machine, machineAfterwards: machineState(), start, sizes, judging: judged };
  await writeFile(options.json, `${JSON.stringify(figures, undefined, 2)}\n`);
  console.log(`All figures: ${options.json}`);
}

try {
  await bench(readOptions(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof WrongOption)) {
    throw error;
  }
  console.error(error.message);
  process.exitCode = 2;
}
