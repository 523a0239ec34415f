import { describe, expect, it } from 'vitest';

import { evaluate } from '../../lib/domain/evaluation.ts';
import type { Vault } from '../../lib/domain/protection.ts';
import { vaultsInRegion, vaultToUse } from '../../lib/domain/vault-funnel.ts';
import { catalogue } from '../../lib/rules/catalogue.ts';
import { fact, healthyVm, machine, noItem, now, otherSubscription, settings, vault } from '../rules/healthy-vm.ts';

const wrongKind = ['/subscriptions/s/resourceGroups/g/providers/Microsoft.DataProtection/backupVaults/b'];
const elsewhere = vault('rsv-neu', { region: 'northeurope' });
const hub = vault('rsv-hub', { subscriptionId: otherSubscription });
const own = vault('rsv-weu');

describe('the funnel of a VM without an item (ruling 1)', () => {
  it.each<[string, readonly Vault[], readonly string[], string]>([
    ['no vault of the right kind', [], wrongKind, 'vault-kind-recovery-services'],
    ['the right kind nowhere', [], [], 'vault-same-region'],
    ['the right kind in another region', [elsewhere], [], 'vault-same-region'],
    ['the right region in another subscription', [elsewhere, hub], [], 'vault-subscription-scope'],
    ['a vault to use', [elsewhere, hub, own], [], 'none'],
  ])('%s: the first step that leaves no vault fails, alone', (_what, vaults, expectedVaults, step) => {
    const sheet = healthyVm({ ...noItem, vaults: fact({ vaults }) });
    const { findings } = evaluate(machine(), sheet, catalogue, { settings: { ...settings, expectedVaults }, now });

    const failing = findings.filter(({ category, outcome }) => category === 'vault' && outcome === 'fail');

    expect(failing.map(({ rule }) => rule)).toEqual(step === 'none' ? [] : [step]);
  });
});

describe('vaultsInRegion', () => {
  it('lists vaults of the VM’s own subscription before others, then by id, whatever the order they come in', () => {
    const vaults = [hub, vault('rsv-b'), elsewhere, vault('rsv-a'), vault('rsv-c', { provisioningState: 'Deleting' })];

    const names = (list: readonly Vault[]) => vaultsInRegion(machine(), { vaults: list }).map(({ name }) => name);

    expect(names(vaults)).toEqual(['rsv-a', 'rsv-b', 'rsv-hub']);
    expect(names(vaults.toReversed())).toEqual(['rsv-a', 'rsv-b', 'rsv-hub']);
  });
});

describe('vaultToUse', () => {
  it.each<[string, readonly Vault[], boolean, string | undefined]>([
    ['none', [], true, undefined],
    ['one of its own subscription', [hub, own], true, 'rsv-weu'],
    ['one of another subscription, not allowed', [hub], false, undefined],
    ['one of another subscription, allowed', [hub], true, 'rsv-hub'],
    ['one of another tenant', [{ ...hub, tenantId: 'other' }], true, undefined],
    ['one of another region', [elsewhere], true, undefined],
  ])('%s', (_what, vaults, allowCrossSubscriptionVaults, name) => {
    const found = vaultToUse(machine(), { vaults }, { ...settings, allowCrossSubscriptionVaults });

    expect(found?.name).toBe(name);
  });
});
