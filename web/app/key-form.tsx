import { Button, Field, Input, makeStyles, Text } from '@fluentui/react-components';
import { type FormEvent, useState } from 'react';

import { enterKey } from '../api/session.ts';
import { Page } from './page.tsx';

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: '12px', maxWidth: '420px', alignItems: 'start' },
  field: { width: '100%' },
});

/** Asks for the function key: the API has refused the page, or the key that it had. */
export function KeyForm() {
  const styles = useStyles();
  const [key, setKey] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    enterKey(key.trim());
  };
  return (
    <Page title="Function key">
      <form className={styles.form} onSubmit={submit}>
        <Text>
          The API answers only to callers with a function key. It is kept until this tab is closed, and goes only to
          this function app, in a header.
        </Text>
        <Field label="Function key" required className={styles.field}>
          <Input type="password" autoComplete="off" value={key} onChange={(_, { value }) => setKey(value)} />
        </Field>
        <Button type="submit" appearance="primary" disabled={key.trim() === ''}>
          Open the dashboard
        </Button>
      </form>
    </Page>
  );
}
