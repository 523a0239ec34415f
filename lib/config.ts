import { judgementSettings, type Setting, serviceSettings } from './app-settings.ts';
import type { ReaderScopes } from './domain/caller.ts';
import type { Engagement } from './domain/engagement.ts';
import type { JudgementSettings } from './domain/settings.ts';
import { engagementFile, engagementSetting, parseEngagement, readEngagementFile } from './engagement-file.ts';
import { problemOfSchedule } from './use-cases/digest-schedule.ts';
import type { NotificationSettings } from './use-cases/notification-ports.ts';
import type { SweepSettings } from './use-cases/plan-sweep.ts';
import type { ExemptionSettings } from './use-cases/register-exemption.ts';
import type { EvidenceSettings } from './use-cases/take-snapshot.ts';

/** How callers are told apart: not at all beyond a function key, or by App Service authentication. */
export type Auth = { readonly mode: 'keys' } | { readonly mode: 'entra'; readonly readerScopes?: ReaderScopes };

/** The settings of the service, read once at the start. */
export interface Config {
  readonly storage: {
    readonly blobServiceUri: string;
    readonly queueServiceUri: string;
    readonly tableServiceUri: string;
  };
  readonly azure: {
    readonly resourceManager: string;
    readonly audience: string;
    /** Client id of the user-assigned identity, if there is one. */
    readonly clientId?: string;
  };
  readonly managementGroup?: string;
  /** Which of the two apps this is; only the protector changes Azure. */
  readonly app: 'evaluator' | 'protector';
  readonly auth: Auth;
  readonly settleSeconds: number;
  readonly sweep: SweepSettings;
  readonly exemptions: ExemptionSettings;
  readonly evidence: EvidenceSettings;
  /** VMs of a report that is answered at once. */
  readonly reportRows: number;
  readonly judgement: JudgementSettings;
  readonly notifications: NotificationSettings;
}

/** A setting is missing or wrong; the message names it, what was wrong, and an example. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

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
    const value = setting.isSecret ? 'wrong' : JSON.stringify(text);
    problems.push(`${setting.name} is ${value}: ${why}; for example ${setting.example}.`);
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

/** The rules of engagement, from the setting or else the file. */
function readEngagement(environment: Environment, file: string | undefined, problems: string[]): Engagement {
  const setting = environment[engagementSetting];
  return parseEngagement(setting ?? file, setting === undefined ? engagementFile : engagementSetting, problems);
}

/** Each app has its own identity: one that may change Azure is never that of the app that reads events and requests. */
function identityProblems({ app, clientId, protectorClientId }: IdentitySettings): readonly string[] {
  const isProtectors = clientId !== undefined && clientId.toLowerCase() === protectorClientId;
  if (app === 'protector' && !isProtectors) {
    return ['AZURE_CLIENT_ID is not BACKSTOP_PROTECTOR_CLIENT_ID: the protector starts only under its own identity.'];
  }
  return app === 'evaluator' && isProtectors
    ? [
        'AZURE_CLIENT_ID is BACKSTOP_PROTECTOR_CLIENT_ID: the evaluator does not start under the identity that may change Azure.',
      ]
    : [];
}

/** The settings of notifications as they were read; undefined where one was not set, or wrong. */
interface ReadNotificationSettings {
  readonly app?: 'evaluator' | 'protector';
  readonly eventTopic?: string | undefined;
  readonly webhookUrl?: string | undefined;
  readonly webhookSecrets?: readonly string[] | undefined;
  readonly digestSchedule?: string;
}

/** What does not fit together. Nothing is sent without a signature. */
function notificationProblems(own: ReadNotificationSettings, environment: Environment): readonly string[] {
  const { app, webhookUrl, digestSchedule } = own;
  const isSecretSet = environment[serviceSettings.webhookSecrets.name] !== undefined;
  const why = digestSchedule === undefined ? undefined : problemOfSchedule(digestSchedule);
  return [
    ...(webhookUrl && !isSecretSet && app === 'evaluator'
      ? ['BACKSTOP_WEBHOOK_SECRET is not set: requests to BACKSTOP_WEBHOOK_URL are signed with it.']
      : []),
    ...(isSecretSet && environment[serviceSettings.webhookUrl.name] === undefined
      ? ['BACKSTOP_WEBHOOK_URL is not set: BACKSTOP_WEBHOOK_SECRET signs nothing without it.']
      : []),
    ...(why ? [`DIGEST_SCHEDULE is ${JSON.stringify(digestSchedule)}: ${why}; for example 0 0 6 * * *.`] : []),
  ];
}

/** A header that names the caller can be believed only where the platform takes it from everybody else. */
function authProblems({ auth, isPlatformAuthOn, readerScopes }: AuthSettings): readonly string[] {
  if (auth === 'entra' && isPlatformAuthOn === false) {
    return [
      'BACKSTOP_AUTH is entra, but WEBSITE_AUTH_ENABLED is not true: turn on App Service authentication for this app, or everybody could say who they are.',
    ];
  }
  return auth === 'keys' && readerScopes
    ? ['BACKSTOP_READER_SCOPES is set, but BACKSTOP_AUTH is keys: whoever has a key sees everything; set it to entra.']
    : [];
}

interface AuthSettings {
  readonly auth?: Auth['mode'];
  readonly isPlatformAuthOn?: boolean;
  readonly readerScopes?: ReaderScopes | undefined;
}

function authOf({ auth, readerScopes }: AuthSettings): Auth {
  return auth === 'entra' ? { mode: 'entra', ...(readerScopes ? { readerScopes } : {}) } : { mode: 'keys' };
}

/**
 * How callers are told apart, asked while functions are being registered: a wrong setting ends the start a little later, and must
 * not keep them from that. Until then the key is needed.
 */
export function readAuthMode(environment: Environment = process.env): Auth['mode'] {
  return environment[serviceSettings.auth.name] === 'entra' ? 'entra' : 'keys';
}

/** What tells whether an app runs under the identity that is meant for it; undefined where it was not set, or wrong. */
interface IdentitySettings {
  readonly app?: 'evaluator' | 'protector';
  readonly clientId?: string | undefined;
  readonly protectorClientId?: string | undefined;
}

/**
 * The settings from the environment and `backstop.json` (`file`: its text); throws `SettingsError` naming everything that is
 * missing or wrong.
 */
export function readConfig(
  environment: Environment = process.env,
  file: string | undefined = readEngagementFile(),
): Config {
  const problems: string[] = [];
  const own = readAll(serviceSettings, environment, problems);
  const engagement = readEngagement(environment, file, problems);
  const judgement = { ...readAll(judgementSettings, environment, problems), engagement };
  problems.push(...identityProblems(own), ...authProblems(own), ...notificationProblems(own, environment));
  if (problems.length > 0) {
    throw new SettingsError(`Backstop cannot start, its settings are wrong:\n  ${problems.join('\n  ')}`);
  }
  const { clientId, managementGroup, subscriptions = [], shardVms, takeOverMinutes, looksPerRun } = own;
  return {
    storage: {
      blobServiceUri: own.blobServiceUri,
      queueServiceUri: own.queueServiceUri,
      tableServiceUri: own.tableServiceUri,
    },
    azure: {
      resourceManager: own.resourceManager,
      audience: own.audience,
      ...(clientId ? { clientId } : {}),
    },
    ...(managementGroup ? { managementGroup } : {}),
    app: own.app,
    auth: authOf(own),
    settleSeconds: own.settleSeconds,
    sweep: {
      subscriptions,
      shardVms,
      takeOverMinutes,
      looksPerRun,
      ...(managementGroup ? { managementGroup } : {}),
    },
    evidence: { isOn: own.evidence, keptDays: own.evidenceDays },
    reportRows: own.reportRows,
    exemptions: { maxDays: own.exemptionMaxDays, noticeDays: own.exemptionNoticeDays },
    judgement,
    notifications: {
      ...(own.eventTopic ? { topic: own.eventTopic } : {}),
      ...(own.webhookUrl ? { webhook: { url: own.webhookUrl, secrets: own.webhookSecrets ?? [] } } : {}),
      kinds: own.notificationKinds,
      withOwner: own.notificationOwner,
      source: own.eventSource,
      digestSchedule: own.digestSchedule,
    },
  };
}
