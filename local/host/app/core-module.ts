import { createHooks, type HookCallback, type Hooks } from '../invocation/hooks.ts';
import { describeThrown, type Log, type LogLevel } from '../log.ts';
import type { FunctionCallback, FunctionMetadata, LogCategory, ProgrammingModel } from './contract.ts';

/** Production's versions of August 2026; libraries may compare them. */
const workerVersion = '3.14.1';
const hostVersion = '4.1052.200';

/** A function as the app registered it. */
export interface Registration {
  readonly metadata: FunctionMetadata;
  readonly callback: FunctionCallback;
}

/** Writes a line on behalf of the app, after its log hooks have seen (and perhaps changed) it. */
export type AppLog = (level: LogLevel, category: LogCategory, message: string, origin: LogOrigin) => void;

export interface LogOrigin {
  /** The host's category of the line. */
  readonly category: string;
  readonly invocationId?: string;
  readonly invocationContext?: unknown;
}

/** The worker's side of `@azure/functions-core`: what the app sees as `module`, and what it left with us. */
export interface Core {
  readonly module: object;
  readonly hooks: Hooks;
  /** One object for all app-level hooks. */
  readonly appHookData: Record<string, unknown>;
  readonly log: AppLog;
  registrations(): readonly Registration[];
  programmingModel(): ProgrammingModel | undefined;
  /** Ends start-up: registering a function throws from now on. */
  lock(): void;
}

class Disposable {
  readonly #dispose: () => void;
  constructor(dispose: () => void) {
    this.#dispose = dispose;
  }
  dispose(): void {
    this.#dispose();
  }
  static from(...disposables: readonly { dispose(): unknown }[]): Disposable {
    return new Disposable(() => {
      for (const disposable of disposables) disposable.dispose();
    });
  }
}

/** Builds the module object for one app. */
export function createCore(log: Log): Core {
  const hooks = createHooks();
  const appHookData: Record<string, unknown> = {};
  const appLog = createAppLog(hooks, appHookData, log);
  const registry = createRegistry();
  let model: ProgrammingModel | undefined;
  const module = {
    version: workerVersion,
    hostVersion,
    setProgrammingModel(next: ProgrammingModel) {
      model = next;
    },
    getProgrammingModel: () => model,
    registerFunction: (metadata: FunctionMetadata, callback: FunctionCallback) =>
      new Disposable(registry.add({ metadata, callback })),
    registerHook: (name: string, callback: HookCallback) => new Disposable(hooks.add(name, callback)),
    log: (level: LogLevel, category: LogCategory, message: string) =>
      appLog(level, category, message, { category: 'Worker' }),
    Disposable,
  };
  const core = { module, hooks, appHookData, log: appLog, programmingModel: () => model };
  return { ...core, registrations: registry.all, lock: registry.lock };
}

function createRegistry() {
  const byId = new Map<string, Registration>();
  let isLocked = false;
  return {
    all: () => [...byId.values()],
    lock() {
      isLocked = true;
    },
    add(registration: Registration) {
      if (isLocked) throw new Error('A function can only be registered during app startup.');
      // The host compares function names without regard to case.
      const id = (registration.metadata.functionId ?? registration.metadata.name).toLowerCase();
      if (byId.has(id)) {
        throw new Error(`A function with id "${registration.metadata.name}" has already been registered.`);
      }
      byId.set(id, registration);
      return () => {
        if (isLocked) throw new Error('A function can only be disposed during app startup.');
        byId.delete(id);
      };
    },
  };
}

function createAppLog(hooks: Hooks, appHookData: Record<string, unknown>, log: Log): AppLog {
  let isInsideHook = false;
  return (level, category, message, origin) => {
    const line = { level, message, category, invocationContext: origin.invocationContext, hookData: appHookData };
    // A log hook that logs would call itself for ever.
    if (!isInsideHook) {
      isInsideHook = true;
      try {
        hooks.runNow('log', line);
      } catch (error) {
        log({ level: 'error', category: origin.category, message: `A log hook failed: ${describeThrown(error)}` });
      } finally {
        isInsideHook = false;
      }
    }
    if (line.level === 'none') return;
    const invocation = origin.invocationId === undefined ? {} : { invocationId: origin.invocationId };
    log({ level: line.level, category: origin.category, message: line.message, ...invocation });
  };
}
