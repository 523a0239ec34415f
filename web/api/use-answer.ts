import { useCallback, useEffect, useRef, useState } from 'react';

import { ApiError } from './request.ts';

/** An answer of the API on its way. `value` may be an earlier answer while a newer one is awaited. */
export interface Answer<T> {
  readonly value?: T;
  readonly error?: ApiError;
  readonly isLoading: boolean;
  /** Asks once more. */
  readonly again: () => void;
}

function asError(error: unknown): ApiError {
  return error instanceof ApiError ? error : new ApiError(0, 'Not understood', String(error));
}

interface State<T> {
  readonly asked: string;
  readonly value?: T;
  readonly error?: ApiError;
  readonly isLoading: boolean;
}

/**
 * Asks the API when a component appears and whenever `what`, which names the question, is another one. An answer that comes
 * after the next question is dropped.
 */
export function useAnswer<T>(what: string, ask: (signal: AbortSignal) => Promise<T>): Answer<T> {
  const [turn, setTurn] = useState(0);
  const [state, setState] = useState<State<T>>({ asked: what, isLoading: true });
  const latest = useRef(ask);
  latest.current = ask;

  // biome-ignore lint/correctness/useExhaustiveDependencies: `turn` asks the same question once more.
  useEffect(() => {
    const end = new AbortController();
    setState((before) => (before.asked === what ? { ...before, isLoading: true } : { asked: what, isLoading: true }));
    const settle = (next: Omit<State<T>, 'asked' | 'isLoading'>) => {
      if (!end.signal.aborted) {
        setState({ asked: what, isLoading: false, ...next });
      }
    };
    latest.current(end.signal).then(
      (value) => settle({ value }),
      (error: unknown) => settle({ error: asError(error) }),
    );
    return () => end.abort();
  }, [what, turn]);

  const again = useCallback(() => setTurn((before) => before + 1), []);
  const { asked: _, ...answer } = state.asked === what ? state : { asked: what, isLoading: true };
  return { ...answer, again };
}
