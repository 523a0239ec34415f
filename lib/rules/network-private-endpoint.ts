import type { FactSheet } from '../domain/fact-sheet.ts';
import { judgedItem, type Vault } from '../domain/protection.ts';
import { cannotTell, defineRule, notApplicable } from '../domain/rule.ts';
import { hasVaultInUse, valuePerVault, vaultInUse } from '../domain/vault-in-use.ts';
import { isOneOf, isWord } from '../domain/word.ts';
import { privateDns } from './network/private-dns.ts';

/** States of a connection that carries nothing. */
const idle = ['Pending', 'Rejected', 'Disconnected'];

/** What is said of a vault with an approved endpoint: it helps only a network that finds it by name. */
function judgeDns(vault: Vault, isClosed: boolean, network: FactSheet['network']) {
  if (network.kind === 'unknown') {
    return network;
  }
  const details = { vault: vault.name };
  switch (privateDns(network.value)) {
    case 'linked':
      return { kind: 'pass', reason: 'Linked', details } as const;
    case 'notLinked':
      return isClosed
        ? cannotTell(
            'not-exposed',
            `No private DNS zone of Azure Backup is linked to the network of the VM; whether it finds vault ${vault.name} otherwise cannot be seen.`,
          )
        : ({ kind: 'pass', reason: 'PublicNetworks', details: { ...details, status: 'Approved' } } as const);
    case 'ownServers':
      return cannotTell(
        'not-exposed',
        'The network of the VM uses DNS servers of its own, whose records cannot be seen.',
      );
    default:
      return cannotTell('partial-inventory', 'The network of the VM or its private DNS zones could not be read.');
  }
}

export const networkPrivateEndpoint = defineRule({
  id: 'network-private-endpoint',
  title: 'Private endpoints of the vault are usable for file recovery and workloads',
  category: 'network',
  severity: 'info',
  rationale:
    'VM backup and restore need no private endpoint and do not mind a vault closed to public networks. Recovery of files and agents in the guest do: they need an approved endpoint (at most 12 a vault, made before any item is registered) and DNS for privatelink.{geo}.backup.windowsazure.com, blob and queue.',
  sources: [
    'Private endpoints for Azure Backup, 2025-09-09 and 2023-08-14',
    'Azure Policy deeddb44-9f94-4903-9fa0-081d524406e3, 9ebbbba3-4d65-4da9-bb67-b22cfaaff090 (2026-04-29)',
  ],
  reviewed: '2026-11-21',
  needs: {
    items: (items) => ({ vaultId: judgedItem(items)?.vaultId }),
    vaults: (inventory) => ({
      publicNetworkAccess: valuePerVault(inventory, ({ publicNetworkAccess }) => publicNetworkAccess ?? 'Enabled'),
      privateLinkServiceConnectionState: valuePerVault(
        inventory,
        ({ privateEndpoints }) => privateEndpoints.map(({ status }) => status).join(', ') || 'none',
      ),
    }),
  },
  pass: {
    Linked: 'A private endpoint of vault {vault} is approved, and its DNS zone is linked to the network of the VM.',
    PublicNetworks: 'Vault {vault}: private endpoint is {status}; the vault is open to public networks besides.',
    NoEndpoint:
      'Vault {vault} is closed to public networks and has no private endpoint. VM backup does not mind; recovery of files and in-guest agents would need one.',
  },
  fail: { NotApproved: 'Vault {vault}: private endpoint is {status}; file recovery and in-guest agents will fail.' },
  remedies: {
    NotApproved: {
      text: 'Approve the endpoint; link the private DNS zones to its network, or forward to 168.63.129.16.',
      commands: [
        'az network private-endpoint-connection approve --subscription {vaultSubscription} --id {connectionId}',
      ],
    },
  },
  concerns: hasVaultInUse,
  check({ items, vaults }, _context, { network }) {
    const used = vaultInUse(items, vaults);
    if (used.kind === 'unknown') {
      return used;
    }
    const { vault } = used;
    const { name, publicNetworkAccess = 'Enabled', privateEndpoints } = vault;
    const access = publicNetworkAccess.toLowerCase();
    if (access !== 'enabled' && access !== 'disabled') {
      return cannotTell(
        'not-reported',
        `Vault ${name} reports public network access as ${publicNetworkAccess || 'nothing'}.`,
      );
    }
    const isClosed = access === 'disabled';
    const [first] = privateEndpoints;
    if (!first) {
      return isClosed
        ? { kind: 'pass', reason: 'NoEndpoint', details: { vault: name } }
        : notApplicable('The vault has no private endpoint and is open to public networks.');
    }
    if (privateEndpoints.some(({ status }) => isWord(status, 'Approved'))) {
      return judgeDns(vault, isClosed, network);
    }
    const odd = privateEndpoints.find(({ status }) => !isOneOf(status, idle));
    if (odd) {
      return cannotTell('not-reported', `Vault ${name} reports the state of its private endpoint as ${odd.status}.`);
    }
    const toApprove = privateEndpoints.find((each) => isWord(each.status, 'Pending')) ?? first;
    const status = privateEndpoints
      .map((each) => each.status)
      .toSorted()
      .join(', ');
    return isClosed
      ? {
          kind: 'fail',
          reason: 'NotApproved',
          details: { vault: name, status },
          commandDetails: { connectionId: toApprove.id },
        }
      : { kind: 'pass', reason: 'PublicNetworks', details: { vault: name, status } };
  },
});
