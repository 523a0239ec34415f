import { availableParallelism, cpus, freemem, loadavg, totalmem } from 'node:os';

/** The machine that figures come from, and what else it was doing. */
export interface MachineState {
  readonly at: string;
  readonly cores: number;
  readonly model: string;
  /** Over one, five and fifteen minutes. */
  readonly load: readonly number[];
  readonly freeMiB: number;
  readonly totalMiB: number;
  readonly node: string;
}

const mebibyte = 2 ** 20;

export function machineState(): MachineState {
  return {
    at: new Date().toISOString(),
    cores: availableParallelism(),
    model: cpus()[0]?.model ?? 'unknown',
    load: loadavg(),
    freeMiB: Math.round(freemem() / mebibyte),
    totalMiB: Math.round(totalmem() / mebibyte),
    node: process.version,
  };
}

export function machineLine({ cores, model, load, freeMiB, totalMiB, node }: MachineState): string {
  const loads = load.map((each) => each.toFixed(2)).join(' ');
  return `${cores} cores (${model}), load ${loads}, ${freeMiB} of ${totalMiB} MiB free, Node ${node}`;
}
