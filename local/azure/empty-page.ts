import type { ArmAnswer } from './arm-error.ts';

/** A page that was asked for: by its absolute address, and by its body in Resource Graph. */
export interface AskedPage {
  readonly url: string;
  readonly body: unknown;
}

const mark = 'empty-page.';

type Query = Readonly<Record<string, unknown>> & { readonly options?: Readonly<Record<string, unknown>> };

/**
 * The answer without its rows, as Azure may give at any time, with a continuation that leads to the right page. What is no
 * list, or could not be continued in Azure either, stays as it is.
 */
export function emptied(answer: ArmAnswer, { url, body }: AskedPage): ArmAnswer {
  const page = answer.body;
  if (answer.status !== 200 || typeof page !== 'object' || page === null) return answer;
  if ('value' in page && Array.isArray(page.value)) {
    return { ...answer, body: { ...page, value: [], nextLink: `${url}${url.includes('?') ? '&' : '?'}emptyPage=1` } };
  }
  if (!('data' in page && Array.isArray(page.data) && isPaged(page.data)) || !isQuery(body)) return answer;
  const token = String(body.options?.['$skipToken'] ?? '');
  const skipToken = `${mark}${Buffer.from(token).toString('base64')}`;
  return { ...answer, body: { ...page, count: 0, data: [], resultTruncated: 'false', $skipToken: skipToken } };
}

/** Resource Graph continues only what has an id. */
function isPaged([first]: readonly unknown[]): boolean {
  return typeof first === 'object' && first !== null && 'id' in first;
}

/** A query of Resource Graph with the token that it would have carried without empty pages before. */
export function withoutEmptyPages(body: unknown): unknown {
  const token = isQuery(body) ? body.options?.['$skipToken'] : undefined;
  if (!isQuery(body) || typeof token !== 'string' || !token.startsWith(mark)) return body;
  const { $skipToken: _, ...others } = body.options ?? {};
  const before = Buffer.from(token.slice(mark.length), 'base64').toString();
  const options = before === '' ? others : { ...others, $skipToken: before };
  return withoutEmptyPages({ ...body, options });
}

function isQuery(body: unknown): body is Query {
  return typeof body === 'object' && body !== null && 'query' in body;
}
