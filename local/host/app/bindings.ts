import * as z from 'zod';

import { StartError } from '../start-error.ts';
import type { Binding, FunctionCallback, FunctionMetadata } from './contract.ts';
import type { Registration } from './core-module.ts';
import { checkBindingName, checkFunctionName } from './function-names.ts';
import { isDisabled, resolveSettings, type Settings } from './settings.ts';

/** Who may call an http function. */
export type AuthLevel = 'anonymous' | 'function' | 'admin';

/** What starts a function. `bindingName` is the name its input has on the wire. */
export type Trigger =
  | {
      readonly type: 'httpTrigger';
      readonly bindingName: string;
      readonly methods: readonly string[];
      readonly authLevel: AuthLevel;
      readonly route: string;
    }
  | { readonly type: 'eventGridTrigger'; readonly bindingName: string }
  | {
      readonly type: 'timerTrigger';
      readonly bindingName: string;
      readonly schedule: string;
      readonly runOnStartup: boolean;
      /** Undefined: the host decides by the interval. */
      readonly useMonitor: boolean | undefined;
    }
  | {
      readonly type: 'queueTrigger';
      readonly bindingName: string;
      readonly queueName: string;
      readonly connection: string;
      readonly isBinary: boolean;
    };

/** A function the host can run. Disabled ones have no listener and answer 404 over http. */
export interface LoadedFunction<T extends Trigger = Trigger> {
  readonly name: string;
  readonly trigger: T;
  readonly disabled: boolean;
  readonly metadata: FunctionMetadata;
  readonly callback: FunctionCallback;
}

/** A function with a trigger of one type. */
export type FunctionOf<T extends Trigger['type']> = LoadedFunction<Extract<Trigger, { readonly type: T }>>;

/** Whether the function has this trigger. */
export function hasTrigger<T extends Trigger['type']>(type: T): (fn: LoadedFunction) => fn is FunctionOf<T> {
  return (fn): fn is FunctionOf<T> => fn.trigger.type === type;
}

/** Reads what was registered. Throws a StartError that names a function or binding this host cannot serve. */
export function readFunction({ metadata, callback }: Registration, settings: Settings): LoadedFunction {
  const { name } = metadata;
  checkFunctionName(name);
  const trigger = readTrigger(name, metadata.bindings, settings);
  return { name, trigger, disabled: isDisabled(name, settings), metadata, callback };
}

function readTrigger(functionName: string, bindings: FunctionMetadata['bindings'], settings: Settings): Trigger {
  const triggers = Object.entries(bindings).filter(([, { type }]) => /trigger$/i.test(type ?? ''));
  const [entry] = triggers;
  if (entry === undefined || triggers.length !== 1) {
    throw new StartError(`Function '${functionName}' has ${triggers.length} triggers; it must have exactly one.`);
  }
  const [bindingName, binding] = entry;
  const trigger = parseTrigger(functionName, bindingName, binding, settings);
  for (const [name, other] of Object.entries(bindings)) {
    checkBindingName(functionName, name);
    if (name !== bindingName && !isHttpOutput(trigger, other)) throw unsupported(functionName, name, other.type);
  }
  return trigger;
}

function isHttpOutput(trigger: Trigger, binding: Binding): boolean {
  return trigger.type === 'httpTrigger' && binding.type?.toLowerCase() === 'http' && binding.direction === 'out';
}

function unsupported(functionName: string, bindingName: string, type: string | undefined): StartError {
  return new StartError(
    `Function '${functionName}': binding '${bindingName}' of type '${type}' is not supported by the local host.`,
  );
}

const HttpTrigger = z.looseObject({
  methods: z.array(z.string().toUpperCase()),
  authLevel: z
    .string()
    .toLowerCase()
    .pipe(z.enum(['anonymous', 'function', 'admin'])),
  route: z.string().optional(),
});
const EventGridTrigger = z.looseObject({ cardinality: z.literal('one', 'only one event per call').optional() });
const TimerTrigger = z.looseObject({
  schedule: z.string(),
  runOnStartup: z.boolean().optional(),
  useMonitor: z.boolean().optional(),
});
const QueueTrigger = z.looseObject({
  queueName: z.string(),
  connection: z.string().optional(),
  dataType: z.string().optional(),
});

function parseTrigger(functionName: string, bindingName: string, binding: Binding, settings: Settings): Trigger {
  const resolve = (text: string) => resolveSettings(text, settings, `Function '${functionName}'`);
  try {
    switch (binding.type?.toLowerCase()) {
      case 'httptrigger': {
        const { methods, authLevel, route } = HttpTrigger.parse(binding);
        return { type: 'httpTrigger', bindingName, methods, authLevel, route: resolve(route ?? functionName) };
      }
      case 'eventgridtrigger':
        EventGridTrigger.parse(binding);
        return { type: 'eventGridTrigger', bindingName };
      case 'timertrigger': {
        const { schedule, runOnStartup = false, useMonitor } = TimerTrigger.parse(binding);
        return { type: 'timerTrigger', bindingName, schedule: resolve(schedule), runOnStartup, useMonitor };
      }
      case 'queuetrigger': {
        const { queueName, connection, dataType } = QueueTrigger.parse(binding);
        return {
          type: 'queueTrigger',
          bindingName,
          queueName: resolve(queueName).toLowerCase(),
          connection: connection ? resolve(connection) : 'AzureWebJobsStorage',
          isBinary: dataType?.toLowerCase() === 'binary',
        };
      }
      default:
        throw unsupported(functionName, bindingName, binding.type);
    }
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    const problem = z.prettifyError(error);
    throw new StartError(`Function '${functionName}': its ${binding.type} is not valid: ${problem}`, { cause: error });
  }
}
