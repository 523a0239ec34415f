import { makeStyles } from '@fluentui/react-components';
import { lazy, Suspense } from 'react';

import { api, type Posture } from '../api/client.ts';
import { useAnswer } from '../api/use-answer.ts';
import { Page } from '../app/page.tsx';
import { Loading } from '../elements/loading.tsx';
import { Section } from '../elements/section.tsx';
import { Shown } from '../elements/shown.tsx';
import { Changes } from './changes.tsx';
import { CompletenessBar } from './completeness-bar.tsx';
import { ExemptionCounts } from './exemption-counts.tsx';
import { Figures } from './figures.tsx';
import { Groups } from './groups.tsx';
import { LatestSweep } from './latest-sweep.tsx';
import { TimeToProtect } from './time-to-protect.tsx';

// The charts are as big as the rest of the page: they come after it.
const Trend = lazy(async () => ({ default: (await import('./trend.tsx')).Trend }));

/** Days of the trend. */
const trendDays = 90;

const useStyles = makeStyles({
  columns: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 2fr) minmax(260px, 1fr)',
    gap: '16px',
    alignItems: 'start',
    '@media (max-width: 1100px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  column: { display: 'flex', flexDirection: 'column', gap: '16px', minWidth: 0 },
});

function Whole({ posture }: { readonly posture: Posture }) {
  const styles = useStyles();
  const { completeness, trend = [], timeToProtect } = posture;
  return (
    <>
      <CompletenessBar completeness={completeness} />
      <Figures posture={posture} />
      <div className={styles.columns}>
        <div className={styles.column}>
          <Section title={`Trend over ${trendDays} days`}>
            <Suspense fallback={<Loading what="the chart" />}>
              <Trend days={trend} />
            </Suspense>
          </Section>
          <Groups />
        </div>
        <div className={styles.column}>
          <LatestSweep completeness={completeness} />
          <Changes />
          <ExemptionCounts posture={posture} />
          {timeToProtect && <TimeToProtect figures={timeToProtect} days={trendDays} />}
        </div>
      </div>
    </>
  );
}

/** How it stands now: verdicts, trend, groups, what changed, and what all of it rests on. */
export function PostureView() {
  const answer = useAnswer('posture', (signal) => api.posture({ trend: trendDays }, signal));
  return (
    <Page title="Posture">
      <Shown answer={answer} what="the posture">
        {(posture) => <Whole posture={posture} />}
      </Shown>
    </Page>
  );
}
