import type { TimeToProtectFigures } from '../../lib/domain/time-to-protect.ts';
import { Facts } from '../elements/facts.tsx';
import { Section } from '../elements/section.tsx';

interface TimeToProtectProps {
  readonly figures: TimeToProtectFigures;
  readonly days: number;
}

/** How long VMs stood without protection after they were created. */
export function TimeToProtect({ figures: { count, meanHours, halfWithinHours }, days }: TimeToProtectProps) {
  return (
    <Section title="Time to protect">
      {count === 0 ? (
        <div>No VM was protected for the first time in these {days} days.</div>
      ) : (
        <Facts
          of={[
            ['VMs protected', `${count} in ${days} days`],
            ['Mean', meanHours === null ? 'unknown' : `${meanHours} h`],
            ['Half of them within', halfWithinHours === null ? 'more than 720 h, or unknown' : `${halfWithinHours} h`],
          ]}
        />
      )}
    </Section>
  );
}
