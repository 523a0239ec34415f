import fc from 'fast-check';
import { expect, it } from 'vitest';

import { parseVmId } from '../../lib/domain/ids.ts';

const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.()';
const name = fc.string({ unit: fc.constantFrom(...letters), minLength: 1, maxLength: 64 });

/** The same text with some of its letters in the other case. */
function inSomeCase(text: string): fc.Arbitrary<string> {
  return fc
    .array(fc.boolean(), { minLength: text.length, maxLength: text.length })
    .map((upper) => [...text].map((char, at) => (upper[at] ? char.toUpperCase() : char.toLowerCase())).join(''));
}

const vmId = fc
  .tuple(fc.uuid(), name, name)
  .map(
    ([subscription, group, vm]) =>
      `/subscriptions/${subscription}/resourceGroups/${group}/providers/Microsoft.Compute/virtualMachines/${vm}`,
  );

it('reads the same VM from its id in any case', () => {
  fc.assert(
    fc.property(
      vmId.chain((id) => fc.tuple(fc.constant(id), inSomeCase(id))),
      ([id, other]) => {
        const [one, two] = [parseVmId(id), parseVmId(other)];

        expect(two?.key).toBe(one?.key);
        expect(two?.subscriptionId).toBe(one?.subscriptionId);
        expect(two?.name.toLowerCase()).toBe(one?.name.toLowerCase());
      },
    ),
  );
});

it('reads from the id and from the key of an address what it read before', () => {
  fc.assert(
    fc.property(vmId, (id) => {
      const address = parseVmId(id);

      expect(parseVmId(address?.id ?? '')).toEqual(address);
      expect(parseVmId(address?.key ?? '')?.key).toBe(address?.key);
    }),
  );
});

it('reads any text without an exception', () => {
  fc.assert(fc.property(fc.string(), (text) => parseVmId(text) === undefined));
});
