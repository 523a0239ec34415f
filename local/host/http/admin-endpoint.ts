import type { LoadedFunction } from '../app/bindings.ts';
import { type Answer, jsonAnswer, textAnswer } from './answer.ts';
import type { Call } from './call.ts';
import { type Keys, mayAccess } from './keys.ts';

/** Starts a function by hand with the `input` of the call, without waiting for it. */
export type StartByHand = (fn: LoadedFunction, input: string) => void;

/** Answers `GET /admin/functions` and `POST /admin/functions/NAME`, both for holders of the master key only. */
export function answerAdmin(
  call: Call,
  keys: Keys,
  functions: readonly LoadedFunction[],
  startByHand: StartByHand,
): Answer {
  if (!mayAccess(call, 'admin', keys)) return { status: 401 };
  const [, name] = /^\/admin\/functions(?:\/([^/]+))?\/?$/i.exec(call.url.pathname) ?? [];
  if (call.method === 'GET' && /^\/admin\/functions\/?$/i.test(call.url.pathname)) {
    return jsonAnswer(200, functions.map(describeFunction));
  }
  const fn = functions.find((candidate) => candidate.name.toLowerCase() === name?.toLowerCase());
  if (call.method !== 'POST' || fn === undefined) return { status: 404 };
  if (fn.trigger.type === 'httpTrigger') return textAnswer(400, 'Call an http function at its own URL.');
  const input = parseInput(call.body);
  if (input === undefined) return textAnswer(400, 'The body must be a JSON object, for example {"input":""}.');
  startByHand(fn, input);
  return { status: 202 };
}

function describeFunction({ name, disabled, metadata }: LoadedFunction) {
  const bindings = Object.entries(metadata.bindings).map(([bindingName, binding]) => ({
    name: bindingName,
    ...binding,
  }));
  return { name, isDisabled: disabled, language: 'node', config: { name, bindings } };
}

function parseInput(body: Buffer | undefined): string | undefined {
  try {
    const parsed: unknown = JSON.parse(body?.toString('utf8') ?? '');
    if (typeof parsed !== 'object' || parsed === null) return undefined;
    const input = 'input' in parsed ? parsed.input : undefined;
    if (input === undefined || input === null) return '';
    return typeof input === 'string' ? input : JSON.stringify(input);
  } catch {
    return undefined;
  }
}
