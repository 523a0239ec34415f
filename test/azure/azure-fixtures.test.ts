import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';

import { readItem } from '../../lib/azure/backup-rows.ts';
import { readMachineBody } from '../../lib/azure/machine-body.ts';
import { readVault } from '../../lib/azure/vault-row.ts';
import { readVmEvent } from '../../lib/azure/vm-event.ts';
import { mutationsOf } from './mutations.ts';

/** Recorded and documented answers of Azure, kept beside the repository. */
const folder = join(import.meta.dirname, '../../../shared/fixtures/arm');
const isThere = existsSync(folder);
if (!isThere)
  console.info('The recorded answers of Azure are not beside the repository: the parsers are not shown them.');

const Fixture = z.looseObject({
  response: z.looseObject({ status: z.number(), body: z.looseObject({}).nullish() }).optional(),
  body: z.unknown(),
});

function fixture(file: string): z.infer<typeof Fixture> {
  const document: unknown = JSON.parse(readFileSync(join(folder, file), 'utf8'));
  return Fixture.parse({ body: undefined, ...(document as object) });
}

const bodyOf = (file: string): Readonly<Record<string, unknown>> => fixture(file).response?.body ?? {};
const entriesOf = (file: string): readonly unknown[] => z.array(z.unknown()).parse(bodyOf(file)['value']);
const filesLike = (pattern: RegExp): readonly string[] =>
  isThere ? readdirSync(folder).filter((file) => pattern.test(file)) : [];

const source = { where: 'recorded', readAt: '2026-11-20T06:00:00Z' };

describe.runIf(isThere)('what Azure really answered is understood', () => {
  test('a VM with its instance view', () => {
    const facts = readMachineBody(bodyOf('vm-get-expand-instanceview.json'), 'tenant', source);

    expect(facts).toMatchObject({
      vm: { value: { name: 'cctestvm', region: 'southcentralus', osType: 'Linux', image: { publisher: 'Canonical' } } },
      disks: { kind: 'known' },
      tags: { kind: 'known', value: { testtag: 'testvalue' } },
      power: { kind: 'known' },
      agent: { kind: 'known', value: { statusCode: 'ProvisioningState/succeeded' } },
    });
  });

  test.each(filesLike(/^vm-list-|^resource-graph-vms-arm/))('every VM of %s', (file) => {
    const facts = entriesOf(file).map((vm) => readMachineBody(vm, 'tenant', source));

    expect(facts.length).toBeGreaterThan(0);
    expect(facts).not.toContain(undefined);
    expect(facts).toMatchObject(facts.map(() => ({ disks: { kind: 'known' }, power: { kind: 'unknown' } })));
  });

  test.each(filesLike(/^vaults-list-/))('every vault of %s', (file) => {
    const vaults = entriesOf(file).map(readVault);

    expect(vaults.length).toBeGreaterThan(0);
    expect(vaults).toMatchObject(
      vaults.map(() => ({ provisioningState: 'Succeeded', region: expect.stringMatching(/^\w+$/) })),
    );
  });

  test.each(filesLike(/^protected-item-(get|enable-ok|stop-ok|initial|operation-result-ok)/))(
    'the item of %s',
    (file) => {
      const { id, properties } = z.looseObject({ id: z.string(), properties: z.looseObject({}) }).parse(bodyOf(file));

      const item = readItem({ id, ...properties });

      expect(item?.item).toMatchObject({
        vaultName: expect.stringMatching(/\w/),
        protectionState: expect.stringMatching(/\w/),
      });
    },
  );

  test.each(filesLike(/^event-(write|delete|action|dead)/))(
    'the event of %s is read, and never taken for a VM’s',
    (file) => {
      const events = [fixture(file).body].flat();

      for (const event of events) {
        expect(readVmEvent(event)).toMatchObject({ kind: 'not-ours', why: expect.stringMatching(/\w/) });
      }
    },
  );

  test.each(filesLike(/^event-(write|delete)-success/))('the event of %s about a VM is one of ours', (file) => {
    const vmId = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/vm';
    const [event] = z.array(z.looseObject({ data: z.looseObject({}) })).parse([fixture(file).body].flat());

    const read = readVmEvent({ ...event, data: { ...event?.data, resourceUri: vmId } });

    expect(read).toMatchObject({
      kind: 'vm-changed',
      vm: { id: vmId },
      change: file.includes('write') ? 'written' : 'deleted',
    });
  });

  test.each(filesLike(/\.json$/))('no mutation of %s makes a parser throw', (file) => {
    const { response, body } = fixture(file);

    fc.assert(
      fc.property(mutationsOf(response?.body ?? body), (raw) => {
        readMachineBody(raw, 'tenant', source);
        readVault(raw);
        readItem(raw);
        expect(['not-ours', 'vm-changed']).toContain(readVmEvent(raw).kind);
      }),
      { numRuns: 30 },
    );
  });
});
