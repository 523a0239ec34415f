import type { ReactNode } from 'react';

import type { Answer } from '../api/use-answer.ts';
import { Failure } from './failure.tsx';
import { Loading } from './loading.tsx';

interface ShownProps<T> {
  readonly answer: Answer<T>;
  /** What is awaited, for the reader. */
  readonly what: string;
  readonly children: (value: T) => ReactNode;
}

/** An answer as soon as it is there; before that that it is on its way, or why there is none. */
export function Shown<T>({ answer, what, children }: ShownProps<T>) {
  const { value, error, isLoading, again } = answer;
  if (error) {
    return <Failure error={error} onAgain={again} />;
  }
  return value === undefined ? isLoading && <Loading what={what} /> : children(value);
}
