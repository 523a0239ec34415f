import type { FunctionOf } from '../app/bindings.ts';
import { StartError } from '../start-error.ts';
import { compileRoute, type RouteTemplate } from './route-template.ts';

/** The function a request is for, with the values of its route. */
export interface RouteMatch {
  readonly fn: FunctionOf<'httpTrigger'>;
  readonly params: Readonly<Record<string, string>>;
}

/** Finds the function for a method and path; undefined when the path or the method fits none (404, never 405). */
export type Router = (method: string, path: string) => RouteMatch | undefined;

/** Builds the router. Throws a StartError for a route under a first segment that belongs to the host. */
export function createRouter(functions: readonly FunctionOf<'httpTrigger'>[], routePrefix: string): Router {
  const routes = functions
    .map((fn) => ({ fn, template: compileRoute(fullRoute(fn, routePrefix)) }))
    .sort((a, b) => compare(a.template, b.template));
  return (method, path) => {
    for (const { fn, template } of routes) {
      const params = fn.trigger.methods.includes(method) ? template.match(path) : undefined;
      if (params !== undefined) return { fn, params };
    }
    return undefined;
  };
}

function fullRoute(fn: FunctionOf<'httpTrigger'>, routePrefix: string): string {
  const route = [routePrefix, fn.trigger.route.replace(/^\//, '')].filter((part) => part !== '').join('/');
  if (/^(admin|runtime)(\/|$)/i.test(route)) {
    throw new StartError(`Function '${fn.name}': its route '${route}' conflicts with one of the host's own.`);
  }
  return route;
}

function compare(a: RouteTemplate, b: RouteTemplate): number {
  if (a.precedence === b.precedence) return 0;
  return a.precedence < b.precedence ? -1 : 1;
}
