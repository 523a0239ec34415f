import * as z from 'zod';

import type { JudgementSettings } from './domain/settings.ts';
import type { SweepSettings } from './use-cases/start-sweep.ts';

/** The settings of the service, read once at the start. */
export interface Config {
  readonly storage: { readonly queueServiceUri: string; readonly tableServiceUri: string };
  readonly azure: {
    readonly resourceManager: string;
    readonly audience: string;
    /** Client id of the user-assigned identity, if there is one. */
    readonly clientId?: string;
  };
  readonly managementGroup?: string;
  readonly settleSeconds: number;
  readonly sweep: SweepSettings;
  readonly judgement: JudgementSettings;
}

/** A setting is missing or wrong; the message names it, what was wrong, and an example. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

interface Setting<T> {
  readonly name: string;
  readonly schema: z.ZodType<T>;
  /** Text that holds when the setting is absent; without one the setting is required. */
  readonly fallback?: string;
  readonly optional?: boolean;
  readonly example: string;
}

const hours = z.coerce.number('expected a number of hours').positive('expected more than 0 hours');
const noneOrMoreHours = z.coerce.number('expected a number of hours').min(0, 'expected 0 hours or more');
const count = z.coerce.number('expected a whole number').int('expected a whole number').positive('expected 1 or more');
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
const schedule = z.string().regex(/^\S+(\s+\S+){5}$/, 'expected six fields: second minute hour day month day-of-week');
const environments = z
  .string()
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      context.addIssue('expected JSON');
      return z.NEVER;
    }
  })
  .pipe(
    z.record(z.string(), z.looseObject({ rpoHours: z.number().positive().optional() }), {
      error: 'expected a JSON object of environments with their settings',
    }),
  );

/** Name of the app setting that overrides a setting of the judgement: `rpoHours` is `BACKSTOP_RPO_HOURS`. */
export function judgementSettingName(key: string): string {
  return `BACKSTOP_${key.replaceAll(/([a-z])([A-Z])/g, '$1_$2').toUpperCase()}`;
}

type JudgementTable = {
  readonly [Key in keyof JudgementSettings]: Omit<Setting<JudgementSettings[Key]>, 'name'>;
};

/** Defaults as the catalogue of rules gives them; what it leaves open is our decision. */
const judgement: JudgementTable = {
  rpoHours: { schema: hours, fallback: '24', example: '24' },
  rpoStartWindowHours: { schema: noneOrMoreHours, fallback: '2', example: '2' },
  rpoGraceHoursDaily: { schema: noneOrMoreHours, fallback: '6', example: '6' },
  rpoGraceHoursHourly: { schema: noneOrMoreHours, fallback: '2', example: '2' },
  initialBackupGraceHours: { schema: noneOrMoreHours, fallback: '48', example: '48' },
  allowCrossSubscriptionVaults: { schema: trueOrFalse, fallback: 'false', example: 'true' },
  expectedVaults: { schema: list, fallback: '', example: '/subscriptions/…/vaults/rsv-prod' },
  defaultPolicyName: { schema: z.string().min(1), fallback: 'EnhancedPolicy', example: 'EnhancedPolicy' },
  exclusionTagName: { schema: z.string(), fallback: 'backstop-exclude', example: 'backstop-exclude' },
  exclusionTagValues: { schema: list, fallback: 'true', example: 'true,yes' },
  exclusionUntilTagName: {
    schema: z.string().min(1),
    fallback: 'backstop-exclude-until',
    example: 'backstop-exclude-until',
  },
  environmentTagNames: { schema: list, fallback: 'environment,env', example: 'environment,env' },
  defaultEnvironment: { schema: z.string().min(1), fallback: 'prod', example: 'prod' },
  environments: { schema: environments, fallback: '{}', example: '{"nonprod":{"rpoHours":192}}' },
  endorsedLinuxPublishers: {
    schema: list,
    fallback: 'canonical,redhat,suse,oracle,debian,microsoftcblmariner,almalinux,resf,openlogic',
    example: 'canonical,redhat',
  },
};

const service = {
  queueServiceUri: {
    name: 'AzureWebJobsStorage__queueServiceUri',
    schema: url,
    example: 'https://account.queue.core.windows.net',
  },
  tableServiceUri: {
    name: 'AzureWebJobsStorage__tableServiceUri',
    schema: url,
    example: 'https://account.table.core.windows.net',
  },
  resourceManager: {
    name: 'BACKSTOP_RESOURCE_MANAGER',
    schema: url,
    fallback: 'https://management.azure.com',
    example: 'https://management.usgovcloudapi.net',
  },
  audience: {
    name: 'BACKSTOP_RESOURCE_MANAGER_AUDIENCE',
    schema: url,
    fallback: 'https://management.azure.com',
    example: 'https://management.usgovcloudapi.net',
  },
  clientId: { name: 'AZURE_CLIENT_ID', schema: z.guid('expected a GUID'), optional: true, example: 'a GUID' },
  managementGroup: {
    name: 'BACKSTOP_MANAGEMENT_GROUP',
    schema: z.string().regex(/^[\w().-]{1,90}$/, 'expected the id of a management group'),
    optional: true,
    example: 'mg-corp',
  },
  subscriptions: { name: 'BACKSTOP_SUBSCRIPTIONS', schema: subscriptionIds, fallback: '', example: 'two GUIDs' },
  settleSeconds: {
    name: 'BACKSTOP_SETTLE_SECONDS',
    schema: z.coerce.number('expected seconds').int('expected whole seconds').min(0).max(3600),
    fallback: '20',
    example: '20',
  },
  shardVms: { name: 'BACKSTOP_SHARD_VMS', schema: count, fallback: '1000', example: '1000' },
  takeOverMinutes: { name: 'BACKSTOP_SWEEP_TAKE_OVER_MINUTES', schema: count, fallback: '180', example: '180' },
  sweepSchedule: { name: 'SWEEP_SCHEDULE', schema: schedule, fallback: '0 30 1 * * *', example: '0 30 1 * * *' },
} satisfies Record<string, Setting<unknown>>;

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads one setting; what is wrong with it goes to `problems`. */
function readSetting<T>(setting: Setting<T>, environment: Environment, problems: string[]): T | undefined {
  const text = environment[setting.name] ?? setting.fallback;
  if (text === undefined) {
    if (!setting.optional) {
      problems.push(`${setting.name} is not set; for example ${setting.example}.`);
    }
    return undefined;
  }
  const parsed = setting.schema.safeParse(text);
  if (!parsed.success) {
    const why = [...new Set(parsed.error.issues.map((issue) => issue.message))].join('; ');
    problems.push(`${setting.name} is ${JSON.stringify(text)}: ${why}; for example ${setting.example}.`);
    return undefined;
  }
  return parsed.data;
}

function readAll<T extends Readonly<Record<string, Setting<unknown>>>>(
  table: T,
  environment: Environment,
  problems: string[],
): { readonly [Key in keyof T]: T[Key] extends Setting<infer Value> ? Value : never } {
  const values = Object.entries(table).map(([key, setting]) => [key, readSetting(setting, environment, problems)]);
  return Object.fromEntries(values);
}

/** The settings from the environment; throws `SettingsError` naming every setting that is missing or wrong. */
export function readConfig(environment: Environment = process.env): Config {
  const problems: string[] = [];
  const own = readAll(service, environment, problems);
  const named = Object.fromEntries(
    Object.entries(judgement).map(([key, setting]) => [key, { ...setting, name: judgementSettingName(key) }]),
  );
  const judged = readAll(named, environment, problems) as unknown as JudgementSettings;
  if (problems.length > 0) {
    throw new SettingsError(`Backstop cannot start, its settings are wrong:\n  ${problems.join('\n  ')}`);
  }
  const { clientId, managementGroup, subscriptions, shardVms, takeOverMinutes } = own;
  return {
    storage: { queueServiceUri: own.queueServiceUri, tableServiceUri: own.tableServiceUri },
    azure: {
      resourceManager: own.resourceManager,
      audience: own.audience,
      ...(clientId ? { clientId } : {}),
    },
    ...(managementGroup ? { managementGroup } : {}),
    settleSeconds: own.settleSeconds,
    sweep: { subscriptions, shardVms, takeOverMinutes },
    judgement: judged,
  };
}
