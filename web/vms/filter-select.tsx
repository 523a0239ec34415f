import { Field, makeStyles } from '@fluentui/react-components';

import { Choice } from '../elements/choice.tsx';

const useStyles = makeStyles({ field: { minWidth: 0 } });

interface FilterSelectProps {
  readonly label: string;
  /** Empty: all. */
  readonly value: string;
  readonly choices: readonly string[];
  readonly onChoose: (value: string) => void;
}

/** One filter with its choices. A value from an address stays a choice although nothing is counted under it. */
export function FilterSelect({ label, value, choices, onChoose }: FilterSelectProps) {
  const styles = useStyles();
  const all = value === '' || choices.includes(value) ? choices : [value, ...choices];
  return (
    <Field label={label} className={styles.field}>
      <Choice value={value} choices={[['', 'All'], ...all.map((each) => [each, each] as const)]} onChoose={onChoose} />
    </Field>
  );
}
