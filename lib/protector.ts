import type { App } from './app.ts';
import { connect } from './azure/connection.ts';
import { createProtectionWrites } from './azure/protection-writes.ts';
import type { ProtectorPorts } from './use-cases/protector-ports.ts';

/** Thrown where the evaluator is asked for what only the protector may do. */
export class NotTheProtector extends Error {
  override readonly name = 'NotTheProtector';
}

/** The protector, put together: the only composition that holds a way to change Azure. Throws `NotTheProtector`. */
export function createProtector({
  config,
  ports,
  protections,
}: Pick<App, 'config' | 'ports' | 'protections'>): ProtectorPorts {
  if (config.app !== 'protector') {
    throw new NotTheProtector('This app only evaluates (BACKSTOP_APP); it never changes Azure.');
  }
  const connection = connect(config);
  const { inventory, arm, evaluations, queues, clock, log } = ports;
  return {
    inventory,
    arm,
    evaluations,
    queues,
    clock,
    log,
    protections,
    writes: createProtectionWrites(connection, config.judgement.backupApiVersion, clock),
  };
}
