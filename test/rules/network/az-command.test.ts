import { expect, it } from 'vitest';

import { azCommand, idPart } from '../../../lib/rules/network/az-command.ts';

const id = '/subscriptions/s-1/resourceGroups/Rg One/providers/Microsoft.Network/networkSecurityGroups/Nsg';

it('a command names subscription and group of the resource first, then its options, quoted for a shell', () => {
  expect(azCommand('network nsg show', id, { '-n': "it's", '--ports': ['80', '443'] })).toBe(
    `az network nsg show --subscription s-1 -g 'Rg One' -n 'it'\\''s' --ports 80 443`,
  );
});

it('a command on a resource whose id is not readable leaves its place empty', () => {
  expect(azCommand('network nsg show', 'garbage', {})).toBe("az network nsg show --subscription '' -g ''");
});

it.each([
  [id, 'networkSecurityGroups', 'Nsg'],
  [id, 'NETWORKSECURITYGROUPS', 'Nsg'],
  [id, 'resourceGroups', 'Rg One'],
  [id, 'vaults', ''],
  ['garbage', 'vaults', ''],
  ['', 'vaults', ''],
  ['/providers/vaults', 'vaults', ''],
])('in %s the part after %s is "%s"', (whole, word, part) => {
  expect(idPart(whole, word)).toBe(part);
});
