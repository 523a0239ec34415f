import { Button, Tab, TabList } from '@fluentui/react-components';
import { useState } from 'react';

import { addressOf, navigate } from '../app/location.ts';
import { Page } from '../app/page.tsx';
import { Section } from '../elements/section.tsx';
import { ExemptionDialog } from './exemption-dialog.tsx';
import { ImportedList } from './imported-list.tsx';
import { RegisterList } from './register-list.tsx';
import type { ExemptionTask } from './task.ts';

const origins = ['register', 'tag', 'azure-policy'] as const;
type Origin = (typeof origins)[number];

const originNames: Readonly<Record<Origin, string>> = {
  register: 'Register',
  tag: 'By tag',
  'azure-policy': 'By Azure Policy',
};

function originIn(query: URLSearchParams): Origin {
  return origins.find((origin) => origin === query.get('origin')) ?? 'register';
}

/** Exemptions by where they were made; those of the register can be made, changed and ended here. */
export function ExemptionsView({ query }: { readonly query: URLSearchParams }) {
  const [task, setTask] = useState<ExemptionTask>();
  const [turn, setTurn] = useState(0);
  const origin = originIn(query);
  const show = (next: Readonly<Record<string, string>>) =>
    navigate(addressOf('exemptions', undefined, next), 'replace');
  const done = () => {
    setTask(undefined);
    setTurn(turn + 1);
  };
  const create = (
    <Button appearance="primary" onClick={() => setTask({ kind: 'create' })}>
      New exemption
    </Button>
  );
  return (
    <Page title="Exemptions" actions={create}>
      <Section title="Where they were made">
        <TabList
          aria-label="Where they were made"
          selectedValue={origin}
          onTabSelect={(_, { value }) => show({ origin: value as Origin })}
          style={{ flexWrap: 'wrap', margin: '-8px -12px 0' }}
        >
          {origins.map((each) => (
            <Tab key={each} value={each} id={`origin-${each}`} aria-controls="exemptions">
              {originNames[each]}
            </Tab>
          ))}
        </TabList>
        <div role="tabpanel" id="exemptions" aria-labelledby={`origin-${origin}`}>
          {origin === 'register' ? (
            <RegisterList
              state={query.get('state') ?? ''}
              turn={turn}
              onState={(state) => show(state ? { state } : {})}
              onTask={setTask}
            />
          ) : (
            <ImportedList origin={origin} />
          )}
        </div>
      </Section>
      {task && <ExemptionDialog task={task} onDone={done} onCancel={() => setTask(undefined)} />}
    </Page>
  );
}
