import { type Log, messageOf } from '../log.ts';
import { StartError } from '../start-error.ts';
import { type LoadedFunction, readFunction } from './bindings.ts';
import type { ProgrammingModel } from './contract.ts';
import { type Core, createCore } from './core-module.ts';
import { loadEntryPoints } from './entry-points.ts';
import { provideModule } from './require-patch.ts';
import type { Settings } from './settings.ts';

/** An app that has started: its functions, its hooks and the model that runs them. */
export interface LoadedApp {
  readonly core: Core;
  readonly model: ProgrammingModel;
  readonly functions: readonly LoadedFunction[];
}

// What the worker announces before the model is asked; functions-host reference, section 1.2.
const workerCapabilities = [
  'RawHttpBodyBytes',
  'RpcHttpTriggerMetadataRemoved',
  'RpcHttpBodyOnly',
  'IgnoreEmptyValuedRpcHttpHeaders',
  'UseNullableValueDictionaryForHttp',
  'WorkerStatus',
  'TypedDataCollection',
  'HandlesWorkerTerminateMessage',
];

/** Starts an app in the worker's order: load, appStart hooks, capabilities, lock. Throws a StartError. */
export async function loadApp(appDir: string, settings: Settings, log: Log): Promise<LoadedApp> {
  const core = createCore(log);
  provideModule('@azure/functions-core', core.module);
  await loadEntryPoints(appDir);
  const model = core.programmingModel();
  if (model === undefined) throw new StartError(modelIsMissing);
  await runStartHooks(core, appDir);
  await checkCapabilities(model);
  core.lock();
  const functions = core.registrations().map((registration) => readFunction(registration, settings));
  if (functions.length === 0) throw new StartError('The app has loaded but registered no function.');
  return { core, model, functions };
}

const modelIsMissing =
  'The app has loaded but never called setProgrammingModel, so it registered no function. Either it registers none, or ' +
  'its bundle does not reach "@azure/functions-core": keep that module external, and give an ESM bundle a `require` ' +
  'made by createRequire(import.meta.url).';

async function runStartHooks(core: Core, functionAppDirectory: string): Promise<void> {
  const { appHookData } = core;
  try {
    await core.hooks.run('appStart', { hookData: appHookData, appHookData, functionAppDirectory });
  } catch (cause) {
    throw new StartError(`An appStart hook failed: ${messageOf(cause)}`, { cause });
  }
}

async function checkCapabilities(model: ProgrammingModel): Promise<void> {
  const defaults = Object.fromEntries(workerCapabilities.map((name) => [name, 'true']));
  const capabilities = await model.getCapabilities(defaults);
  if (capabilities['HttpUri'] === undefined) return;
  throw new StartError(
    'The app has enabled HTTP streaming (capability HttpUri), which the local host does not support.',
  );
}
