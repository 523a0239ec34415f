import { RestError } from '@azure/core-rest-pipeline';
import { expect, test } from 'vitest';

import { malformed, unknownFrom } from '../../lib/azure/unknown.ts';

const refused =
  "The client 'c' does not have authorization to perform action 'Microsoft.Compute/virtualMachines/read'.";

test.each([
  [401, 'no-permission'],
  [403, 'no-permission'],
  [404, 'partial-inventory'],
  [408, 'partial-inventory'],
  [429, 'throttled'],
  [500, 'partial-inventory'],
  [503, 'partial-inventory'],
  [undefined, 'partial-inventory'],
])('a status %s is the cause %s', (statusCode, cause) => {
  const error = new RestError('no', { ...(statusCode ? { statusCode } : {}) });

  expect(unknownFrom(error, 'It could not be read')).toMatchObject({ kind: 'unknown', because: { cause } });
});

test('a refusal names the action to grant, in the detail as well', () => {
  const error = new RestError(refused, { statusCode: 403, code: 'AuthorizationFailed' });

  expect(unknownFrom(error, 'The VM could not be read').because).toEqual({
    cause: 'no-permission',
    action: 'Microsoft.Compute/virtualMachines/read',
    detail: 'The VM could not be read: 403 AuthorizationFailed, missing Microsoft.Compute/virtualMachines/read.',
  });
});

test('an error of another copy of the SDK is understood by its name', () => {
  const foreign = Object.assign(new Error(refused), {
    name: 'RestError',
    statusCode: 403,
    code: 'AuthorizationFailed',
  });

  expect(unknownFrom(foreign, 'It').because.cause).toBe('no-permission');
});

test.each([
  ['GET https://host.example/a?sig=SECRET&se=1 failed', 'GET https://host.example/a failed'],
  ['see https://host.example/a?sig=SECRET', 'see https://host.example/a'],
  ['path /a?code=SECRET is wrong', 'path /a is wrong'],
  ['header was Bearer SECRET', 'header was Bearer'],
])('what was said is repeated without its secrets: %s', (message, said) => {
  expect(unknownFrom(new Error(message), 'It').because.detail).toBe(`It: ${said}.`);
});

test('a long message is cut', () => {
  expect(unknownFrom(new Error('x'.repeat(5000)), 'It').because.detail.length).toBeLessThan(250);
});

test.each([
  [undefined],
  [null],
  ['text'],
  [{ statusCode: 403 }],
  [Object.create(null, { toString: { value: () => 'odd' } })],
])('whatever was thrown becomes an unknown: %o', (thrown) => {
  expect(unknownFrom(thrown, 'It').because.cause).toBe('partial-inventory');
});

test('what is malformed was not reported', () => {
  expect(malformed('The disk')).toEqual({
    kind: 'unknown',
    because: { cause: 'not-reported', detail: "The disk is missing or malformed in Azure's answer." },
  });
});
