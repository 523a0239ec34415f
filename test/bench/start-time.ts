import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';

import { transform } from 'esbuild';

import { root } from '../../local/root.ts';
import type { StartFigures } from './figures.ts';
import { quantile } from './quantile.ts';

const starts = 11;
const standIn = new URL('../end-to-end/support/worker-stand-in.ts', import.meta.url);

/** The least that the app needs to be content with its settings. */
const settings = {
  AzureWebJobsStorage__blobServiceUri: 'https://account.blob.core.windows.net',
  AzureWebJobsStorage__queueServiceUri: 'https://account.queue.core.windows.net',
  AzureWebJobsStorage__tableServiceUri: 'https://account.table.core.windows.net',
  SWEEP_SCHEDULE: '0 30 1 * * *',
  CHANGES_SCHEDULE: '0 15 * * * *',
};

function msOf(args: readonly string[]): number {
  const from = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { env: settings, encoding: 'utf8' });
  if (status !== 0) {
    throw new Error(`The app did not start: ${stderr.slice(0, 500)}`);
  }
  return performance.now() - from;
}

/** Starts the built app as the worker does, and Node with nothing to do, in turns. */
export async function measureStart(): Promise<StartFigures> {
  // As JavaScript, so that Node does not spend the time of the app on a compiler.
  const { code } = await transform(await readFile(standIn, 'utf8'), { loader: 'ts', format: 'esm' });
  const app: number[] = [];
  const node: number[] = [];
  for (let number = 0; number < starts; number += 1) {
    app.push(msOf(['--input-type=module', '-e', code, 'app', root]));
    node.push(msOf(['-e', '0']));
  }
  return { starts, appMs: quantile(app, 0.5), nodeMs: quantile(node, 0.5) };
}
