import { readFileSync } from 'node:fs';

import { describe, expect, test } from 'vitest';

import { readConfig, SettingsError } from '../lib/config.ts';
import { EngagementDocument, engagementJsonSchema, problemsOfEngagement } from '../lib/engagement-schema.ts';

const subscription = '11111111-2222-3333-4444-555555555555';
const scope = { name: 'all', subscription };

const required = {
  AzureWebJobsStorage__blobServiceUri: 'https://account.blob.core.windows.net',
  AzureWebJobsStorage__queueServiceUri: 'https://account.queue.core.windows.net',
  AzureWebJobsStorage__tableServiceUri: 'https://account.table.core.windows.net/',
  SWEEP_SCHEDULE: '0 30 1 * * *',
  CHANGES_SCHEDULE: '0 15 * * * *',
};

function errorOf(file: string | undefined, setting?: string): string {
  try {
    readConfig({ ...required, ...(setting === undefined ? {} : { BACKSTOP_ENGAGEMENT: setting }) }, file);
    return 'no error';
  } catch (error) {
    if (error instanceof SettingsError) return error.message;
    throw error;
  }
}

test('an empty document changes nothing anywhere', () => {
  expect(EngagementDocument.parse({})).toEqual({
    stop: false,
    caps: { perRun: 50, perHour: 50, perVaultAndDay: 250 },
    scopes: [],
  });
});

test('a scope is off until somebody says otherwise', () => {
  expect(EngagementDocument.parse({ scopes: [scope] }).scopes).toEqual([
    {
      name: 'all',
      target: { kind: 'subscription', subscriptionId: subscription },
      mode: 'off',
      actions: ['enable'],
      policy: { name: 'EnhancedPolicy', byEnvironment: {}, create: false },
      vaults: { redundancy: [], crossSubscription: false },
      graceMinutes: 60,
      approval: false,
      backupNow: false,
    },
  ]);
});

test.each([
  [{ tag: 'backup=auto=1' }, { kind: 'tag', name: 'backup', value: 'auto=1' }],
  [{ managementGroup: 'mg-prod' }, { kind: 'management-group', managementGroup: 'mg-prod' }],
  [
    { resourceGroup: `/subscriptions/${subscription.toUpperCase()}/resourceGroups/rg-App` },
    { kind: 'resource-group', subscriptionId: subscription, resourceGroup: 'rg-App' },
  ],
])('a scope covers %j', (target, expected) => {
  expect(EngagementDocument.parse({ scopes: [{ name: 'one', ...target }] }).scopes[0]?.target).toEqual(expected);
});

describe('what is wrong is told with its place, what stands there, and what is allowed:', () => {
  test.each([
    [{ scopes: [{ ...scope, mode: 'onn' }] }, 'scopes[0].mode is "onn": expected off, dry-run or on'],
    [{ scopes: [{ subscription }] }, 'scopes[0].name is missing: expected a text'],
    [{ scopes: [{ ...scope, mod: 'on' }] }, 'scopes[0] has no mod: a misspelt name?'],
    [{ scopes: [{ name: 'x' }] }, 'scopes[0] is {"name":"x"}: expected exactly one of managementGroup'],
    [
      { scopes: [{ ...scope, tag: 'a=b' }] },
      'expected exactly one of managementGroup, subscription, resourceGroup, tag',
    ],
    [
      { scopes: [{ name: 'x', subscription: 'prod' }] },
      'scopes[0].subscription is "prod": expected the id of a subscription',
    ],
    [{ scopes: [{ name: 'x', resourceGroup: 'rg' }] }, 'scopes[0].resourceGroup is "rg": expected /subscriptions/<id>'],
    [{ scopes: [{ name: 'x', tag: 'backup' }] }, 'scopes[0].tag is "backup": expected a tag and its value'],
    [{ scopes: [scope, { ...scope, name: 'b' }] }, 'scopes[1].name is "b": covers the same as scope all'],
    [{ scopes: [scope, { ...scope, subscription: subscription.replace('1', '2') }] }, 'expected another name'],
    [
      { scopes: [{ ...scope, actions: ['delete'] }] },
      'scopes[0].actions[0] is "delete": expected enable, resume or fix-policy',
    ],
    [{ scopes: [{ ...scope, actions: [] }] }, 'scopes[0].actions is []: expected one action or more'],
    [{ scopes: [{ ...scope, graceMinutes: -1 }] }, 'scopes[0].graceMinutes is -1: expected 0 minutes or more'],
    [{ scopes: [{ ...scope, graceMinutes: '60' }] }, 'scopes[0].graceMinutes is "60": expected a number'],
    [
      { scopes: [{ ...scope, vaults: { create: { name: '1-{region}', resourceGroup: 'rg' } } }] },
      'scopes[0].vaults.create.name is "1-{region}": expected 2 to 50 letters, digits and hyphens, a letter first',
    ],
    [
      { scopes: [{ ...scope, vaults: { create: { name: `rsv-${'x'.repeat(40)}-{region}`, resourceGroup: 'rg' } } }] },
      'expected 2 to 50 letters',
    ],
    [{ scopes: [{ ...scope, vaults: { redundancy: ['GRS'] } }] }, 'is "GRS": expected GeoRedundant'],
    [{ caps: { perVaultAndDay: 251 } }, 'caps.perVaultAndDay is 251: expected 250 at most'],
    [{ caps: { perRun: 0 } }, 'caps.perRun is 0: expected 1 or more'],
    [{ stop: 'yes' }, 'stop is "yes": expected true or false'],
    [[], 'the document is []'],
    [null, 'the document is null'],
  ])('%j', (document, expected) => {
    expect(problemsOfEngagement(document).join('\n')).toContain(expected);
    expect(EngagementDocument.safeParse(document).success).toBe(false);
  });
});

describe('at the start of the service', () => {
  test('a wrong file ends it, naming the file, the place and what is allowed', () => {
    const file = JSON.stringify({ scopes: [{ ...scope, mode: 'onn' }] });

    expect(errorOf(file)).toContain('backstop.json: scopes[0].mode is "onn": expected off, dry-run or on.');
  });

  test.each([
    ['{', 'backstop.json holds no JSON.'],
    ['', 'backstop.json holds no JSON.'],
  ])('a file that is no JSON ends it: %j', (file, expected) => {
    expect(errorOf(file)).toContain(expected);
  });

  test('an app setting wins over the file, and is named if it is wrong', () => {
    expect(errorOf('{', '{"scopes":[]}')).toBe('no error');
    expect(errorOf('{}', '{"scope":[]}')).toContain('BACKSTOP_ENGAGEMENT: the document has no scope');
  });
});

test('the published schema is that of the service; `npm run fix` renews it', async () => {
  const published = new URL('../docs/backstop.schema.json', import.meta.url);

  await expect(`${JSON.stringify(engagementJsonSchema(), null, 2)}\n`).toMatchFileSnapshot(published.pathname);

  expect(JSON.parse(readFileSync(published, 'utf8'))).toMatchObject({ properties: { scopes: { type: 'array' } } });
});
