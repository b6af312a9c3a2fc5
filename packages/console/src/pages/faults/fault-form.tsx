import {
  Button,
  ColumnLayout,
  Form,
  FormField,
  Input,
  RadioGroup,
  Select,
  SpaceBetween,
  Tiles,
} from '@cloudscape-design/components';
import type { Fault, FaultList } from '@coffee/api';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { useState } from 'react';
import { client as api, faultsQuery } from '../../api/queries.ts';
import { failure, useFlash } from '../../shell/flash.tsx';
import { Section } from '../../shell/page.tsx';
import type { FaultDraft } from './fault-draft.ts';
import { faultErrors, faultOf, firstDraft } from './fault-draft.ts';

const option = (value: string, label = value, description = '') => ({ value, label, description });

const kinds = [
  option('before', 'Fails before', 'The port answers Unavailable without doing the work: a retry does it.'),
  option('after', 'Fails after', 'The work is done but the answer is lost: a retry must not do it twice.'),
  option('slow', 'Slow', 'The port takes its time: watch a state in progress, or its timeout.'),
];
const frequencies = [option('times', 'The next few times'), option('always', 'Always', 'Until the fault is cleared.')];

const retries = 'Tasks retry a port that is unavailable. With more failures than retries, the execution fails.';

export function FaultForm({ faults }: { readonly faults: FaultList }) {
  const client = useQueryClient();
  const { show } = useFlash();
  const [draft, setDraft] = useState<FaultDraft>(() => firstDraft(faults));
  const [tried, setTried] = useState(false);
  const wrong = faultErrors(draft);
  const errors = tried ? wrong : {};
  const methods = Object.fromEntries(faults.targets.map((target) => [target.port, target.methods]));
  const change = (part: Partial<FaultDraft>): void => setDraft((before) => ({ ...before, ...part }));

  const setting = useMutation({
    mutationFn: (fault: Fault) => api.setFault(fault),
    onSuccess: (answer, { port, method }) => {
      client.setQueryData(faultsQuery.queryKey, answer);
      const content = `The fault on ${port}.${method} is set. Place an order to see it.`;
      show({ id: 'fault', type: 'success', content });
    },
    onError: (error) => show(failure('fault', 'The fault was not set', error)),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (Object.keys(wrong).length === 0) setting.mutate(faultOf(draft));
  };
  const choice = (label: string, value: string, values: readonly string[], chosen: (value: string) => void) => (
    <FormField label={label}>
      <Select
        selectedOption={option(value)}
        options={values.map((name) => option(name))}
        onChange={({ detail }) => chosen(detail.selectedOption.value ?? '')}
      />
    </FormField>
  );
  const number = (label: string, field: 'times' | 'milliseconds', constraintText?: string) => (
    <FormField label={label} errorText={errors[field]} constraintText={constraintText}>
      <Input
        type="number"
        inputMode="numeric"
        value={draft[field]}
        onChange={({ detail }) => change({ [field]: detail.value })}
      />
    </FormField>
  );

  return (
    <form onSubmit={submit} noValidate aria-label="Fault">
      <Form
        actions={
          <Button variant="primary" formAction="submit" loading={setting.isPending}>
            Set fault
          </Button>
        }
      >
        <Section title="Set a fault">
          <SpaceBetween size="l">
            <ColumnLayout columns={2}>
              {choice('Port', draft.port, Object.keys(methods), (port) =>
                change({ port, method: methods[port]?.[0] ?? '' }),
              )}
              {choice('Method', draft.method, methods[draft.port] ?? [], (method) => change({ method }))}
            </ColumnLayout>
            <FormField label="What happens" stretch>
              <Tiles
                columns={3}
                value={draft.kind}
                items={kinds}
                onChange={({ detail }) => change({ kind: detail.value as Fault['kind'] })}
              />
            </FormField>
            <ColumnLayout columns={3}>
              <FormField label="How often">
                <RadioGroup
                  value={draft.always ? 'always' : 'times'}
                  items={frequencies}
                  onChange={({ detail }) => change({ always: detail.value === 'always' })}
                />
              </FormField>
              {!draft.always && number('Times', 'times', retries)}
              {draft.kind === 'slow' && number('Milliseconds', 'milliseconds')}
            </ColumnLayout>
          </SpaceBetween>
        </Section>
      </Form>
    </form>
  );
}
