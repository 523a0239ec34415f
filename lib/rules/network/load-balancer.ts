import type { ArmId } from '../../domain/ids.ts';
import { idOf, isId, isReadable, referenceAt } from './reference.ts';
import { at, listAt, wordAt } from './row.ts';

/** What the backend pools of an interface mean for its way out. */
export type PoolEgress = 'none' | 'outbound' | 'unresolved' | 'standardWithoutOutbound';

/**
 * Judges the balancers behind the pools: one that translates outbound addresses is enough; else a balancer that cannot
 * be read leaves it open; else membership of a Standard one takes default outbound access away.
 */
export function poolEgress(pools: readonly ArmId[], loadBalancers: unknown): PoolEgress {
  const rows = Array.isArray(loadBalancers) ? loadBalancers : [];
  const found = pools.map((pool) => onePool(pool, rows));
  const order = ['outbound', 'unresolved', 'standardWithoutOutbound'] as const;
  return order.find((kind) => found.includes(kind)) ?? 'none';
}

function onePool(pool: ArmId, rows: readonly unknown[]): PoolEgress {
  const balancer = rows.find((row) => idOf(row) === pool.split('/backendaddresspools/')[0]);
  const sku = wordAt(balancer, 'sku', 'name');
  const frontends = listAt(balancer, 'properties', 'frontendIPConfigurations');
  const outboundRules = listAt(balancer, 'properties', 'outboundRules');
  const rules = listAt(balancer, 'properties', 'loadBalancingRules');
  if (!isReadable(balancer) || !sku || !frontends || !outboundRules || !rules) {
    return 'unresolved';
  }
  const publicFrontends = frontends.filter(isPublic).flatMap((frontend) => idOf(frontend) ?? []);
  const isOutbound =
    (frontends.some(isPublic) && outboundRules.some((rule) => hasPool(rule, pool))) ||
    rules.some((rule) => hasPool(rule, pool) && translates(rule, publicFrontends));
  if (isOutbound) {
    return 'outbound';
  }
  return sku === 'basic' ? 'none' : 'standardWithoutOutbound';
}

function isPublic(frontend: unknown): boolean {
  return ['publicIPAddress', 'publicIPPrefix'].some((name) => isId(referenceAt(frontend, 'properties', name)));
}

function hasPool(rule: unknown, pool: ArmId): boolean {
  return referenceAt(rule, 'properties', 'backendAddressPool') === pool;
}

function translates(rule: unknown, publicFrontends: readonly string[]): boolean {
  const frontend = referenceAt(rule, 'properties', 'frontendIPConfiguration');
  return publicFrontends.includes(frontend) && at(rule, 'properties', 'disableOutboundSnat') !== true;
}
