import { judgementSettings, type Setting, serviceSettings } from './app-settings.ts';
import type { JudgementSettings } from './domain/settings.ts';
import type { SweepSettings } from './use-cases/plan-sweep.ts';

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
  const own = readAll(serviceSettings, environment, problems);
  const judgement: JudgementSettings = readAll(judgementSettings, environment, problems);
  if (problems.length > 0) {
    throw new SettingsError(`Backstop cannot start, its settings are wrong:\n  ${problems.join('\n  ')}`);
  }
  const { clientId, managementGroup, subscriptions = [], shardVms, takeOverMinutes, looksPerRun } = own;
  return {
    storage: { queueServiceUri: own.queueServiceUri, tableServiceUri: own.tableServiceUri },
    azure: {
      resourceManager: own.resourceManager,
      audience: own.audience,
      ...(clientId ? { clientId } : {}),
    },
    ...(managementGroup ? { managementGroup } : {}),
    settleSeconds: own.settleSeconds,
    sweep: {
      subscriptions,
      shardVms,
      takeOverMinutes,
      looksPerRun,
      ...(managementGroup ? { managementGroup } : {}),
    },
    judgement,
  };
}
