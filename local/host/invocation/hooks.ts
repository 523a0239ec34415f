/** Hook points of worker 3.10 and later. */
export const hookNames = ['appStart', 'appTerminate', 'preInvocation', 'postInvocation', 'log'] as const;
export type HookName = (typeof hookNames)[number];
export type HookCallback = (context: object) => unknown;

/** The hooks an app has registered; they run in the order of their registration. */
export interface Hooks {
  /** Returns a function that removes the hook. Throws a RangeError for a name the worker does not know. */
  add(name: string, callback: HookCallback): () => void;
  /** Awaits one hook after the other; the first that throws ends it. */
  run(name: HookName, context: object): Promise<void>;
  /** For `log`, whose hooks are not awaited. */
  runNow(name: HookName, context: object): void;
}

export function createHooks(): Hooks {
  const callbacksBy = new Map<string, HookCallback[]>(hookNames.map((name) => [name, []]));
  return {
    add(name, callback) {
      const callbacks = callbacksBy.get(name);
      if (callbacks === undefined) throw new RangeError(`Unrecognized hook "${name}"`);
      callbacks.push(callback);
      return () => {
        const index = callbacks.indexOf(callback);
        if (index >= 0) callbacks.splice(index, 1);
      };
    },
    async run(name, context) {
      for (const callback of callbacksBy.get(name) ?? []) await callback(context);
    },
    runNow(name, context) {
      for (const callback of callbacksBy.get(name) ?? []) callback(context);
    },
  };
}
