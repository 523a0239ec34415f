import { Field, makeStyles, Select } from '@fluentui/react-components';

const useStyles = makeStyles({
  field: { minWidth: 0 },
  select: { minWidth: 0, '& > select': { minWidth: 0, textOverflow: 'ellipsis' } },
});

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
      <Select className={styles.select} value={value} onChange={(_, { value: chosen }) => onChoose(chosen)}>
        <option value="">All</option>
        {all.map((choice) => (
          <option key={choice} value={choice}>
            {choice}
          </option>
        ))}
      </Select>
    </Field>
  );
}
