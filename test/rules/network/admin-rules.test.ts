import { describe, expect, it } from 'vitest';

import { adminLayer, adminSources } from '../../../lib/rules/network/admin-rules.ts';
import { parseCidr } from '../../../lib/rules/network/cidr.ts';
import { adminRule } from './sample.ts';

const own = parseCidr('10.0.1.4');
const source = { addresses: own ? [own] : [], applicationSecurityGroups: [] };
const subnet = parseCidr('10.0.1.0/24');
const anywhereInSubnet = { addresses: subnet ? [subnet] : [], applicationSecurityGroups: [] };

function rule(properties: object = {}): object {
  return adminRule('deny', {
    destinations: [{ addressPrefix: 'AzureBackup' }],
    destinationPortRanges: ['443'],
    ...properties,
  });
}

const seen = {
  action: 'deny',
  certain: true,
  to: [{ kind: 'tag', tag: { name: 'azurebackup' } }],
  shown: { layer: 'adminRules', name: 'deny', priority: 10, access: 'Deny', id: '/rules/deny' },
};

function rulesSeen(row: unknown, from = source) {
  const layer = adminLayer([row], from);
  return layer.kind === 'rules' ? layer.rules : layer;
}

describe('the security admin rules of a network', () => {
  it('are none if there are no rows', () => {
    expect([adminLayer(undefined, source), adminLayer([], source)]).toEqual([{ kind: 'none' }, { kind: 'none' }]);
  });

  it.each<readonly [what: string, rows: unknown]>([
    ['they could not be read', null],
    ['they are no list', 'garbage'],
    ['one is no rule', [rule(), 'garbage']],
    ['one has no properties', [{ id: 'effective' }]],
    ['one goes in a direction that nobody knows', [rule({ direction: 'Sideways' })]],
    ['one has no direction', [rule({ direction: null })]],
    ['one does what nobody knows', [rule({ access: 'Perhaps' })]],
    ['one has no priority', [rule({ priority: undefined })]],
    ['one has a priority that is a text', [rule({ priority: '10' })]],
    ['one has a priority that is no number', [rule({ priority: Number.NaN })]],
  ])('are missing as a whole if %s', (_what, rows) => {
    expect(adminLayer(rows, source)).toEqual({ kind: 'missing', part: 'adminRules' });
  });

  it.each<readonly [what: string, change: object]>([
    ['inbound', { direction: 'Inbound' }],
    ['inbound, though unreadable otherwise', { direction: 'inbound', access: 'Perhaps', priority: null }],
    ['for another protocol', { protocol: 'Udp' }],
    ['for another port', { destinationPortRanges: ['80', '444-500'] }],
    ['from ports that no client has', { sourcePortRanges: ['443'] }],
    ['from another source', { sources: [{ addressPrefix: '10.7.0.0/16' }] }],
  ])('do not concern the traffic if they are %s', (_what, change) => {
    expect(adminLayer([rule(change)], source)).toEqual({ kind: 'rules', rules: [] });
  });

  it.each<readonly [access: string, action: string, shown: string]>([
    ['DENY', 'deny', 'Deny'],
    ['allow', 'allow', 'Allow'],
    ['AlwaysAllow', 'alwaysAllow', 'AlwaysAllow'],
  ])('are shown as the portal writes them: %s', (access, action, shown) => {
    expect(rulesSeen(rule({ access }))).toEqual([{ ...seen, action, shown: { ...seen.shown, access: shown } }]);
  });

  it('are the same with keys in PascalCase, also within lists', () => {
    const row = {
      id: '/rules/deny',
      name: 'deny',
      properties: {
        Access: 'Deny',
        Direction: 'Outbound',
        Priority: 10,
        Protocol: 'Tcp',
        Sources: [{ AddressPrefix: '10.0.1.4/32' }],
        Destinations: [{ AddressPrefix: 'AzureBackup' }],
        SourcePortRanges: ['0-65535'],
        DestinationPortRanges: ['443'],
      },
    };

    expect(rulesSeen(row)).toEqual([seen]);
  });

  it.each<readonly [what: string, change: object]>([
    ['the source is part of the subnet, address not known', { sources: [{ addressPrefix: '10.0.1.0/25' }] }],
    ['the sources are left out', { sources: null }],
    ['the sources are no list', { sources: 'garbage' }],
    ['the ports are no list', { destinationPortRanges: '443' }],
    ['the ports of the source are no list', { sourcePortRanges: '*' }],
    ['the protocol is one that nobody knows', { protocol: 'Quantum' }],
  ])('are not certain if %s', (_what, change) => {
    expect(rulesSeen(rule(change), anywhereInSubnet)).toEqual([{ ...seen, certain: false }]);
  });

  it.each([[[]], [null], ['garbage'], [[{}]]])('may lead anywhere if their destinations are %j', (destinations) => {
    expect(rulesSeen(rule({ destinations }))).toEqual([{ ...seen, to: [{ kind: 'unreadable' }] }]);
  });

  it('have an empty name and no id if their row has none', () => {
    const { id: _id, ...shown } = seen.shown;

    expect(rulesSeen({ ...rule(), id: undefined, name: undefined })).toEqual([
      { ...seen, shown: { ...shown, name: '' } },
    ]);
  });
});

describe('the sources of security admin rules', () => {
  it('are those of the rules that may concern the traffic', () => {
    const rows = [rule({ sources: [{ addressPrefix: '10.0.1.4' }] }), rule({ protocol: 'Udp' }), 'garbage'];

    expect(adminSources(rows).map((match) => match(source))).toEqual(['yes']);
  });

  it.each([null, undefined, 'garbage'])('are none if the rows are %j', (rows) => {
    expect(adminSources(rows)).toEqual([]);
  });
});
