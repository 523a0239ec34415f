import type { ArmAnswer } from './arm-error.ts';

/** A request to ARM after the front door: path decoded, single slashes, caller known, version given. */
export interface ArmRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: unknown;
}

/** One operation of ARM or a provider. Named groups of `path` are handed over; ArmErrors thrown are answered. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: RegExp;
  readonly answer: (request: ArmRequest, part: (name: string) => string) => ArmAnswer;
}

/** The answer of the first route that fits; undefined when none does. */
export function answerByRoutes(routes: readonly Route[], request: ArmRequest): ArmAnswer | undefined {
  for (const route of routes) {
    const match = route.method === request.method ? route.path.exec(request.path) : null;
    if (match !== null) return route.answer(request, (name) => match.groups?.[name] ?? '');
  }
  return undefined;
}
