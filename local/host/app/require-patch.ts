import { Module } from 'node:module';

/**
 * Makes `require(id)` give `exports` for exactly this id, as the production worker does it for
 * `@azure/functions-core`. Must run before the app is imported: the library asks once and remembers the answer for the
 * life of the process, which is why there is one app per process and no way to undo this.
 */
export function provideModule(id: string, exports: unknown): void {
  const original = Module.prototype.require;
  Module.prototype.require = new Proxy(original, {
    apply: (target, thisArgument, args: [string]) =>
      args[0] === id ? exports : Reflect.apply(target, thisArgument, args),
  });
}
