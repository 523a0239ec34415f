import { judgingRows, rounds } from './judging.ts';

/** Rows of figures: each a ratio of two CPU times within this run, so that the machine does not matter. */
const vms = 20_000;
console.log(`Estate of ${vms} VMs, seed 7; CPU time, median of ${rounds} sweeps.`);
for (const row of await judgingRows(vms)) {
  const { what, unit, cpuMs, against, againstCpuMs } = row;
  console.log(`${what}: ${cpuMs.toFixed(0)} ms per ${unit}`);
  console.log(`${against}: ${againstCpuMs.toFixed(0)} ms`);
  console.log(`ratio: ${(cpuMs / againstCpuMs).toFixed(2)}`);
}
