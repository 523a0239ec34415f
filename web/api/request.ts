import { functionKey, refuse } from './session.ts';

/** What the API said when it did not do what was asked; `status` 0: it could not be reached. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly title: string;

  constructor(status: number, title: string, detail: string) {
    super(detail);
    this.status = status;
    this.title = title;
  }
}

/** Values of a query; those that are empty or absent are left out. */
export type Query = Readonly<Record<string, string | number | undefined>>;

/** A query as text, `?` included; empty without values. */
export function queryText(query: Query): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return text && `?${text}`;
}

interface Problem {
  readonly title?: string;
  readonly detail?: string;
}

async function problemOf(answer: Response): Promise<ApiError> {
  const isProblem = answer.headers.get('content-type')?.includes('json') ?? false;
  const problem: Problem = isProblem ? ((await answer.json().catch(() => ({}))) as Problem) : {};
  const { title = `Answer ${answer.status}`, detail = 'The API gave no reason.' } = problem;
  return new ApiError(answer.status, title, detail);
}

async function send(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(`/api/${path}`, { ...init, credentials: 'same-origin' });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') {
      throw error;
    }
    throw new ApiError(0, 'Not reached', 'The API could not be reached.');
  }
}

/**
 * Whether a refusal asks for a sign-in: the app names the scheme and answers with a problem, App Service authentication names it too
 * (unconfirmed). The Functions host, which checks keys, only refuses.
 */
function wantsSignIn({ headers }: Response): boolean {
  const isOurs = headers.get('content-type')?.includes('problem+json') ?? false;
  return isOurs || (headers.get('www-authenticate')?.startsWith('Bearer') ?? false);
}

/** Asks the API and answers with the body. Throws `ApiError`; a missing or wrong key is told to the session besides. */
export async function request<T>(path: string, init: RequestInit = {}): Promise<T> {
  const key = functionKey();
  const headers = {
    ...(key ? { 'x-functions-key': key } : {}),
    ...(init.body ? { 'content-type': 'application/json' } : {}),
  };
  const answer = await send(path, { ...init, headers });
  if (answer.ok) {
    return (await answer.json()) as T;
  }
  const problem = await problemOf(answer);
  if (answer.status === 401) {
    refuse(wantsSignIn(answer) ? 'sign-in' : 'key');
  }
  throw problem;
}

/** Sends a JSON document and answers with the body. */
export function sendJson<T>(method: 'POST' | 'PATCH', path: string, body: object): Promise<T> {
  return request(path, { method, body: JSON.stringify(body) });
}
