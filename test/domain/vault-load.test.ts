import { describe, expect, it } from 'vitest';

import { unknown } from '../../lib/domain/fact.ts';
import { isNearlyFull, loadOf, roomIn } from '../../lib/domain/vault-load.ts';
import { fact, gap, vault } from '../rules/healthy-vm.ts';

const { key } = vault('rsv-weu');

function loads(vms: number, dataSources: number, incomplete = false) {
  return {
    vaults: new Map([[key, { vms, dataSources }]]),
    policies: new Map(),
    ...(incomplete ? { incomplete: new Map([[key, gap]]) } : {}),
  };
}

describe('roomIn', () => {
  it.each([
    [0, 0],
    [999, 999],
    [999, 1999],
  ])('%i VMs and %i data sources leave room for one more', (vms, dataSources) => {
    expect(roomIn(key, fact(loads(vms, dataSources)))).toEqual({ kind: 'yes' });
  });

  it.each([
    [1000, 1000, { counted: 'VMs', count: 1000, limit: 1000 }],
    [1001, 2000, { counted: 'VMs', count: 1001, limit: 1000 }],
    [0, 2000, { counted: 'data sources', count: 2000, limit: 2000 }],
  ])('%i VMs and %i data sources leave none', (vms, dataSources, why) => {
    expect(roomIn(key, fact(loads(vms, dataSources)))).toEqual({ kind: 'no', why });
  });

  it('cannot be told of a count that was not read', () => {
    expect(roomIn(key, unknown('throttled', 'Azure asked to wait.'))).toMatchObject({ kind: 'unknown' });
  });

  it('cannot be told of a count that is not complete, unless it has reached a limit', () => {
    expect(roomIn(key, fact(loads(999, 999, true)))).toEqual({ kind: 'unknown', because: gap });
    expect(roomIn(key, fact(loads(1000, 1000, true)))).toMatchObject({ kind: 'no' });
  });

  it('does not mind that another vault is not counted completely', () => {
    expect(roomIn(vault('rsv-b').key, fact(loads(1000, 1000, true)))).toEqual({ kind: 'yes' });
  });
});

describe('loadOf', () => {
  it('takes a vault that is not listed as empty', () => {
    expect(loadOf(loads(7, 9), vault('rsv-b').key)).toEqual({ vms: 0, dataSources: 0 });
    expect(loadOf(loads(7, 9), key)).toEqual({ vms: 7, dataSources: 9 });
  });
});

describe('isNearlyFull', () => {
  it.each([
    [899, 1799, false],
    [900, 900, true],
    [0, 1800, true],
  ])('%i VMs and %i data sources: %s', (vms, dataSources, expected) => {
    expect(isNearlyFull({ vms, dataSources })).toBe(expected);
  });
});
