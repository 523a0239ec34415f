import * as z from 'zod';

import { type ReaderScopes, roles } from './domain/caller.ts';
import { type NotificationKind, notificationKinds, usualKinds } from './domain/notification.ts';
import type { EnvironmentSettings, JudgementSettings } from './domain/settings.ts';
import {
  backupAgents,
  confidentialRegions,
  diskLimits,
  endorsedLinux,
  supportedAgents,
} from './domain/support-list.ts';

/** An app setting: how it is read, what holds without it, and what it means. */
export interface Setting<T> {
  readonly name: string;
  readonly meaning: string;
  readonly schema: z.ZodType<T>;
  /** Text that holds when the setting is absent; without one the setting is required. */
  readonly fallback?: string;
  readonly optional?: boolean;
  readonly example: string;
  /** Its value is never shown, not even where it is wrong. */
  readonly isSecret?: boolean;
}

/** Coercing would read an empty setting as 0. */
const decimal = (expected: string) =>
  z
    .string()
    .regex(/^\s*-?\d+(\.\d+)?\s*$/, expected)
    .transform(Number);

const hours = decimal('expected a number of hours').pipe(z.number().positive('expected more than 0 hours'));
const noneOrMoreHours = decimal('expected a number of hours').pipe(z.number().min(0, 'expected 0 hours or more'));
const count = decimal('expected a whole number').pipe(
  z.number().int('expected a whole number').positive('expected 1 or more'),
);
const trueOrFalse = z.enum(['true', 'false'], 'expected true or false').transform((text) => text === 'true');
const url = z
  .url({ protocol: /^https$/, error: 'expected an https address' })
  .transform((text) => text.replace(/\/$/, ''));
const list = z.string().transform((text) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== ''),
);
const subscriptionIds = list.pipe(
  z.array(z.guid('expected subscription ids (GUIDs), separated by commas').transform((id) => id.toLowerCase())),
);
/** The fields of a schedule: the smallest and largest number of each, and what stands for numbers. */
const scheduleFields = [
  { from: 0, to: 59 },
  { from: 0, to: 59 },
  { from: 0, to: 23 },
  { from: 1, to: 31 },
  { from: 1, to: 12, names: 'jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec' },
  { from: 0, to: 6, names: 'sun|mon|tue|wed|thu|fri|sat' },
];

/** Numbers, names, ranges, steps and lists, as NCRONTAB has them. The host would only leave the timer out. */
function isScheduleField(field: string, { from, to, names }: (typeof scheduleFields)[number]): boolean {
  const value = names ? `(\\d+|${names})` : '\\d+';
  const isItem = new RegExp(`^(\\*|${value}(-${value})?)(/[1-9]\\d*)?$`, 'i');
  const numbers = (field.match(/\d+/g) ?? []).map(Number);
  return field.split(',').every((item) => isItem.test(item)) && numbers.every((each) => each >= from && each <= to);
}

const schedule = z
  .string()
  .regex(/^\S+(\s+\S+){5}$/, 'expected six fields: second minute hour day month day-of-week')
  .refine((text) => {
    const fields = text.split(/\s+/);
    return scheduleFields.every((limits, place) => isScheduleField(fields[place] ?? '', limits));
  }, 'expected numbers, ranges (1-5), steps (*/10) and lists (0,30) in each field');

/** JSON of a shape; `expected` is what the message says. */
function json<T>(shape: z.ZodType<T>): z.ZodType<T> {
  return z
    .string()
    .transform((text, context) => {
      try {
        return JSON.parse(text) as unknown;
      } catch {
        context.addIssue('expected JSON');
        return z.NEVER;
      }
    })
    .pipe(shape);
}

const days = z.number('expected days').int('expected whole days').min(0, 'expected 0 days or more');
const immutability = z.enum(['Disabled', 'Unlocked', 'Locked'], 'expected Disabled, Unlocked or Locked');
/** A setting that no environment knows is a misspelt one. */
const environmentSettings: z.ZodType<EnvironmentSettings> = z.strictObject(
  {
    rpoHours: z.number().positive().optional(),
    minRetentionDays: days.optional(),
    minSoftDeleteDays: days.optional(),
    minInstantRestoreDays: days.optional(),
    allowedRedundancy: z.array(z.string()).optional(),
    requireCrossRegionRestore: z.boolean().optional(),
    requireZoneRestore: z.boolean().optional(),
    minImmutability: immutability.optional(),
  },
  {
    error: (issue) =>
      issue.code === 'unrecognized_keys' ? `no environment has a setting ${issue.keys.join(', ')}` : undefined,
  },
);
const environments = json(
  z.record(z.string(), environmentSettings, { error: 'expected a JSON object of environments with their settings' }),
);
const namesByRegion = json(z.record(z.string(), z.string(), { error: 'expected a JSON object of names by region' }));
const appRoles = roles.map((role) => `Backstop.${role}`);
const isGuid = (text: string) => z.guid().safeParse(text).success;
/** An app role as the app registration names it, or a GUID: of a person, an app or a group. */
const namedInToken = z
  .string()
  .refine(
    (text) => isGuid(text) || appRoles.includes(text),
    `expected object ids of people, apps or groups, or the app roles ${appRoles.join(', ')}`,
  );
const visible = z
  .string()
  .toLowerCase()
  .refine((text) => isGuid(text) || text === '*', 'expected subscription ids, or *');
const readerScopes: z.ZodType<ReaderScopes> = json(
  z.record(
    namedInToken,
    z.array(visible, { error: 'expected lists of subscription ids' }).min(1, 'expected subscriptions'),
    {
      error: (issue) =>
        issue.code === 'invalid_key'
          ? issue.issues.map(({ message }) => message).join('; ')
          : 'expected a JSON object of subscriptions by who may see them',
    },
  ),
);
const wholeDays = decimal('expected a number of days').pipe(days);
const version = z.string().regex(/^\d+(\.\d+)+$/, 'expected a version such as 2.7.41491.1010');

/** Name of the app setting that overrides a setting of the judgement: `rpoHours` is `BACKSTOP_RPO_HOURS`. */
export function judgementSettingName(key: string): string {
  return `BACKSTOP_${key.replaceAll(/([a-z])([A-Z])/g, '$1_$2').toUpperCase()}`;
}

/** The settings that stand in the table below; the rules of engagement are a document of their own. */
type Tabled = Omit<JudgementSettings, 'engagement'>;

type JudgementTable = {
  readonly [Key in keyof Tabled]: Omit<Setting<JudgementSettings[Key]>, 'name'>;
};

/** Defaults as the catalogue of rules gives them; what it leaves open is our decision. */
const judgementByKey: JudgementTable = {
  rpoHours: {
    meaning:
      'Company RPO in hours of the default environment; shortens the limit of `health-rpo` where the gap of the policy is longer.',
    schema: hours,
    fallback: '24',
    example: '24',
  },
  rpoStartWindowHours: {
    meaning:
      'Hours within which a scheduled run starts; part of the limits of `health-rpo` and `health-initial-backup`.',
    schema: noneOrMoreHours,
    fallback: '2',
    example: '2',
  },
  rpoGraceHoursDaily: {
    meaning: 'Grace of `health-rpo` in hours for daily and weekly policies.',
    schema: noneOrMoreHours,
    fallback: '6',
    example: '6',
  },
  rpoGraceHoursHourly: {
    meaning: 'Grace of `health-rpo` in hours for hourly policies.',
    schema: noneOrMoreHours,
    fallback: '2',
    example: '2',
  },
  initialBackupGraceHours: {
    meaning: 'Grace of `health-initial-backup` in hours.',
    schema: noneOrMoreHours,
    fallback: '48',
    example: '48',
  },
  minRetentionDays: {
    meaning: 'Fewest days for which a policy keeps its points; weeks of a weekly policy count seven days.',
    schema: wholeDays,
    fallback: '30',
    example: '30',
  },
  minInstantRestoreDays: {
    meaning: 'Days for which snapshots should stay for an instant restore; 0 = no wish.',
    schema: wholeDays,
    fallback: '0',
    example: '2',
  },
  minSoftDeleteDays: {
    meaning: 'Fewest days for which a vault keeps what was deleted.',
    schema: wholeDays,
    fallback: '14',
    example: '14',
  },
  allowedRedundancy: {
    meaning: 'Allowed redundancies of a vault in use, separated by commas.',
    schema: list,
    fallback: 'GeoRedundant,ZoneRedundant',
    example: 'GeoRedundant',
  },
  requireCrossRegionRestore: {
    meaning: 'Whether geo-redundant vaults must be able to restore in the paired region.',
    schema: trueOrFalse,
    fallback: 'false',
    example: 'true',
  },
  requireZoneRestore: {
    meaning: 'Whether VMs in an availability zone need a vault that restores into another zone.',
    schema: trueOrFalse,
    fallback: 'false',
    example: 'true',
  },
  minImmutability: {
    meaning: 'Least immutability of a vault in use: Disabled, Unlocked or Locked.',
    schema: immutability,
    fallback: 'Disabled',
    example: 'Unlocked',
  },
  maxDataDisks: {
    meaning: 'Most data disks of a VM that Azure Backup takes.',
    schema: count,
    fallback: String(diskLimits.dataDisks),
    example: '32',
  },
  minWindowsAgent: {
    meaning: 'Oldest Windows agent that Microsoft supports.',
    schema: version,
    fallback: supportedAgents.windows,
    example: '2.7.41491.1010',
  },
  minWindowsAgentForBackup: {
    meaning: 'Oldest Windows agent that backup works with.',
    schema: version,
    fallback: backupAgents.windows,
    example: '2.6.1198.718',
  },
  minLinuxAgent: {
    meaning: 'Oldest Linux agent that Microsoft supports.',
    schema: version,
    fallback: supportedAgents.linux,
    example: '2.2.53.1',
  },
  autoEnable: {
    meaning:
      'Whether the rules ask this app for the rights to enable protection. The protector has its own; leave it off beside one.',
    schema: trueOrFalse,
    fallback: 'false',
    example: 'true',
  },
  backupApiVersion: {
    meaning: 'The api-version with which protection is enabled.',
    schema: z.string().regex(/^\d{4}-\d{2}-\d{2}(-preview)?$/, 'expected an api-version'),
    fallback: '2023-06-01',
    example: '2025-02-01',
  },
  confidentialVmRegions: {
    meaning: 'Regions in which Confidential VMs can be backed up (preview list of January 2026), separated by commas.',
    schema: list,
    fallback: confidentialRegions.regions.join(','),
    example: 'uaenorth,uksouth',
  },
  backupManagementServiceObjectId: {
    meaning:
      'Object id of Backup Management Service in this tenant, as key vaults know it; without it the access to keys of encrypted disks cannot be told.',
    schema: z.guid('expected a GUID').transform((id): string | undefined => id.toLowerCase()),
    optional: true,
    example: '11111111-2222-3333-4444-555555555555',
  },
  createVaults: {
    meaning: 'Whether the service creates a vault where a region has none.',
    schema: trueOrFalse,
    fallback: 'false',
    example: 'true',
  },
  newVaultNames: {
    meaning: 'Per region the name of the vault that it would create, as JSON.',
    schema: namesByRegion,
    fallback: '{}',
    example: '{"westeurope":"rsv-prod-weu-01"}',
  },
  allowCrossSubscriptionVaults: {
    meaning: 'Whether a vault of another subscription (same tenant, same region) may be used.',
    schema: trueOrFalse,
    fallback: 'false',
    example: 'true',
  },
  expectedVaults: {
    meaning: 'Ids of the vaults in which items are expected, separated by commas; empty = every vault.',
    schema: list,
    fallback: '',
    example: '/subscriptions/…/vaults/rsv-prod',
  },
  defaultPolicyName: {
    meaning: 'Policy that a VM without an item would get, by its name in the vault that would be used.',
    schema: z.string().min(1),
    fallback: 'EnhancedPolicy',
    example: 'EnhancedPolicy',
  },
  exclusionTagName: {
    meaning: 'Tag that exempts a VM; empty = nobody is exempt.',
    schema: z.string(),
    fallback: 'backstop-exclude',
    example: 'backstop-exclude',
  },
  exclusionTagValues: {
    meaning: 'Values of that tag that exempt, separated by commas; empty = nobody is exempt.',
    schema: list,
    fallback: 'true',
    example: 'true,yes',
  },
  exclusionUntilTagName: {
    meaning: 'Tag with the last day of the exemption, `YYYY-MM-DD`, in UTC.',
    schema: z.string().min(1),
    fallback: 'backstop-exclude-until',
    example: 'backstop-exclude-until',
  },
  environmentTagNames: {
    meaning: 'Tags read on VM, resource group, subscription for the environment; the first wins.',
    schema: list,
    fallback: 'environment,env',
    example: 'environment,env',
  },
  defaultEnvironment: {
    meaning: 'Environment of a VM without such a tag.',
    schema: z.string().min(1),
    fallback: 'prod',
    example: 'prod',
  },
  environments: {
    meaning:
      'Per environment the settings that differ, as JSON: `rpoHours`, `minRetentionDays`, `minSoftDeleteDays`, `minInstantRestoreDays`, `allowedRedundancy`, `requireCrossRegionRestore`, `requireZoneRestore`, `minImmutability`.',
    schema: environments,
    fallback: '{}',
    example: '{"nonprod":{"rpoHours":192}}',
  },
  domainControllerTagName: {
    meaning: 'Tag that marks a domain controller.',
    schema: z.string().min(1),
    fallback: 'role',
    example: 'role',
  },
  domainControllerTagValue: {
    meaning: 'Value of that tag.',
    schema: z.string().min(1),
    fallback: 'domain-controller',
    example: 'domain-controller',
  },
  dataLocationTagName: {
    meaning:
      'Tag with which a VM declares where its data lies: `local`, or `network` for shares that VM backup does not contain.',
    schema: z.string().min(1),
    fallback: 'backstop:data-location',
    example: 'backstop:data-location',
  },
  proxyTagName: {
    meaning: 'Tag with which a VM declares its proxy; `authenticated` is a kind that backup does not support.',
    schema: z.string().min(1),
    fallback: 'backstop:proxy',
    example: 'backstop:proxy',
  },
  exemptLunsTagName: {
    meaning: 'Tag of a VM with the LUNs that may be left out of its backup, separated by commas.',
    schema: z.string().min(1),
    fallback: 'backstop-exempt-luns',
    example: 'backstop-exempt-luns',
  },
  endorsedLinuxPublishers: {
    meaning:
      'Image publishers of endorsed Linux distributions, separated by commas, compared without case (the list itself is unconfirmed).',
    schema: list,
    fallback: endorsedLinux.publishers.join(','),
    example: 'canonical,redhat',
  },
};

/** Bytes of a secret, as Standard Webhooks wants it. */
const secretBytes = { least: 24, most: 64 };

function isWebhookSecret(text: string): boolean {
  const base64 = text.replace(/^whsec_/, '');
  const bytes = (base64.replace(/=+$/, '').length * 3) / 4;
  const isBase64 = /^[A-Za-z0-9+/]+={0,2}$/.test(base64);
  return isBase64 && bytes >= secretBytes.least && bytes < secretBytes.most + 1;
}

const webhookSecrets = list.pipe(
  z
    .array(
      z
        .string()
        .refine(
          isWebhookSecret,
          `expected base64 of ${secretBytes.least} to ${secretBytes.most} random bytes, with or without whsec_ before it`,
        ),
    )
    .min(1, 'expected a secret')
    .max(2, 'expected one secret, or two while it is changed'),
);

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

function isWebhookUrl(text: string): boolean {
  if (!URL.canParse(text)) {
    return false;
  }
  const { protocol, hostname, username, password } = new URL(text);
  const isSafe = protocol === 'https:' || (protocol === 'http:' && loopback.test(hostname));
  return isSafe && username === '' && password === '';
}

const kinds = list.pipe(
  z
    .array(z.enum(notificationKinds, `expected some of ${notificationKinds.join(', ')}`))
    .transform((all): readonly NotificationKind[] => all),
);

/** Settings of the service itself. */
export const serviceSettings = {
  blobServiceUri: {
    meaning: 'Blob service of the storage account (identity-based connection).',
    name: 'AzureWebJobsStorage__blobServiceUri',
    schema: url,
    example: 'https://account.blob.core.windows.net',
  },
  queueServiceUri: {
    meaning: 'Queue service of the storage account (identity-based connection).',
    name: 'AzureWebJobsStorage__queueServiceUri',
    schema: url,
    example: 'https://account.queue.core.windows.net',
  },
  tableServiceUri: {
    meaning: 'Table service of the storage account (identity-based connection).',
    name: 'AzureWebJobsStorage__tableServiceUri',
    schema: url,
    example: 'https://account.table.core.windows.net',
  },
  resourceManager: {
    meaning: 'Address of the resource manager; another one in a sovereign cloud.',
    name: 'BACKSTOP_RESOURCE_MANAGER',
    schema: url,
    fallback: 'https://management.azure.com',
    example: 'https://management.usgovcloudapi.net',
  },
  audience: {
    meaning: 'Audience of the tokens for it.',
    name: 'BACKSTOP_RESOURCE_MANAGER_AUDIENCE',
    schema: url,
    fallback: 'https://management.azure.com',
    example: 'https://management.usgovcloudapi.net',
  },
  clientId: {
    meaning: 'Client id of the user-assigned identity; absent = the system-assigned one.',
    name: 'AZURE_CLIENT_ID',
    schema: z.guid('expected a GUID'),
    optional: true,
    example: '11111111-2222-3333-4444-555555555555',
  },
  managementGroup: {
    meaning: 'Management group that is swept; absent = everything that may be read.',
    name: 'BACKSTOP_MANAGEMENT_GROUP',
    schema: z.string().regex(/^[\w().-]{1,90}$/, 'expected the id of a management group'),
    optional: true,
    example: 'mg-corp',
  },
  app: {
    meaning:
      'Which of the two apps this is: the evaluator reads and judges, the protector carries out plans and does nothing else.',
    name: 'BACKSTOP_APP',
    schema: z.enum(['evaluator', 'protector'], 'expected evaluator or protector'),
    fallback: 'evaluator',
    example: 'protector',
  },
  protectorClientId: {
    meaning:
      'Client id of the identity that may enable protection. The protector starts under no other, the evaluator never under it.',
    name: 'BACKSTOP_PROTECTOR_CLIENT_ID',
    schema: z.guid('expected a GUID').transform((id) => id.toLowerCase()),
    optional: true,
    example: '11111111-2222-3333-4444-555555555555',
  },
  subscriptions: {
    meaning: 'Subscriptions that are swept, separated by commas; wins over the management group.',
    name: 'BACKSTOP_SUBSCRIPTIONS',
    schema: subscriptionIds.refine((ids) => ids.length > 0, 'expected at least one subscription id'),
    optional: true,
    example: '11111111-2222-3333-4444-555555555555,66666666-7777-8888-9999-000000000000',
  },
  settleSeconds: {
    meaning: 'Seconds between the event of a written VM and its judgement.',
    name: 'BACKSTOP_SETTLE_SECONDS',
    schema: decimal('expected seconds').pipe(
      z.number().int('expected whole seconds').min(0, 'expected 0 or more').max(3600, 'expected 3600 or less'),
    ),
    fallback: '20',
    example: '20',
  },
  shardVms: {
    meaning: 'VMs that one shard of a sweep should hold; a larger subscription is one shard, read page by page.',
    name: 'BACKSTOP_SHARD_VMS',
    schema: count,
    fallback: '4000',
    example: '4000',
  },
  looksPerRun: {
    meaning: 'VMs that one sweep may read singly, for their agents; what is left waits for the next one.',
    name: 'BACKSTOP_LOOKS_PER_RUN',
    schema: count,
    fallback: '5000',
    example: '5000',
  },
  reportRows: {
    meaning: 'VMs of a report that is answered at once; one of more is made as an export, which is fetched later.',
    name: 'BACKSTOP_REPORT_ROWS',
    schema: count,
    fallback: '5000',
    example: '5000',
  },
  exemptionMaxDays: {
    meaning: 'Most days from now to the end of an exemption in the register.',
    name: 'BACKSTOP_EXEMPTION_MAX_DAYS',
    schema: count,
    fallback: '365',
    example: '180',
  },
  exemptionNoticeDays: {
    meaning: 'Days before its end from which an exemption is announced as expiring.',
    name: 'BACKSTOP_EXEMPTION_NOTICE_DAYS',
    schema: count,
    fallback: '14',
    example: '14',
  },
  takeOverMinutes: {
    meaning: 'Minutes after which a sweep without an end is taken over.',
    name: 'BACKSTOP_SWEEP_TAKE_OVER_MINUTES',
    schema: count,
    fallback: '180',
    example: '180',
  },
  evidence: {
    meaning: 'Whether a snapshot of the evidence is written to the container `evidence` every day.',
    name: 'BACKSTOP_EVIDENCE',
    schema: trueOrFalse,
    fallback: 'true',
    example: 'false',
  },
  evidenceDays: {
    meaning:
      'Days for which snapshots of the evidence are kept; 0 = for ever. What an immutability policy holds stays for as long as that says.',
    name: 'BACKSTOP_EVIDENCE_DAYS',
    schema: wholeDays,
    fallback: '400',
    example: '2555',
  },
  auth: {
    meaning:
      'Who is answered over HTTP: `keys` = whoever has a function key, for a lab; `entra` = whom App Service authentication names, by app role.',
    name: 'BACKSTOP_AUTH',
    schema: z.enum(['keys', 'entra'], 'expected keys or entra'),
    fallback: 'keys',
    example: 'entra',
  },
  isPlatformAuthOn: {
    meaning:
      'Whether App Service authentication is on. The platform sets it; with `entra` the app does not start without.',
    name: 'WEBSITE_AUTH_ENABLED',
    schema: z
      .string()
      .regex(/^(true|false)$/i, 'expected true or false')
      .transform((text) => text.toLowerCase() === 'true'),
    fallback: 'false',
    example: 'true',
  },
  readerScopes: {
    meaning:
      'Subscriptions that callers may see, by their object id, a group or an app role; `*` is all of them. Everything that names a caller adds to it, and who is not named sees nothing. Absent: every role sees everything. Only with `entra`.',
    name: 'BACKSTOP_READER_SCOPES',
    schema: readerScopes,
    optional: true,
    example:
      '{"Backstop.Approver":["*"],"11111111-2222-3333-4444-555555555555":["66666666-7777-8888-9999-000000000000"]}',
  },
  sweepSchedule: {
    meaning:
      'When sweeps start, in UTC: second minute hour day month day-of-week. The Functions host reads it too, so it has no default.',
    name: 'SWEEP_SCHEDULE',
    schema: schedule,
    example: '0 30 1 * * *',
  },
  changesSchedule: {
    meaning:
      'When runs about changes start, in UTC, likewise: VMs that changed, or around which something did, are judged between sweeps.',
    name: 'CHANGES_SCHEDULE',
    schema: schedule,
    example: '0 15 * * * *',
  },
  eventTopic: {
    meaning:
      'Address of a custom Event Grid topic (input schema CloudEvents 1.0) that changes are announced to; absent = none. The protector needs it too.',
    name: 'BACKSTOP_EVENT_TOPIC',
    schema: url,
    optional: true,
    example: 'https://backstop.westeurope-1.eventgrid.azure.net/api/events',
  },
  webhookUrl: {
    meaning:
      'Address of a webhook that changes are announced to: https, or http on this machine; absent = none. The protector needs it too.',
    name: 'BACKSTOP_WEBHOOK_URL',
    schema: z
      .string()
      .refine(isWebhookUrl, 'expected an https address (http only on this machine), without a user and password'),
    optional: true,
    isSecret: true,
    example: 'https://hooks.example.com/backstop',
  },
  webhookSecrets: {
    meaning:
      'Secret that requests to the webhook are signed with (Standard Webhooks); two, separated by a comma, while it is changed. Better a Key Vault reference. Only the evaluator needs it.',
    name: 'BACKSTOP_WEBHOOK_SECRET',
    schema: webhookSecrets,
    optional: true,
    isSecret: true,
    example: 'whsec_ with the output of: openssl rand -base64 32',
  },
  notificationKinds: {
    meaning: 'What is announced, separated by commas; `docs/notifications.md` says what each kind is.',
    name: 'BACKSTOP_NOTIFICATIONS',
    schema: kinds,
    fallback: usualKinds.join(','),
    example: 'VM.Blocked,VM.AtRisk,Digest',
  },
  notificationOwner: {
    meaning: 'Whether notifications tell the owner tag of a VM and the owner of an exemption, which may name people.',
    name: 'BACKSTOP_NOTIFICATION_OWNER',
    schema: trueOrFalse,
    fallback: 'true',
    example: 'false',
  },
  eventSource: {
    meaning: '`source` of the CloudEvents; another one for each deployment that announces to the same receiver.',
    name: 'BACKSTOP_EVENT_SOURCE',
    schema: z.string().regex(/^[\w/:.~-]{1,200}$/, 'expected a URI or a path, such as /backstop/prod'),
    fallback: '/backstop',
    example: '/backstop/prod',
  },
  digestSchedule: {
    meaning: 'From when on the daily digest is due, in UTC: six fields as above. It is looked at every 15 minutes.',
    name: 'DIGEST_SCHEDULE',
    schema: schedule,
    fallback: '0 0 6 * * *',
    example: '0 30 5 * * 1-5',
  },
} satisfies Record<string, Setting<unknown>>;

type Named = { readonly [Key in keyof Tabled]: Setting<JudgementSettings[Key]> };

/** Settings of the judgement with the names of their app settings. */
export const judgementSettings = Object.fromEntries(
  Object.entries(judgementByKey).map(([key, setting]) => [key, { ...setting, name: judgementSettingName(key) }]),
) as Named;
