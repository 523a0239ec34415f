import { VerticalStackedBarChart } from '@fluentui/react-charts';
import { makeStyles, Text } from '@fluentui/react-components';

import type { Posture } from '../api/client.ts';
import { verdictColor } from '../verdict/colors.ts';
import { verdicts } from '../verdict/words.ts';
import { useWidth } from './use-width.ts';

type TrendDays = NonNullable<Posture['trend']>;
type CountedDay = TrendDays[number] & { readonly verdicts: object };

const useStyles = makeStyles({
  chart: {
    width: '100%',
    minWidth: 0,
    height: '280px',
    // The verdicts are written as they are everywhere else.
    '& .fui-legend__text': { textTransform: 'none' },
  },
});

function isCounted(day: TrendDays[number]): day is CountedDay {
  return day.verdicts !== null;
}

/** The verdicts at the end of each day, stacked. Days before the first count are not drawn: nothing is known of them. */
export function Trend({ days }: { readonly days: TrendDays }) {
  const styles = useStyles();
  const { ref, width } = useWidth();
  const counted = days.filter(isCounted);
  const [first] = counted;
  if (!first) {
    return <Text>Nothing was counted on these days.</Text>;
  }
  const present = verdicts.filter((verdict) => counted.some((day) => day.verdicts[verdict] > 0));
  const data = counted.map((day) => ({
    xAxisPoint: day.day.slice(5),
    chartData: present.map((verdict) => ({
      legend: verdict,
      data: day.verdicts[verdict],
      color: verdictColor[verdict],
    })),
  }));
  return (
    <div className={styles.chart} ref={ref}>
      {/* Drawn anew for another width: after some changes of it, bars were out of sight (seen with version 9.3.25). */}
      <VerticalStackedBarChart
        key={width}
        data={data}
        chartTitle={`VMs by verdict from ${first.day} on`}
        height={280}
        barWidth="auto"
        maxBarWidth={24}
        xAxisInnerPadding={0.2}
        legendsOverflowText="more"
      />
    </div>
  );
}
