import { type Engagement, narrowestFirst, noEngagement } from '../domain/engagement.ts';
import type { Fact } from '../domain/fact.ts';
import { type StaleList, staleLists } from '../domain/support-list.ts';
import type { Ports } from './ports.ts';

/** One thing that the service must be able to read or write. */
export interface HealthCheck {
  readonly what: string;
  readonly ok: boolean;
  readonly detail: string;
  /** The ARM action or storage role whose lack explains it, as far as Azure said. */
  readonly missingPermission?: string;
}

export interface HealthReport {
  readonly ok: boolean;
  readonly checkedAt: string;
  readonly checks: readonly HealthCheck[];
  /** Lists of what Azure Backup takes that are too old to rest on: to be renewed, but the service is well. */
  readonly staleLists: readonly StaleList[];
  /** The rules of engagement as they hold, the narrowest scope first: the first that covers a VM decides. */
  readonly engagement: Engagement;
}

function ofFact<T>(what: string, fact: Fact<T>, say: (value: T) => string): HealthCheck {
  if (fact.kind === 'known') {
    return { what, ok: true, detail: say(fact.value) };
  }
  const { detail, action } = fact.because;
  return { what, ok: false, detail, ...(action ? { missingPermission: action } : {}) };
}

async function storageCheck(what: string, role: string, read: () => Promise<unknown>): Promise<HealthCheck> {
  try {
    await read();
    return { what, ok: true, detail: 'readable' };
  } catch (error) {
    const status = (error as { statusCode?: number }).statusCode;
    const isRefused = status === 401 || status === 403;
    return {
      what,
      ok: false,
      detail: isRefused ? 'refused' : `not reachable${status ? ` (${status})` : ''}`,
      ...(isRefused ? { missingPermission: role } : {}),
    };
  }
}

/** Reads a little of everything the service depends on, and names the permission that is missing. */
export async function checkHealth(
  { inventory, arm, runs, postures, clock }: Ports,
  engagement: Engagement = noEngagement,
): Promise<HealthReport> {
  const now = clock();
  const subscriptions = await inventory.subscriptions();
  const vaults = await inventory.vaults();
  const checks = [
    ofFact('subscriptions in Resource Graph', subscriptions, (rows) => `${rows.length} readable`),
    ofFact('vaults in Resource Graph', vaults, (rows) => `${rows.length} readable`),
    await storageCheck('table runs', 'Storage Table Data Contributor', () => runs.newest(1)),
    await storageCheck('table postures', 'Storage Table Data Contributor', () => postures.slices(undefined)),
  ];
  if (subscriptions.kind === 'known') {
    for (const { subscriptionId, name } of subscriptions.value) {
      const what = `vaults of subscription ${name || subscriptionId} over ARM`;
      checks.push(ofFact(what, await arm.vaultsOf(subscriptionId), (rows) => `${rows.length} listed`));
    }
  }
  if (vaults.kind === 'known') {
    for (const vault of vaults.value) {
      const what = `protected items of vault ${vault.name}`;
      checks.push(ofFact(what, await arm.itemCountOf(vault), (count) => `${count} counted`));
    }
  }
  return {
    ok: checks.every((check) => check.ok),
    checkedAt: now.toISOString(),
    checks,
    staleLists: staleLists(now),
    engagement: { ...engagement, scopes: narrowestFirst(engagement.scopes) },
  };
}
