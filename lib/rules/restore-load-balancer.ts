import type { ArmId } from '../domain/ids.ts';
import type { Nic } from '../domain/nic.ts';
import { defineRule } from '../domain/rule.ts';

/** The load balancer or application gateway of a backend pool or NAT rule: the resource that both are part of. */
function balancerOf(pool: ArmId): string {
  return /\/(?:loadbalancers|applicationgateways)\/([^/]+)/.exec(pool)?.[1] ?? pool;
}

function poolsOf({ ipConfigurations }: Nic): readonly ArmId[] {
  return ipConfigurations.flatMap(({ pools }) => pools);
}

export const restoreLoadBalancer = defineRule({
  id: 'restore-load-balancer',
  title: 'The VM is not behind a load balancer',
  category: 'restore-readiness',
  severity: 'info',
  rationale:
    'A VM behind an internal or external load balancer is backed up like any other. A restore by "create new" does not put it back: restore the disks, create the VM from the template, PowerShell or the CLI, and attach it again.',
  sources: ['Support matrix for Azure VM backups, 2026-03-26', 'Restore Azure VM data in the portal, 2026'],
  reviewed: '2026-11-21',
  needs: { nics: ({ nics }) => ({ pools: nics.flatMap(poolsOf).join(', ') || 'none' }) },
  pass: { NoPool: 'No network interface of the VM is in a backend pool or has a NAT rule.' },
  fail: { BehindBalancer: 'The VM is behind {balancers}; after a restore of its disks it must be attached again.' },
  remedies: {
    BehindBalancer: {
      text: 'Write the pools and NAT rules of the interface into the runbook. Restore with az backup restore restore-disks, create the VM, and attach it again.',
      commands: ['az network nic show --subscription {vmSubscription} -g {nicResourceGroup} -n {nic}'],
    },
  },
  check({ nics: { nics, gap } }) {
    const behind = nics.filter(({ ipConfigurations }) => ipConfigurations.some(({ pools }) => pools.length > 0));
    const [first] = behind;
    if (first) {
      const balancers = new Set(behind.flatMap(poolsOf).map(balancerOf));
      return {
        kind: 'fail',
        reason: 'BehindBalancer',
        details: { balancers: [...balancers].toSorted().join(', ') },
        commandDetails: { nic: first.name, nicResourceGroup: first.resourceGroup },
      };
    }
    return gap ? { kind: 'unknown', because: gap } : { kind: 'pass', reason: 'NoPool', details: {} };
  },
});
