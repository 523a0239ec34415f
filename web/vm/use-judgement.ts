import { useState } from 'react';

import type { Finding } from '../../lib/domain/finding.ts';
import { api } from '../api/client.ts';
import { ApiError } from '../api/request.ts';

/** A judgement that was asked for on this page: all findings, those that passed included. */
interface Judgement {
  readonly findings?: readonly Finding[];
  readonly error?: ApiError;
  readonly isJudging: boolean;
  readonly judge: () => void;
}

/** Judges a VM when asked; `onDone`: its row may have changed. */
export function useJudgement(vmId: string, onDone: () => void): Judgement {
  const [state, setState] = useState<Omit<Judgement, 'judge'>>({ isJudging: false });
  const judge = () => {
    setState(({ error: _, ...before }) => ({ ...before, isJudging: true }));
    api.judge(vmId).then(
      ({ findings }) => {
        setState({ findings, isJudging: false });
        onDone();
      },
      (error: unknown) =>
        setState({
          isJudging: false,
          error: error instanceof ApiError ? error : new ApiError(0, 'Failed', String(error)),
        }),
    );
  };
  return { ...state, judge };
}
