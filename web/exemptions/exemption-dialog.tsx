import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from '@fluentui/react-components';
import { type FormEvent, useId, useState } from 'react';

import { api } from '../api/client.ts';
import { ApiError } from '../api/request.ts';
import { Failure } from '../elements/failure.tsx';
import { type Draft, draftOf, wordsOf } from './draft.ts';
import { ExemptionFields } from './exemption-fields.tsx';
import { keepName, ownName } from './own-name.ts';
import type { ExemptionTask } from './task.ts';

const titles = { create: 'New exemption', change: 'Change the exemption', end: 'End the exemption' } as const;
const verbs = { create: 'Create', change: 'Save', end: 'End it' } as const;

function send(task: ExemptionTask, draft: Draft): Promise<unknown> {
  const signed = draft.by.trim() ? { by: draft.by.trim() } : {};
  switch (task.kind) {
    case 'create':
      return api.createExemption({ scope: task.scope ?? draft.scope.trim(), ...wordsOf(draft), ...signed });
    case 'change':
      return api.changeExemption(task.exemption.exemptionId, { ...wordsOf(draft), ...signed });
    default:
      return api.endExemption(task.exemption.exemptionId, { reason: draft.reason.trim(), ...signed });
  }
}

interface ExemptionDialogProps {
  readonly task: ExemptionTask;
  readonly onDone: () => void;
  readonly onCancel: () => void;
}

/** Makes, changes or ends an exemption. What the API does not take, it says here. */
export function ExemptionDialog({ task, onDone, onCancel }: ExemptionDialogProps) {
  const form = useId();
  const [draft, setDraft] = useState(() => draftOf(task, ownName()));
  const [error, setError] = useState<ApiError>();
  const [isSending, setSending] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setSending(true);
    setError(undefined);
    keepName(draft.by.trim());
    send(task, draft).then(onDone, (failure: unknown) => {
      setSending(false);
      setError(failure instanceof ApiError ? failure : new ApiError(0, 'Failed', String(failure)));
    });
  };
  return (
    <Dialog open onOpenChange={(_, { open }) => !open && onCancel()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{titles[task.kind]}</DialogTitle>
          <DialogContent>
            <form id={form} onSubmit={submit}>
              <ExemptionFields task={task} draft={draft} onChange={setDraft} />
            </form>
            {error && <Failure error={error} />}
          </DialogContent>
          <DialogActions>
            <Button appearance="primary" type="submit" form={form} disabled={isSending}>
              {isSending ? 'Sending ...' : verbs[task.kind]}
            </Button>
            <Button onClick={onCancel}>Cancel</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
