import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { judgementSettingName } from '../lib/app-settings.ts';
import { makeCertificate } from './azure/certificate.ts';
import { type SimulatedAzure, type SimulatedAzureOptions, startSimulatedAzure } from './azure/simulated-azure.ts';
import { type Child, startChild } from './child-process.ts';
import { createEstateClock, type EstateClock } from './clock/estate-clock.ts';
import type { Estate } from './estates/estate.ts';
import { freePort } from './free-port.ts';
import type { HostArguments, HostMessage } from './host/messages.ts';
import { root } from './root.ts';
import { type Storage, startStorage } from './storage/azurite.ts';
import { type FaultProxy, startFaultProxy } from './storage/fault-proxy.ts';

export interface NeighbourhoodOptions {
  readonly estate: Estate;
  /** Wanted port of the Functions host; a free one if it is taken. */
  readonly port?: number;
  /** App settings beside those that point the service at its neighbours. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Invisibility of a queue message while it is worked on; short ones let tests see a crash healed. */
  readonly queueLeaseSeconds?: number;
  readonly simulated?: Omit<SimulatedAzureOptions, 'estate' | 'certificate' | 'now' | 'port'>;
  /** Whether changes are announced to the custom topic of the simulated Azure. */
  readonly topic?: boolean;
  /** Puts a proxy before storage that can go wrong; delayed messages are seen `hurry` times sooner. */
  readonly faultyStorage?: { readonly hurry?: number };
  /** Whether the protector runs beside the evaluator, as an app of its own under an identity of its own. */
  readonly protector?: boolean;
  /** Lines of the app and of the host. */
  readonly onLog?: (line: string) => void;
}

/** A Functions host with the app in it, in a process of its own. */
export interface AppHost {
  readonly url: string;
  readonly port: number;
  readonly functions: readonly string[];
  readonly child: Child;
}

/** Everything the service lives with, on this machine: Azure, storage, the Functions host and the app in it. */
export interface Neighbourhood {
  readonly azure: SimulatedAzure;
  readonly clock: EstateClock;
  readonly host: AppHost;
  /** The certificate that Azure and storage show. */
  readonly certificate: string;
  /** Function key of the development host. */
  readonly key: string;
  /** Where Event Grid delivers to, its key included. */
  readonly webhook: string;
  /** Addresses of the blobs, queues and tables; a token of the simulated identity opens them. */
  readonly storage: Omit<Storage, 'child'>;
  /** The faults on the app's way to storage; only there if asked for. */
  readonly storageProxy?: FaultProxy;
  /** Calls the app's HTTP API with the key; a body is JSON. */
  call(path: string, init?: RequestInit): Promise<Response>;
  /** Lets the estate's time run, here and in the app. */
  runClock(): void;
  /** Moves the estate's time on, here and in the app. */
  advanceClock(minutes: number): Promise<void>;
  /** Starts the app again after its process ended, on the same port. */
  restartHost(): Promise<void>;
  stop(): Promise<void>;
}

/** A part that did not start; what had started before it is stopped again. */
export class PartFailed extends Error {
  override readonly name = 'PartFailed';
}

/** The identity that may enable protection. */
const protectorClientId = '5b1f0c3e-7a52-4c11-9a6d-2d1f5e8c0b77';
/** The one function of the protector. */
const protectFunction = 'protect-vm';

const switchedOff = (name: string): readonly [string, string] => [`AzureWebJobs.${name}.Disabled`, 'true'];

/** What makes the protector of the settings of the evaluator: its own identity, and none of the other functions. */
function protectorSettings(settings: Record<string, string>, functions: readonly string[]): Record<string, string> {
  const others = functions.filter((name) => name !== protectFunction);
  return {
    ...settings,
    ...Object.fromEntries(others.map(switchedOff)),
    ...Object.fromEntries([[switchedOff(protectFunction)[0], 'false']]),
    BACKSTOP_APP: 'protector',
    AZURE_CLIENT_ID: protectorClientId,
    BACKSTOP_PROTECTOR_CLIENT_ID: protectorClientId,
  };
}

/** Keys of the development host; they protect nothing but make the app meet callers without one. */
const keys = { master: 'local-master-key', function: 'local-function-key', eventGrid: 'local-event-grid-key' };

async function part<T>(name: string, start: () => Promise<T>): Promise<T> {
  try {
    return await start();
  } catch (error) {
    throw new PartFailed(`${name} did not start: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

/** The settings of an estate as app settings; lists by commas, objects as JSON. */
export function estateSettings({ settings }: Pick<Estate, 'settings'>): Record<string, string> {
  const textOf = (value: unknown) =>
    typeof value === 'object' && !Array.isArray(value) ? JSON.stringify(value) : String(value);
  return Object.fromEntries(Object.entries(settings).map(([key, value]) => [judgementSettingName(key), textOf(value)]));
}

function settingsFor(
  options: NeighbourhoodOptions,
  azure: SimulatedAzure,
  storage: Omit<Storage, 'child'>,
  certFile: string,
): Record<string, string> {
  return {
    AzureWebJobsStorage__blobServiceUri: storage.blobServiceUri,
    AzureWebJobsStorage__queueServiceUri: storage.queueServiceUri,
    AzureWebJobsStorage__tableServiceUri: storage.tableServiceUri,
    BACKSTOP_RESOURCE_MANAGER: azure.armUrl,
    IDENTITY_ENDPOINT: azure.identityEndpoint,
    IDENTITY_HEADER: azure.identityHeader,
    NODE_EXTRA_CA_CERTS: certFile,
    SWEEP_SCHEDULE: '0 30 1 * * *',
    CHANGES_SCHEDULE: '0 15 * * * *',
    BACKSTOP_SETTLE_SECONDS: '1',
    // An idle queue is looked at often enough that a demonstration does not wait for it.
    AzureFunctionsJobHost__extensions__queues__maxPollingInterval: '00:00:00.250',
    LOCAL_ESTATE_NOW: options.estate.now,
    ...(options.topic ? { BACKSTOP_EVENT_TOPIC: azure.topic.url } : {}),
    ...estateSettings(options.estate),
    ...options.settings,
  };
}

async function startHost(
  options: NeighbourhoodOptions,
  settings: Record<string, string>,
  port: number,
): Promise<AppHost> {
  const { queueLeaseSeconds, onLog = () => undefined } = options;
  const args: HostArguments = { appDir: root, port, keys, ...(queueLeaseSeconds ? { queueLeaseSeconds } : {}) };
  const printed: string[] = [];
  const child = startChild({
    module: fileURLToPath(new URL('host/main.ts', import.meta.url)),
    args: [JSON.stringify(args)],
    execArgv: ['--import', fileURLToPath(new URL('clock/preload.ts', import.meta.url))],
    env: settings,
    onLine(line) {
      printed.push(line);
      onLog(line);
    },
  });
  return new Promise<AppHost>((resolve, reject) => {
    child.process.once('exit', (code) =>
      reject(new Error(`it ended with code ${code}: ${printed.slice(-5).join(' | ')}`)),
    );
    child.process.on('message', (message: HostMessage) => {
      if (message.kind === 'ready') {
        const functions = message.functions.map(({ name }) => name);
        resolve({ url: message.url, port: message.port, functions, child });
      } else if (message.kind === 'failed') {
        reject(new Error(message.reason));
      } else if (message.level === 'error' || message.level === 'critical') {
        onLog(`${message.category}: ${message.message}`);
      }
    });
  });
}

/** Waits for a message of a kind from the app's process. */
function received({ child }: AppHost, kind: string): Promise<void> {
  return new Promise((resolve) => {
    const listen = (message: { readonly kind?: string }) => {
      if (message.kind === kind) {
        child.process.off('message', listen);
        resolve();
      }
    };
    child.process.on('message', listen);
  });
}

/** Starts storage, Azure, the host and the app, and lets Event Grid deliver; on a failure it stops what had started. */
export async function startNeighbourhood(options: NeighbourhoodOptions): Promise<Neighbourhood> {
  const stops: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const each of stops.splice(0).toReversed()) {
      await each();
    }
  };
  try {
    return await startParts(options, stops, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startParts(
  options: NeighbourhoodOptions,
  stops: (() => Promise<void>)[],
  stop: () => Promise<void>,
): Promise<Neighbourhood> {
  const folder = await mkdtemp(join(tmpdir(), 'backstop-'));
  stops.push(() => rm(folder, { recursive: true, force: true }));
  const certificate = await part('The certificate', () => makeCertificate(folder));
  const clock = createEstateClock(options.estate.now);
  const storage = await part('Azurite (storage)', () => startStorage(certificate));
  stops.push(() => storage.child.stop());
  const storageProxy =
    options.faultyStorage && (await startFaultProxy({ ...options.faultyStorage, storage, certificate }));
  stops.push(async () => storageProxy?.close());
  const azure = await part('The simulated Azure', () =>
    startSimulatedAzure({ ...options.simulated, estate: options.estate, certificate, now: clock.now }),
  );
  stops.push(() => azure.close());
  const settings = {
    ...settingsFor(options, azure, storageProxy ?? storage, certificate.certFile),
    ...(options.protector ? Object.fromEntries([switchedOff(protectFunction)]) : {}),
  };
  const port = await freePort(options.port ?? 0);
  let isRunning = false;
  let host = await part('The Functions host with the app', () => startHost(options, settings, port));
  stops.push(() => host.child.stop());
  if (options.protector) {
    const own = protectorSettings(settings, host.functions);
    const protector = await part('The protector', async () => startHost(options, own, await freePort(0)));
    stops.push(() => protector.child.stop());
  }
  const webhook = `${host.url}/runtime/webhooks/eventgrid?functionName=vm-changed&code=${keys.eventGrid}`;
  await part('Event Grid', async () => {
    for (const { subscriptionId } of options.estate.subscriptions) {
      const includedOperations = [
        'Microsoft.Compute/virtualMachines/write',
        'Microsoft.Compute/virtualMachines/delete',
      ];
      await azure.subscribe({ subscriptionId, endpoint: webhook, includedOperations });
    }
  });
  return {
    azure,
    clock,
    get host() {
      return host;
    },
    certificate: certificate.cert,
    key: keys.function,
    webhook,
    storage,
    ...(storageProxy ? { storageProxy } : {}),
    call(path, init = {}) {
      const type = init.body === undefined ? {} : { 'content-type': 'application/json' };
      const headers = { 'x-functions-key': keys.function, ...type, ...init.headers };
      return fetch(`${host.url}/api/${path}`, { ...init, headers });
    },
    runClock() {
      isRunning = true;
      clock.run();
      host.child.process.send({ kind: 'run-clock' });
    },
    async advanceClock(minutes) {
      const ms = minutes * 60_000;
      clock.advance(ms);
      host.child.process.send({ kind: 'advance-clock', ms });
      await received(host, 'clock-advanced');
    },
    async restartHost() {
      await host.child.stop();
      const now = { LOCAL_ESTATE_NOW: clock.now().toISOString() };
      host = await part('The Functions host with the app', () => startHost(options, { ...settings, ...now }, port));
      if (isRunning) {
        host.child.process.send({ kind: 'run-clock' });
      }
    },
    stop,
  };
}
