import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import { expect, it } from 'vitest';

import { type VmReportFile, vmReports } from '../../../lib/reports/vms/formats.ts';
import type { ReportedVm, ReportSource } from '../../../lib/reports/vms/report-source.ts';
import { incompleteHead, sampleVms } from './sample.ts';

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

const rows = 100_000;
/** Far below what the rows of a report take, which is 100 MB and more. */
const roomBytes = 4 * 1024 * 1024;

/** Bytes in use at some rows of a pass over many, each like one of the sample. */
function measuredSource(): { readonly source: ReportSource; readonly used: number[] } {
  const used: number[] = [];
  return {
    used,
    source: {
      head: incompleteHead,
      async *vms(verdict) {
        for (let row = 0; row < rows; row += 1) {
          const like = sampleVms[row % sampleVms.length] as ReportedVm;
          if (row % 20_000 === 10_000) {
            collectGarbage();
            used.push(process.memoryUsage().heapUsed);
          }
          if (verdict === undefined || verdict === like.verdict) {
            yield { ...like, name: `${like.name}-${row}`, owner: `owner-${row}`, since: `since-${row}` };
          }
        }
      },
    },
  };
}

it.each(Object.keys(vmReports) as VmReportFile[])(
  '%s of 100,000 VMs takes no more memory at its end than at its beginning',
  async (file) => {
    const { source, used } = measuredSource();
    let characters = 0;

    for await (const chunk of vmReports[file].write(source)) {
      characters += chunk.length;
    }

    expect(used.length).toBeGreaterThanOrEqual(4);
    expect(Math.max(...used) - (used[0] ?? 0)).toBeLessThan(roomBytes);
    expect(characters).toBeGreaterThan(file === 'summary.csv' ? 1000 : 10 * roomBytes);
  },
  60_000,
);
