import { fileURLToPath } from 'node:url';

import { startChild } from '../../local/child-process.ts';
import type { SizeFigures } from './figures.ts';
import type { SizeMessage, SizeTask } from './size-child.ts';

/** Room for 100,000 VMs as ARM and as Resource Graph see them, and for the results that it keeps. */
const execArgv = ['--max-old-space-size=10240', '--max-semi-space-size=64'];

/** Measures one size in a child; rejects with the last that it printed if it ends without figures. */
export function runSize(task: SizeTask, onBegin: (what: string) => void): Promise<SizeFigures> {
  const printed: string[] = [];
  const child = startChild({
    module: fileURLToPath(new URL('size-child.ts', import.meta.url)),
    args: [JSON.stringify(task)],
    execArgv,
    onLine: (line) => printed.push(line),
  });
  return new Promise((resolve, reject) => {
    child.process.on('message', (message: SizeMessage) => {
      if (message.kind === 'begins') {
        onBegin(message.what);
      } else {
        resolve(message.figures);
      }
    });
    child.process.once('exit', (code) =>
      reject(new Error(`${task.vms} VMs: the process ended with code ${code}: ${printed.slice(-12).join('\n')}`)),
    );
  });
}
