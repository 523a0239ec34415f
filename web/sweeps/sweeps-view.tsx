import { Button } from '@fluentui/react-components';
import { useEffect, useState } from 'react';

import { api } from '../api/client.ts';
import { ApiError } from '../api/request.ts';
import { useAnswer } from '../api/use-answer.ts';
import { Page } from '../app/page.tsx';
import { Failure } from '../elements/failure.tsx';
import { Shown } from '../elements/shown.tsx';
import { SweepCard } from './sweep-card.tsx';

/** Runs that are shown. */
const size = 20;
const everyMs = 2_000;

/** The newest sweeps; while one is running, its progress. */
export function SweepsView() {
  const answer = useAnswer('sweeps', (signal) => api.sweeps(size, signal));
  const [error, setError] = useState<ApiError>();
  const { value, again } = answer;
  const isRunning = value?.sweeps.some(({ finishedAt }) => finishedAt === undefined) ?? false;
  useEffect(() => {
    const timer = isRunning ? setInterval(again, everyMs) : undefined;
    return () => clearInterval(timer);
  }, [isRunning, again]);
  const start = () => {
    setError(undefined);
    api.startSweep().then(again, (failure: unknown) => {
      setError(failure instanceof ApiError ? failure : new ApiError(0, 'Failed', String(failure)));
    });
  };
  return (
    <Page title="Sweeps" actions={<Button onClick={start}>Start a sweep</Button>}>
      {error && <Failure error={error} />}
      <Shown answer={answer} what="the sweeps">
        {({ sweeps }) =>
          sweeps.length === 0 ? (
            <div>There was no sweep yet.</div>
          ) : (
            sweeps.map((run) => <SweepCard key={run.runId} run={run} />)
          )
        }
      </Shown>
    </Page>
  );
}
