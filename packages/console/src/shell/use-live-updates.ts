import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { executionQuery, openEvents } from '../api/queries.ts';
import { listen } from '../api/server-events.ts';
import { withEvent } from '../pages/execution/state-runs.ts';
import { useCaller } from '../sign-in/use-session.ts';
import { useFlash } from './flash.tsx';

const connection = 'connection';

/** Milliseconds. Fifty orders make hundreds of events: what is shown is read again at most this often. */
const pause = 400;

/** Milliseconds. How often everything is read again for those to whom the server sends no events. */
const interval = 5_000;

/** Keeps what is shown up to date, and says when the server is gone and when it is back. */
export function useLiveUpdates(): void {
  const hasEvents = useCaller().kind !== 'vendor';
  const client = useQueryClient();
  const { show } = useFlash();

  useEffect(() => {
    if (!hasEvents) {
      const timer = setInterval(() => void client.invalidateQueries(), interval);
      return () => clearInterval(timer);
    }
    const waiting = new Set<string>();
    const refresh = (key: string): void => {
      if (waiting.has(key)) return;
      waiting.add(key);
      setTimeout(() => {
        waiting.delete(key);
        void client.invalidateQueries({ queryKey: [key] });
      }, pause);
    };

    return listen(openEvents, {
      lost: () =>
        show({
          id: connection,
          type: 'in-progress',
          loading: true,
          dismissible: false,
          header: 'The server does not answer',
          content: 'It may be restarting. This page tries again every second, then reads everything again.',
        }),
      restored: () => {
        show({
          id: connection,
          type: 'success',
          content: 'The server is back. Everything on this page has been read again.',
        });
        void client.invalidateQueries();
      },
      execution: ({ orderid }) => {
        void client.invalidateQueries({ queryKey: executionQuery(orderid).queryKey });
        for (const key of ['executions', 'orders', 'order', 'invoices', 'invoice', 'faults']) refresh(key);
      },
      history: ({ orderid, event }) => {
        const { queryKey } = executionQuery(orderid);
        const detail = client.getQueryData(queryKey);
        if (detail === undefined) return;
        const history = withEvent(detail.history, event);
        if (history === undefined) void client.invalidateQueries({ queryKey });
        else client.setQueryData(queryKey, { ...detail, history: [...history] });
      },
      mail: () => refresh('emails'),
    });
  }, [client, show, hasEvents]);
}
