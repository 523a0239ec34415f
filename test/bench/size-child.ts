import type { SizeFigures } from './figures.ts';
import { measureSize } from './measure-size.ts';
import type { Part } from './options.ts';

/*
 * The process that holds an estate and the simulated Azure while the service is measured in a process beside it. One size
 * each: what a larger estate leaves behind does not slow the next one.
 */

/** What this process is given as its only argument, as JSON. */
export interface SizeTask {
  readonly vms: number;
  readonly parts: readonly Part[];
}

/** What it tells its parent. */
export type SizeMessage =
  | { readonly kind: 'begins'; readonly what: string }
  | { readonly kind: 'measured'; readonly figures: SizeFigures };

function tell(message: SizeMessage): Promise<void> {
  return new Promise((resolve) => process.send?.(message, () => resolve()));
}

// Whoever wanted the figures is gone: so are the service and the storage, which end with this process.
process.on('disconnect', () => process.exit());

const { vms, parts }: SizeTask = JSON.parse(process.argv[2] ?? '{}');
const figures = await measureSize(vms, parts, (what) => void tell({ kind: 'begins', what }));
await tell({ kind: 'measured', figures });
process.disconnect();
