import { describe, expect, test } from 'vitest';

import { readAuthMode, readConfig, SettingsError } from '../lib/config.ts';

const required = {
  AzureWebJobsStorage__blobServiceUri: 'https://account.blob.core.windows.net',
  AzureWebJobsStorage__queueServiceUri: 'https://account.queue.core.windows.net',
  AzureWebJobsStorage__tableServiceUri: 'https://account.table.core.windows.net/',
  SWEEP_SCHEDULE: '0 30 1 * * *',
  CHANGES_SCHEDULE: '0 15 * * * *',
};
const guid = '11111111-2222-3333-4444-555555555555';

function messageOf(environment: Readonly<Record<string, string | undefined>>): string {
  try {
    readConfig(environment);
    return 'no error';
  } catch (error) {
    if (error instanceof SettingsError) return error.message;
    throw error;
  }
}

test('without more than what is required the defaults hold', () => {
  expect(readConfig(required)).toEqual({
    storage: {
      blobServiceUri: 'https://account.blob.core.windows.net',
      queueServiceUri: 'https://account.queue.core.windows.net',
      tableServiceUri: 'https://account.table.core.windows.net',
    },
    azure: { resourceManager: 'https://management.azure.com', audience: 'https://management.azure.com' },
    app: 'evaluator',
    auth: { mode: 'keys' },
    settleSeconds: 20,
    sweep: { subscriptions: [], shardVms: 4000, takeOverMinutes: 180, looksPerRun: 5000 },
    reportRows: 5000,
    exemptions: { maxDays: 365, noticeDays: 14 },
    evidence: { isOn: true, keptDays: 400 },
    notifications: {
      kinds: [
        'VM.Blocked',
        'VM.AtRisk',
        'VM.ProtectedAgain',
        'Exemption.Expiring',
        'Exemption.Expired',
        'Sweep.Incomplete',
        'Sweep.CompleteAgain',
        'Protection.Done',
        'Protection.Failed',
        'Digest',
      ],
      withOwner: true,
      source: '/backstop',
      digestSchedule: '0 0 6 * * *',
    },
    judgement: {
      engagement: { stop: false, caps: { perRun: 50, perHour: 50, perVaultAndDay: 250 }, scopes: [] },
      rpoHours: 24,
      rpoStartWindowHours: 2,
      rpoGraceHoursDaily: 6,
      rpoGraceHoursHourly: 2,
      initialBackupGraceHours: 48,
      minRetentionDays: 30,
      minInstantRestoreDays: 0,
      minSoftDeleteDays: 14,
      allowedRedundancy: ['GeoRedundant', 'ZoneRedundant'],
      requireCrossRegionRestore: false,
      requireZoneRestore: false,
      minImmutability: 'Disabled',
      maxDataDisks: 32,
      minWindowsAgent: '2.7.41491.1010',
      minWindowsAgentForBackup: '2.6.1198.718',
      minLinuxAgent: '2.2.53.1',
      autoEnable: false,
      backupApiVersion: '2023-06-01',
      confidentialVmRegions: expect.arrayContaining(['uaenorth', 'uksouth']),
      backupManagementServiceObjectId: undefined,
      createVaults: false,
      newVaultNames: {},
      allowCrossSubscriptionVaults: false,
      expectedVaults: [],
      defaultPolicyName: 'EnhancedPolicy',
      exclusionTagName: 'backstop-exclude',
      exclusionTagValues: ['true'],
      exclusionUntilTagName: 'backstop-exclude-until',
      environmentTagNames: ['environment', 'env'],
      defaultEnvironment: 'prod',
      environments: {},
      domainControllerTagName: 'role',
      domainControllerTagValue: 'domain-controller',
      dataLocationTagName: 'backstop:data-location',
      proxyTagName: 'backstop:proxy',
      exemptLunsTagName: 'backstop-exempt-luns',
      endorsedLinuxPublishers: expect.arrayContaining(['canonical', 'redhat', 'suse']),
    },
  });
});

test.each([
  ['BACKSTOP_RPO_HOURS', '26.5', { judgement: { rpoHours: 26.5 } }],
  ['BACKSTOP_RPO_GRACE_HOURS_DAILY', '0', { judgement: { rpoGraceHoursDaily: 0 } }],
  ['BACKSTOP_ALLOW_CROSS_SUBSCRIPTION_VAULTS', 'true', { judgement: { allowCrossSubscriptionVaults: true } }],
  ['BACKSTOP_EXPECTED_VAULTS', ' /a , ,/b,', { judgement: { expectedVaults: ['/a', '/b'] } }],
  ['BACKSTOP_EXCLUSION_TAG_NAME', '', { judgement: { exclusionTagName: '' } }],
  ['BACKSTOP_ENVIRONMENTS', '{"dev":{"rpoHours":192}}', { judgement: { environments: { dev: { rpoHours: 192 } } } }],
  ['BACKSTOP_NEW_VAULT_NAMES', '{"westeurope":"rsv"}', { judgement: { newVaultNames: { westeurope: 'rsv' } } }],
  ['BACKSTOP_MIN_IMMUTABILITY', 'Locked', { judgement: { minImmutability: 'Locked' } }],
  ['BACKSTOP_MIN_RETENTION_DAYS', '0', { judgement: { minRetentionDays: 0 } }],
  [
    'BACKSTOP_BACKUP_MANAGEMENT_SERVICE_OBJECT_ID',
    guid.toUpperCase(),
    { judgement: { backupManagementServiceObjectId: guid } },
  ],
  ['BACKSTOP_SUBSCRIPTIONS', `${guid.toUpperCase()}, ${guid}`, { sweep: { subscriptions: [guid, guid] } }],
  ['BACKSTOP_MANAGEMENT_GROUP', 'mg-corp', { managementGroup: 'mg-corp' }],
  [
    'BACKSTOP_RESOURCE_MANAGER',
    'https://management.usgovcloudapi.net/',
    { azure: { resourceManager: 'https://management.usgovcloudapi.net' } },
  ],
  ['BACKSTOP_EVIDENCE', 'false', { evidence: { isOn: false } }],
  ['BACKSTOP_EVIDENCE_DAYS', '0', { evidence: { keptDays: 0 } }],
  ['BACKSTOP_SETTLE_SECONDS', '0', { settleSeconds: 0 }],
  ['BACKSTOP_PROTECTOR_CLIENT_ID', guid, { app: 'evaluator' }],
  ['AZURE_CLIENT_ID', guid, { azure: { clientId: guid } }],
])('%s = %j is read', (name, value, expected) => {
  expect(readConfig({ ...required, [name]: value })).toMatchObject(expected);
});

describe('a wrong value is told with its setting, what was expected, and an example', () => {
  test.each([
    ['BACKSTOP_RPO_HOURS', 'a day', 'expected a number of hours'],
    ['BACKSTOP_RPO_HOURS', '0', 'expected more than 0 hours'],
    ['BACKSTOP_RPO_HOURS', '-1', 'expected more than 0 hours'],
    ['BACKSTOP_RPO_HOURS', 'Infinity', 'expected a number of hours'],
    ['BACKSTOP_RPO_GRACE_HOURS_DAILY', '-1', 'expected 0 hours or more'],
    ['BACKSTOP_ALLOW_CROSS_SUBSCRIPTION_VAULTS', 'yes', 'expected true or false'],
    ['BACKSTOP_ENVIRONMENTS', '{', 'expected JSON'],
    ['BACKSTOP_ENVIRONMENTS', '[]', 'expected a JSON object'],
    ['BACKSTOP_ENVIRONMENTS', '{"dev":{"rpoHours":-1}}', ''],
    ['BACKSTOP_DEFAULT_POLICY_NAME', '', ''],
    ['BACKSTOP_SUBSCRIPTIONS', 'payroll', 'expected subscription ids (GUIDs)'],
    ['BACKSTOP_SUBSCRIPTIONS', '', 'expected at least one subscription id'],
    ['BACKSTOP_SUBSCRIPTIONS', ' , ', 'expected'],
    ['BACKSTOP_LOOKS_PER_RUN', '0', 'expected 1 or more'],
    ['BACKSTOP_LOOKS_PER_RUN', 'many', 'expected a whole number'],
    ['BACKSTOP_MANAGEMENT_GROUP', "mg' or 1", 'expected the id of a management group'],
    ['BACKSTOP_RESOURCE_MANAGER', 'http://management.azure.com', 'expected an https address'],
    ['BACKSTOP_RESOURCE_MANAGER', 'management.azure.com', 'expected an https address'],
    ['BACKSTOP_SETTLE_SECONDS', '1.5', 'expected whole seconds'],
    ['BACKSTOP_SETTLE_SECONDS', '3601', 'expected 3600 or less'],
    ['BACKSTOP_SETTLE_SECONDS', '0x10', 'expected seconds'],
    ['BACKSTOP_SETTLE_SECONDS', '', 'expected seconds'],
    ['BACKSTOP_EVIDENCE', 'maybe', 'expected true or false'],
    ['BACKSTOP_EVIDENCE_DAYS', '1.5', 'expected whole days'],
    ['BACKSTOP_SHARD_VMS', '0', 'expected 1 or more'],
    ['BACKSTOP_SWEEP_TAKE_OVER_MINUTES', 'long', 'expected a whole number'],
    ['AZURE_CLIENT_ID', 'me', 'expected a GUID'],
    ['SWEEP_SCHEDULE', '30 1 * * *', 'expected six fields'],
    ['CHANGES_SCHEDULE', 'hourly', 'expected six fields'],
    ['CHANGES_SCHEDULE', '', 'expected six fields'],
    ['CHANGES_SCHEDULE', '00:15:00', 'expected six fields'],
    ['CHANGES_SCHEDULE', '0 15 * * * * *', 'expected six fields'],
    ['CHANGES_SCHEDULE', 'a quarter past each full hour', 'expected numbers'],
    ['SWEEP_SCHEDULE', '60 30 1 * * *', 'expected numbers'],
    ['SWEEP_SCHEDULE', '0 60 1 * * *', 'expected numbers'],
    ['SWEEP_SCHEDULE', '0 30 24 * * *', 'expected numbers'],
    ['SWEEP_SCHEDULE', '0 30 1 0 * *', 'expected numbers'],
    ['SWEEP_SCHEDULE', '0 30 1 32 * *', 'expected numbers'],
    ['SWEEP_SCHEDULE', '0 30 1 * 0 *', 'expected numbers'],
    ['SWEEP_SCHEDULE', '0 30 1 * 13 *', 'expected numbers'],
    ['SWEEP_SCHEDULE', '0 30 1 * * 7', 'expected numbers'],
    ['SWEEP_SCHEDULE', '0 30 1 * * someday', 'expected numbers'],
    ['SWEEP_SCHEDULE', '0 30 MON * * *', 'expected numbers'],
    ['SWEEP_SCHEDULE', '0 30 1 ? * L', 'expected numbers'],
    ['SWEEP_SCHEDULE', '0 -5 1 * * *', 'expected numbers'],
    ['SWEEP_SCHEDULE', '0 1- 1 * * *', 'expected numbers'],
    ['SWEEP_SCHEDULE', '0 1,,2 1 * * *', 'expected numbers'],
    ['SWEEP_SCHEDULE', '0 */0 1 * * *', 'expected numbers'],
    ['AzureWebJobsStorage__queueServiceUri', 'http://account', 'expected an https address'],
  ])('%s = %j', (name, value, expected) => {
    const message = messageOf({ ...required, [name]: value });

    expect(message).toContain(`${name} is ${JSON.stringify(value)}: ${expected}`);
    expect(message).toMatch(/for example \S/);
  });
});

test.each([
  '0 30 1 * * *',
  '*/30 * * * * *',
  '0 0-30/5 1,13 * * 1-5',
  '0 0 2 1 JAN,jul *',
  '0 0 2 * * mon-FRI',
  '59 59 23 31 12 0',
  '0  30\t1 * * 6',
])('the schedule %j is one, for sweeps and for runs about changes', (text) => {
  expect(messageOf({ ...required, SWEEP_SCHEDULE: text, CHANGES_SCHEDULE: text })).toBe('no error');
});

test.each(['SWEEP_SCHEDULE', 'CHANGES_SCHEDULE'])('%s has no default: the host reads it too', (name) => {
  expect(messageOf({ ...required, [name]: undefined })).toContain(`${name} is not set; for example 0 `);
});

test('a setting that is required and missing is named with an example', () => {
  const { AzureWebJobsStorage__queueServiceUri: _, ...rest } = required;

  expect(messageOf(rest)).toContain(
    'AzureWebJobsStorage__queueServiceUri is not set; for example https://account.queue.core.windows.net.',
  );
});

test('all that is wrong is told at once', () => {
  const lines = messageOf({ BACKSTOP_RPO_HOURS: 'x', BACKSTOP_SHARD_VMS: '-5', SWEEP_SCHEDULE: '0 30 1 * * *' }).split(
    '\n',
  );

  expect(lines.slice(1).map((line) => line.trim().split(' ')[0])).toEqual([
    'AzureWebJobsStorage__blobServiceUri',
    'AzureWebJobsStorage__queueServiceUri',
    'AzureWebJobsStorage__tableServiceUri',
    'BACKSTOP_SHARD_VMS',
    'CHANGES_SCHEDULE',
    'BACKSTOP_RPO_HOURS',
  ]);
});

test('a setting that is empty is wrong or empty, never its default', () => {
  expect(messageOf({ ...required, BACKSTOP_RESOURCE_MANAGER: '' })).toContain('BACKSTOP_RESOURCE_MANAGER is ""');
  expect(messageOf({ ...required, BACKSTOP_RPO_HOURS: '' })).toContain('BACKSTOP_RPO_HOURS is ""');
  expect(messageOf({ ...required, BACKSTOP_RPO_GRACE_HOURS_DAILY: '' })).toContain(
    'BACKSTOP_RPO_GRACE_HOURS_DAILY is ""',
  );
});

describe('each app starts under its own identity only', () => {
  const protector = { ...required, BACKSTOP_APP: 'protector', BACKSTOP_PROTECTOR_CLIENT_ID: guid };

  test('the protector under that of the protector', () => {
    expect(readConfig({ ...protector, AZURE_CLIENT_ID: guid.toUpperCase() }).app).toBe('protector');
  });

  test.each([
    ['another one, such as that of the evaluator', { AZURE_CLIENT_ID: guid.replace('1', '9') }],
    ['none of its own', {}],
    [
      'one, where nobody said which is meant for it',
      { AZURE_CLIENT_ID: guid, BACKSTOP_PROTECTOR_CLIENT_ID: undefined },
    ],
  ])('the protector does not start under %s', (_, change) => {
    expect(messageOf({ ...protector, ...change })).toContain('the protector starts only under its own identity');
  });

  test('the evaluator does not start under that of the protector', () => {
    expect(messageOf({ ...protector, BACKSTOP_APP: 'evaluator', AZURE_CLIENT_ID: guid })).toContain(
      'the evaluator does not start under the identity that may change Azure',
    );
  });
});

describe('notifications', () => {
  const secret = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
  const webhook = {
    BACKSTOP_WEBHOOK_URL: 'https://hooks.example.com/backstop?code=hidden',
    BACKSTOP_WEBHOOK_SECRET: secret,
  };

  test('go to the topic and the webhook that are set', () => {
    const topic = 'https://backstop.westeurope-1.eventgrid.azure.net/api/events';

    const { notifications } = readConfig({ ...required, ...webhook, BACKSTOP_EVENT_TOPIC: topic });

    expect(notifications).toMatchObject({
      topic,
      webhook: { url: webhook.BACKSTOP_WEBHOOK_URL, secrets: [secret] },
    });
  });

  test.each(['http://localhost:8080/hook', 'http://127.0.0.1/hook', 'http://[::1]:1/hook', 'https://a.example/b'])(
    'may go to %s',
    (url) => {
      expect(readConfig({ ...required, ...webhook, BACKSTOP_WEBHOOK_URL: url }).notifications.webhook?.url).toBe(url);
    },
  );

  test('may be signed with two secrets while one is changed', () => {
    const secrets = `${secret}, ${Buffer.alloc(24).toString('base64')}`;

    const { notifications } = readConfig({ ...required, ...webhook, BACKSTOP_WEBHOOK_SECRET: secrets });

    expect(notifications.webhook?.secrets).toHaveLength(2);
  });

  test.each([
    ['BACKSTOP_EVENT_TOPIC', 'http://topic', 'expected an https address'],
    ['BACKSTOP_NOTIFICATIONS', 'VM.Blocked,Everything', 'expected some of VM.Blocked'],
    ['BACKSTOP_NOTIFICATION_OWNER', 'no', 'expected true or false'],
    ['BACKSTOP_EVENT_SOURCE', 'a b', 'expected a URI or a path'],
    ['BACKSTOP_EVENT_SOURCE', '', 'expected a URI or a path'],
    ['DIGEST_SCHEDULE', 'daily', 'expected six fields'],
    ['DIGEST_SCHEDULE', '0 0 6 * * 5-1', ''],
  ])('do not start with %s = %j', (name, value, expected) => {
    expect(messageOf({ ...required, [name]: value })).toContain(`${name} is ${JSON.stringify(value)}: ${expected}`);
  });

  test.each([
    ['BACKSTOP_WEBHOOK_URL', 'http://hooks.example.com/hidden', 'expected an https address'],
    ['BACKSTOP_WEBHOOK_URL', 'http://localhost.example.com/hidden', 'expected an https address'],
    ['BACKSTOP_WEBHOOK_URL', 'https://user:hidden@example.com/', 'without a user and password'],
    ['BACKSTOP_WEBHOOK_URL', 'hidden', 'expected an https address'],
    ['BACKSTOP_WEBHOOK_URL', '', 'expected an https address'],
    ['BACKSTOP_WEBHOOK_SECRET', 'hidden', 'expected base64 of 24 to 64 random bytes'],
    ['BACKSTOP_WEBHOOK_SECRET', `whsec_${Buffer.alloc(23).toString('base64')}`, 'expected base64 of 24'],
    ['BACKSTOP_WEBHOOK_SECRET', Buffer.alloc(65).toString('base64'), 'expected base64 of 24'],
    ['BACKSTOP_WEBHOOK_SECRET', `${secret},${secret},${secret}`, 'expected one secret, or two'],
    ['BACKSTOP_WEBHOOK_SECRET', '', 'expected a secret'],
  ])('do not start with a wrong %s, which is not shown: %j', (name, value, expected) => {
    const message = messageOf({ ...required, ...webhook, [name]: value });

    expect(message).toContain(`${name} is wrong: `);
    expect(message).toContain(expected);
    expect(message).not.toContain('hidden');
    expect(message).not.toContain(secret);
  });

  test('are not sent to a webhook without a secret, nor signed for none', () => {
    expect(messageOf({ ...required, BACKSTOP_WEBHOOK_URL: webhook.BACKSTOP_WEBHOOK_URL })).toContain(
      'BACKSTOP_WEBHOOK_SECRET is not set',
    );
    expect(messageOf({ ...required, BACKSTOP_WEBHOOK_SECRET: secret })).toContain('BACKSTOP_WEBHOOK_URL is not set');
  });

  test('are only noted by the protector, which needs no secret', () => {
    const protector = { BACKSTOP_APP: 'protector', BACKSTOP_PROTECTOR_CLIENT_ID: guid, AZURE_CLIENT_ID: guid };

    const { notifications } = readConfig({
      ...required,
      ...protector,
      BACKSTOP_WEBHOOK_URL: webhook.BACKSTOP_WEBHOOK_URL,
    });

    expect(notifications.webhook).toMatchObject({ secrets: [] });
  });
});

describe('callers are told apart', () => {
  const entra = { ...required, BACKSTOP_AUTH: 'entra', WEBSITE_AUTH_ENABLED: 'True' };

  test('by Entra, once the platform does it', () => {
    expect(readConfig(entra).auth).toEqual({ mode: 'entra' });
  });

  test.each([undefined, 'false', 'False'])('and the app does not start where the platform says %s', (isOn) => {
    expect(messageOf({ ...entra, WEBSITE_AUTH_ENABLED: isOn })).toContain('turn on App Service authentication');
  });

  test('with what each may see', () => {
    const scopes = { 'Backstop.Approver': ['*'], [guid]: [guid.toUpperCase().replace('1', 'A')] };

    expect(readConfig({ ...entra, BACKSTOP_READER_SCOPES: JSON.stringify(scopes) }).auth).toEqual({
      mode: 'entra',
      readerScopes: { 'Backstop.Approver': ['*'], [guid]: [guid.replace('1', 'a')] },
    });
  });

  test.each([
    ['{', 'expected JSON'],
    ['[]', 'expected a JSON object of subscriptions by who may see them'],
    ['{"ada@contoso.com":["*"]}', 'expected object ids of people, apps or groups, or the app roles'],
    [`{"${guid}":"*"}`, 'expected lists of subscription ids'],
    [`{"${guid}":[]}`, 'expected subscriptions'],
    [`{"${guid}":["prod"]}`, 'expected subscription ids, or *'],
  ])('and what each may see makes sense, unlike %s', (text, why) => {
    const message = messageOf({ ...entra, BACKSTOP_READER_SCOPES: text });

    expect(message).toContain('BACKSTOP_READER_SCOPES is');
    expect(message).toContain(why);
  });

  test('and nobody believes that keys tell anybody apart', () => {
    const BACKSTOP_READER_SCOPES = JSON.stringify({ [guid]: [guid] });

    expect(messageOf({ ...required, BACKSTOP_READER_SCOPES })).toContain('but BACKSTOP_AUTH is keys');
  });

  test.each([
    [undefined, 'keys'],
    ['entra', 'entra'],
    ['Entra', 'keys'],
    ['', 'keys'],
  ])('while functions register, by %j as %s: in doubt the key is needed', (value, mode) => {
    expect(readAuthMode({ BACKSTOP_AUTH: value })).toBe(mode);
  });
});
