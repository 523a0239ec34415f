import { AreaChart } from '@fluentui/react-charts';
import { makeStyles, Text } from '@fluentui/react-components';

import type { Posture } from '../api/client.ts';
import { verdictColor } from '../verdict/colors.ts';
import { verdicts } from '../verdict/words.ts';

type TrendDays = NonNullable<Posture['trend']>;
type CountedDay = TrendDays[number] & { readonly verdicts: object };

const useStyles = makeStyles({ chart: { width: '100%', minWidth: 0, height: '280px' } });

function isCounted(day: TrendDays[number]): day is CountedDay {
  return day.verdicts !== null;
}

/** The verdicts at the end of each day, stacked. Days before the first count are not drawn: nothing is known of them. */
export function Trend({ days }: { readonly days: TrendDays }) {
  const styles = useStyles();
  const counted = days.filter(isCounted);
  const [first] = counted;
  if (!first) {
    return <Text>Nothing was counted on these days.</Text>;
  }
  if (counted.length === 1) {
    return <Text>The trend begins on {first.day}: nothing was counted before.</Text>;
  }
  const present = verdicts.filter((verdict) => counted.some((day) => day.verdicts[verdict] > 0));
  const lineChartData = present.map((verdict) => ({
    legend: verdict,
    color: verdictColor[verdict],
    data: counted.map((day) => ({ x: new Date(`${day.day}T00:00:00Z`), y: day.verdicts[verdict] })),
  }));
  return (
    <div className={styles.chart}>
      <AreaChart
        data={{ chartTitle: `VMs by verdict from ${first.day} on`, lineChartData }}
        height={280}
        useUTC
        legendsOverflowText="more"
      />
    </div>
  );
}
