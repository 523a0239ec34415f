import { createEstateClock } from './estate-clock.ts';

/*
 * Loaded before anything else into the process of the app (`--import`): there `Date` tells the time of the estate, so the
 * service is unmodified and needs no setting for it. Timers and `performance` stay as they are.
 */

const RealDate = Date;
const clock = createEstateClock(process.env['LOCAL_ESTATE_NOW'] ?? new RealDate().toISOString());
const now = () => Math.floor(clock.now().getTime());

globalThis.Date = new Proxy(RealDate, {
  construct: (target, args, newTarget) => Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
  apply: (target) => Reflect.construct(target, [now()]).toString(),
  get: (target, key, receiver) => (key === 'now' ? now : Reflect.get(target, key, receiver)),
});

process.on('message', (message: { kind?: string; ms?: number }) => {
  if (message.kind === 'run-clock') {
    clock.run();
  } else if (message.kind === 'advance-clock') {
    clock.advance(message.ms ?? 0);
    process.send?.({ kind: 'clock-advanced' });
  }
});
