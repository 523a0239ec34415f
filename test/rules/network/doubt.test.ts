import { expect, it } from 'vitest';

import type { NetworkInput } from '../../../lib/domain/network-rows.ts';
import { doubtAbout } from '../../../lib/rules/network/doubt.ts';
import { judgedNetwork } from '../../../lib/rules/network/judged-network.ts';
import { type Changes, network, networkId } from './sample.ts';

const pool = { id: `${networkId('loadBalancers', 'lb')}/backendAddressPools/pool` };
const publicNic = network({ ipConfiguration: { publicIPAddress: { id: '/pip' } } }).nic;

/** Why the way out of a VM is not certain, or why it has none. */
function doubtOf(input: NetworkInput) {
  const judged = judgedNetwork(input);
  const { exit } = judged.judgement;
  return exit.kind === 'open' ? undefined : doubtAbout(judged, exit.first);
}

it.each<readonly [what: string, changes: Changes, cause: string]>([
  ['an interface that cannot be read', { rest: { nic: null } }, 'partial-inventory'],
  [
    'a balancer that cannot be read',
    { ipConfiguration: { loadBalancerBackendAddressPools: [pool] } },
    'partial-inventory',
  ],
  ['a public address on another interface', { rest: { otherNics: [{ nic: publicNic }] } }, 'docs-disagree'],
  ['an address that comes or goes', { nic: { defaultOutboundConnectivityEnabled: false } }, 'not-exposed'],
])('doubt because of %s has its cause', (_what, changes, cause) => {
  expect(doubtOf(network(changes))?.cause).toBe(cause);
});

it('doubt is put in words once for all VMs that share a judgement', () => {
  const sweep = {};
  const around = network({ nic: { defaultOutboundConnectivityEnabled: false }, rest: { sweep } });
  const { nic } = network({ nic: { defaultOutboundConnectivityEnabled: false, name: 'second' } });

  const [first, second] = [around, { ...around, nic }].map(doubtOf);

  expect(first).toBeDefined();
  expect(second).toBe(first);
});
