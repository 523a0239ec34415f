import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import * as z from 'zod';

import { messageOf } from '../log.ts';
import { StartError } from '../start-error.ts';
import { parseDuration } from './duration.ts';
import type { Settings } from './settings.ts';

const Duration = z.string().transform((text, context) => {
  const milliseconds = parseDuration(text);
  if (milliseconds !== undefined) return milliseconds;
  context.addIssue({ code: 'custom', message: `"${text}" is not a duration of the form hh:mm:ss` });
  return z.NEVER;
});

// Defaults and ranges: functions-host reference, section 8. Numbers may come as text from an app setting.
const Queues = z.looseObject({
  batchSize: z.coerce.number().int().min(1).max(32).default(16),
  newBatchThreshold: z.coerce.number().int().min(0).optional(),
  maxDequeueCount: z.coerce.number().int().min(1).default(5),
  visibilityTimeout: Duration.default(0),
  maxPollingInterval: Duration.pipe(z.number().min(100)).default(60_000),
  messageEncoding: z
    .string()
    .toLowerCase()
    .pipe(z.enum(['base64', 'none']))
    .default('base64'),
});

const HostJson = z.looseObject({
  version: z.literal('2.0'),
  extensions: z
    .looseObject({
      http: z.looseObject({ routePrefix: z.string().default('api') }).prefault({}),
      queues: Queues.prefault({}),
    })
    .prefault({}),
});

/** How queue messages are received and retried. Times are in milliseconds. */
export interface QueueOptions {
  readonly batchSize: number;
  readonly newBatchThreshold: number;
  readonly maxDequeueCount: number;
  readonly visibilityTimeout: number;
  readonly maxPollingInterval: number;
  readonly messageEncoding: 'base64' | 'none';
}

/** The part of host.json that changes what this host does. */
export interface HostConfig {
  /** Without slashes at its ends; empty for none. */
  readonly routePrefix: string;
  readonly queues: QueueOptions;
}

/** Reads host.json, overlaid with the app settings `AzureFunctionsJobHost__section__name`, as production does. */
export async function readHostConfig(appDir: string, settings: Settings): Promise<HostConfig> {
  const { http, queues } = parseHostJson(overlay(await readJson(appDir), settings)).extensions;
  return {
    routePrefix: http.routePrefix.replaceAll(/^\/+|\/+$/g, ''),
    // Production's default is half a batch per core; this host counts as one core, as a 2,048 MB instance is.
    queues: { ...queues, newBatchThreshold: queues.newBatchThreshold ?? Math.floor(queues.batchSize / 2) },
  };
}

async function readJson(appDir: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(join(appDir, 'host.json'), 'utf8'));
  } catch (cause) {
    throw new StartError(`The app's host.json cannot be read: ${messageOf(cause)}`, { cause });
  }
}

function parseHostJson(json: unknown) {
  const parsed = HostJson.safeParse(json);
  if (!parsed.success) throw new StartError(`host.json is not valid: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

const overridePrefix = 'azurefunctionsjobhost__';

function overlay(json: unknown, settings: Settings): unknown {
  return Object.entries(settings)
    .filter(([name]) => name.toLowerCase().startsWith(overridePrefix))
    .reduce((result, [name, value]) => withValue(result, name.slice(overridePrefix.length).split('__'), value), json);
}

/** A copy of `json` with the value at `path`; .NET configuration ignores the case of names. */
function withValue(json: unknown, path: readonly string[], value: unknown): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return value;
  const parent: Record<string, unknown> = typeof json === 'object' && json !== null ? { ...json } : {};
  const key = Object.keys(parent).find((candidate) => candidate.toLowerCase() === name.toLowerCase()) ?? name;
  return { ...parent, [key]: withValue(parent[key], rest, value) };
}
