import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';

import { buildApp } from '../../local/build.ts';
import { root } from '../../local/root.ts';

const Registered = z.object({
  functions: z.array(
    z.looseObject({
      name: z.string(),
      bindings: z.record(z.string(), z.looseObject({ type: z.string(), direction: z.string() })),
    }),
  ),
  startErrors: z.array(z.string()),
});

const standIn = fileURLToPath(new URL('support/worker-stand-in.ts', import.meta.url));
const settings = {
  AzureWebJobsStorage__blobServiceUri: 'https://account.blob.core.windows.net',
  AzureWebJobsStorage__queueServiceUri: 'https://account.queue.core.windows.net',
  AzureWebJobsStorage__tableServiceUri: 'https://account.table.core.windows.net',
  SWEEP_SCHEDULE: '0 30 1 * * *',
  CHANGES_SCHEDULE: '0 15 * * * *',
};

/** Loads the built app as the worker does, in a process with no settings but these. */
async function load(env: Readonly<Record<string, string>>): Promise<z.infer<typeof Registered>> {
  const { stdout } = await promisify(execFile)(process.execPath, [standIn, root], { env });
  return Registered.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''));
}

describe('the built app under the contract of the production worker', () => {
  let bare: z.infer<typeof Registered>;
  let complete: z.infer<typeof Registered>;

  beforeAll(async () => {
    await buildApp();
    bare = await load({});
    complete = await load(settings);
  });

  const triggers = (isHttp: boolean): readonly Readonly<Record<string, unknown>>[] =>
    bare.functions.flatMap(({ name, bindings }) =>
      Object.values(bindings)
        .filter(({ type }) => type.endsWith('Trigger') && (type === 'httpTrigger') === isHttp)
        .map((trigger) => ({ ...trigger, name })),
    );

  const byName = (a: Readonly<Record<string, unknown>>, b: Readonly<Record<string, unknown>>) =>
    String(a['name']).localeCompare(String(b['name']));

  it('can be loaded without any setting', () => {
    expect(bare.functions).toEqual(complete.functions);
  });

  it('registers one function for each event, queue and timer', () => {
    const connection = 'AzureWebJobsStorage';
    const found = triggers(false).toSorted(byName);

    expect(found).toHaveLength(12);
    expect(found).toMatchObject([
      { name: 'evaluate-vm', type: 'queueTrigger', direction: 'in', queueName: 'evaluate-vm', connection },
      { name: 'make-export', type: 'queueTrigger', direction: 'in', queueName: 'make-export', connection },
      { name: 'notify', type: 'queueTrigger', direction: 'in', queueName: 'notify', connection },
      { name: 'notify-due', type: 'timerTrigger', direction: 'in', schedule: '0 */15 * * * *' },
      { name: 'protect-vm', type: 'queueTrigger', direction: 'in', queueName: 'protect-vm', connection },
      { name: 'remove-exports', type: 'timerTrigger', direction: 'in', schedule: '0 0 4 * * *' },
      { name: 'snapshot-due', type: 'timerTrigger', direction: 'in', schedule: '0 30 23 * * *' },
      { name: 'sweep-changes', type: 'timerTrigger', direction: 'in', schedule: '%CHANGES_SCHEDULE%' },
      { name: 'sweep-shard', type: 'queueTrigger', direction: 'in', queueName: 'sweep-shard', connection },
      { name: 'sweep-start', type: 'timerTrigger', direction: 'in', schedule: '%SWEEP_SCHEDULE%' },
      { name: 'take-snapshot', type: 'queueTrigger', direction: 'in', queueName: 'take-snapshot', connection },
      { name: 'vm-changed', type: 'eventGridTrigger', direction: 'in' },
    ]);
    expect(found.filter((trigger) => 'runOnStartup' in trigger)).toEqual([]);
  });

  it('registers the HTTP routes behind the function key, and only the probe and the empty page without', () => {
    const routes = triggers(true)
      .toSorted(byName)
      .map((trigger) => [trigger['route'], trigger['methods'], trigger['authLevel']]);

    expect(routes).toEqual([
      ['alive', ['GET'], 'anonymous'],
      ['dashboard/{*file}', ['GET'], 'anonymous'],
      ['evaluations', ['POST'], 'function'],
      ['exemptions/{exemptionId}', ['GET', 'PATCH'], 'function'],
      ['exemptions/{exemptionId}/end', ['POST'], 'function'],
      ['exemptions', ['GET', 'POST'], 'function'],
      ['health', ['GET'], 'function'],
      ['openapi.json', ['GET'], 'function'],
      ['plans/{planId}/approve', ['POST'], 'function'],
      ['plans', ['GET'], 'function'],
      ['posture', ['GET'], 'function'],
      ['protections', ['GET'], 'function'],
      ['protections/stop', ['POST'], 'function'],
      ['reports/exports/{exportId}', ['GET'], 'function'],
      ['reports/exports/{exportId}/file', ['GET'], 'function'],
      ['reports/{file}', ['GET'], 'function'],
      ['rules', ['GET'], 'function'],
      ['servers/{serverKey}', ['GET'], 'function'],
      ['servers/{serverKey}/confirmations', ['POST'], 'function'],
      ['preflight/backup-server', ['POST'], 'function'],
      ['servers', ['GET'], 'function'],
      ['sweeps', ['GET', 'POST'], 'function'],
      ['vms/{vmKey}', ['GET'], 'function'],
      ['vms/{vmKey}/history', ['GET'], 'function'],
      ['vms', ['GET'], 'function'],
    ]);
  });

  it('opens the routes for who is signed in with Entra, whom the app tells apart itself', async () => {
    const { functions, startErrors } = await load({
      ...settings,
      BACKSTOP_AUTH: 'entra',
      WEBSITE_AUTH_ENABLED: 'True',
    });
    const levels = functions.flatMap(({ bindings }) => Object.values(bindings).map(({ authLevel }) => authLevel));

    expect(startErrors).toEqual([]);
    expect(new Set(levels.filter((level) => level !== undefined))).toEqual(new Set(['anonymous']));
  });

  it('refuses to start with Entra where the platform does not say that it is on', async () => {
    const { startErrors } = await load({ ...settings, BACKSTOP_AUTH: 'entra' });

    expect(startErrors).toEqual([expect.stringContaining('WEBSITE_AUTH_ENABLED is not true')]);
  });

  it('refuses to start without its settings and names them', () => {
    expect(bare.startErrors).toHaveLength(1);
    for (const name of Object.keys(settings)) {
      expect(bare.startErrors[0]).toContain(`${name} is not set`);
    }
  });

  it('starts with them', () => {
    expect(complete.startErrors).toEqual([]);
  });

  it('names every setting that is wrong, with an example', async () => {
    const wrong = { ...settings, BACKSTOP_RPO_HOURS: 'abc', BACKSTOP_SHARD_VMS: '0', SWEEP_SCHEDULE: 'nightly' };

    const { startErrors } = await load(wrong);

    expect(startErrors).toEqual([
      expect.stringMatching(/BACKSTOP_SHARD_VMS is "0".*SWEEP_SCHEDULE is "nightly".*BACKSTOP_RPO_HOURS is "abc"/s),
    ]);
    expect(startErrors[0]).toContain('for example 24');
  });
});
