import { readdir } from 'node:fs/promises';
import { Module } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/*
 * The least of the production worker that an app needs to register its functions: `require('@azure/functions-core')`
 * answers with an object of the documented members, then every file of `dist/functions` is imported. Run as a process of
 * its own with the folder of the app; the last line printed is one JSON object of what was registered.
 */

type Callback = (context: object) => unknown;

interface Registered {
  readonly functions: unknown[];
  readonly startErrors: string[];
}

class Disposable {
  dispose(): void {}
}

const registered: Registered = { functions: [], startErrors: [] };
const startHooks: Callback[] = [];
const core = {
  version: '3.14.1',
  hostVersion: '4.1052.200',
  Disposable,
  setProgrammingModel: () => undefined,
  getProgrammingModel: () => undefined,
  log: () => undefined,
  registerFunction(metadata: unknown) {
    registered.functions.push(metadata);
    return new Disposable();
  },
  registerHook(name: string, hook: Callback) {
    if (name === 'appStart') {
      startHooks.push(hook);
    }
    return new Disposable();
  },
};

Module.prototype.require = new Proxy(Module.prototype.require, {
  apply: (require, self, args: [string]) =>
    args[0] === '@azure/functions-core' ? core : Reflect.apply(require, self, args),
});

const folder = join(process.argv[2] ?? '', 'dist', 'functions');
for (const file of (await readdir(folder)).filter((name) => name.endsWith('.js')).toSorted()) {
  await import(pathToFileURL(join(folder, file)).href);
}
for (const hook of startHooks) {
  try {
    await hook({ hookData: {}, appHookData: {}, functionAppDirectory: process.argv[2] });
  } catch (error) {
    registered.startErrors.push(error instanceof Error ? error.message : String(error));
  }
}
console.log(JSON.stringify(registered));
