import { describe, expect, it } from 'vitest';

import { at, drop, first, put } from '../../../local/estates/bodies.ts';

const body = () => ({ id: '/a', name: 'a', type: 'b/c', properties: { disks: [{ lun: 0 }], plan: { name: 'x' } } });

describe('a change of a body', () => {
  it('sets, reads and removes values by their path', () => {
    const changed = body();

    put(changed, 'properties.disks.0.lun', 7);
    put(changed, 'properties.disks.1', { lun: 8 });
    drop(changed, 'properties.plan.name');

    expect(changed.properties).toEqual({ disks: [{ lun: 7 }, { lun: 8 }], plan: {} });
    expect(at(changed, 'properties.disks.1.lun')).toBe(8);
  });

  it.each(['properties.nics.0', 'properties.plan.name.x'])('refuses the path %s into nothing', (path) => {
    expect(() => put(body(), path, 1)).toThrow(RangeError);
  });

  it('refuses to take the first of none', () => {
    expect(() => first([])).toThrow(RangeError);
  });
});
