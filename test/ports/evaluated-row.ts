import { armId } from '../../lib/domain/ids.ts';
import type { Evaluated, Transition } from '../../lib/use-cases/evaluated.ts';
import { vmKeyOf } from '../../lib/use-cases/vm-key.ts';

/** A stored row of a protected VM; the key follows from subscription and name. */
export function evaluatedRow(change: Partial<Evaluated> & Pick<Evaluated, 'subscriptionId' | 'name'>): Evaluated {
  const { subscriptionId, name } = change;
  const vmId = `/subscriptions/${subscriptionId}/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/${name}`;
  return {
    vmKey: vmKeyOf(armId(vmId)),
    vmId,
    resourceGroup: 'rg',
    region: 'westeurope',
    owner: 'shop',
    instanceId: `guid-of-${name}`,
    verdict: 'protected',
    since: '2026-11-20T06:00:00.000Z',
    failing: [],
    unknown: [],
    findings: [],
    fingerprint: '0123456789abcdef',
    revision: 1,
    evidenceAt: '2026-11-20T06:00:00.000Z',
    trigger: 'sweep',
    ...change,
  };
}

/** The transition to a revision of a row. */
export function transitionOf(vmKey: string, revision: number, change: Partial<Transition> = {}): Transition {
  return {
    vmKey,
    vmId: `/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/${vmKey}`,
    name: 'vm',
    subscriptionId: 's',
    region: 'westeurope',
    owner: 'shop',
    revision,
    at: '2026-11-20T06:00:00.000Z',
    to: 'at-risk',
    failingBefore: [],
    failing: ['health-rpo'],
    why: 'It changed.',
    trigger: 'event',
    ...change,
  };
}
