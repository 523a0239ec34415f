import { describe, expect, it } from 'vitest';

import { compileRoute } from '../../../local/host/http/route-template.ts';

describe('a route template', () => {
  it.each([
    ['vms/{key}', '/vms/a.b(c)', { key: 'a.b(c)' }],
    ['vms/{key}', '/vms/', undefined],
    ['vms/{key}', '/vms/a/b', undefined],
    ['vms/{key?}', '/vms', {}],
    ['vms/{key=all}', '/vms', { key: 'all' }],
    ['reports/{name}.{format}', '/reports/posture.csv', { name: 'posture', format: 'csv' }],
    ['a+b/{*rest}', '/A+B/c/d', { rest: 'c/d' }],
    ['{id:guid}', '/0f8fad5b-d9cb-469f-a165-70867728950e', { id: '0f8fad5b-d9cb-469f-a165-70867728950e' }],
    ['{id:guid}', '/0f8fad5b', undefined],
    ['{n:int:range(1,9)}', '/10', undefined],
    ['{n:int}', '/2147483648', undefined],
    ['{n:long:min(5)}', '/2147483648', { n: '2147483648' }],
    ['{on:bool}', '/True', { on: 'True' }],
    ['{word:alpha:length(2,3)}', '/abc', { word: 'abc' }],
    ['{word:alpha:length(2)}', '/abc', undefined],
    ['{word:minlength(2):maxlength(3)}', '/a', undefined],
    ['{n:max(3)?}', '/', {}],
    ['{broken}', '/%E0%A4%A', { broken: '%E0%A4%A' }],
    ['', '/', {}],
  ])('%s meets %s with %j', (template, path, values) => {
    expect(compileRoute(template).match(path)).toEqual(values);
  });

  it.each(['{a', 'a}', '{a:when}', '{a b}'])('%s is refused', (template) => {
    expect(() => compileRoute(template)).toThrow(`'${template}'`);
  });

  it('is preferred the more, the more it says', () => {
    const templates = ['{*a}', '{*a:int}', '{a}', '{a}/{b}', '{a:int}', 'x{a}', 'x/{b}', 'x'];

    const sorted = templates.toSorted((a, b) => (compileRoute(a).precedence < compileRoute(b).precedence ? -1 : 1));

    expect(sorted).toEqual(['x', 'x/{b}', '{a:int}', 'x{a}', '{a}', '{a}/{b}', '{*a:int}', '{*a}']);
  });
});
