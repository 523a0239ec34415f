import { makeStyles, Select } from '@fluentui/react-components';

const useStyles = makeStyles({
  // However long the choices are, the field is as wide as the place that it has.
  all: { minWidth: 0, width: '100%', '& > select': { minWidth: 0, textOverflow: 'ellipsis' } },
});

interface ChoiceProps<Value extends string> {
  readonly value: Value;
  readonly choices: readonly (readonly [value: Value, name: string])[];
  readonly onChoose: (value: Value) => void;
  /** Where no field around it says what is chosen. */
  readonly label?: string;
  readonly size?: 'small';
}

/** One of several values. Everything beside `value` and `onChoose` that a field gives it goes to the control. */
export function Choice<Value extends string>({ value, choices, onChoose, label, ...rest }: ChoiceProps<Value>) {
  const styles = useStyles();
  return (
    <Select
      {...rest}
      {...(label ? { 'aria-label': label } : {})}
      className={styles.all}
      value={value}
      onChange={(_, { value: chosen }) => onChoose(chosen as Value)}
    >
      {choices.map(([each, name]) => (
        <option key={each} value={each}>
          {name}
        </option>
      ))}
    </Select>
  );
}
