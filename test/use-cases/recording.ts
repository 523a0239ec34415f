import type { Ports } from '../../lib/use-cases/ports.ts';

/** A message that was sent; `seconds` where it is to be delivered later. */
export interface Sent {
  readonly queue: string;
  readonly message: unknown;
  readonly seconds?: number;
}

/** The same ports, but what is queued and logged is kept for the test. `many`: whether many messages are due. */
export function recording(ports: Ports, { many = false } = {}) {
  const sent: Sent[] = [];
  const lines: string[] = [];
  const keep = (queue: string) => async (message: unknown, seconds?: number) => {
    sent.push({ queue, message, ...(seconds ? { seconds } : {}) });
  };
  const queues: Ports['queues'] = {
    evaluate: keep('evaluate-vm'),
    areEvaluationsMany: async () => many,
    sweepShard: async (message, seconds) => {
      await keep('sweep-shard')(message, seconds);
      return () => Promise.resolve();
    },
    protect: keep('protect-vm'),
    takeSnapshot: keep('take-snapshot'),
    makeExport: keep('make-export'),
    putAside: async (queue, text) => {
      sent.push({ queue: `${queue}-poison`, message: text });
    },
  };
  const log: Ports['log'] = (level, message, fields) => lines.push(JSON.stringify({ level, message, ...fields }));
  return { ports: { ...ports, queues, log }, sent, lines };
}
