import type { FlashbarProps } from '@cloudscape-design/components';
import type { ReactNode } from 'react';
import { createContext, useContext, useEffect, useMemo, useRef, useState } from 'react';
import { useLocation } from 'wouter';

type Message = FlashbarProps.MessageDefinition & { readonly id: string };

/** A message and the address at which it was shown. */
type Shown = Message & { readonly at: string };

interface Flash {
  readonly messages: readonly Message[];
  /** Shows a message, replacing one with the same id. */
  readonly show: (message: Message) => void;
  readonly dismiss: (id: string) => void;
}

const Context = createContext<Flash>({ messages: [], show: () => undefined, dismiss: () => undefined });

/** Keeps the messages at the top of the page. */
export function FlashProvider({ children }: { readonly children: ReactNode }) {
  const [messages, setMessages] = useState<readonly Shown[]>([]);
  const [location] = useLocation();
  const last = useRef(location);

  // Good news stays on its page, and on the page that it led to.
  useEffect(() => {
    const before = last.current;
    last.current = location;
    setMessages((all) => all.filter(({ type, at }) => type !== 'success' || at === location || at === before));
  }, [location]);

  const actions = useMemo(() => {
    const dismiss = (id: string): void => setMessages((all) => all.filter((message) => message.id !== id));
    const show = (message: Message): void => {
      const own = {
        at: window.location.pathname,
        dismissible: true,
        dismissLabel: 'Dismiss',
        onDismiss: () => dismiss(message.id),
        ...message,
      };
      setMessages((all) => [own, ...all.filter(({ id }) => id !== message.id)]);
    };
    return { show, dismiss };
  }, []);
  return <Context value={{ messages, ...actions }}>{children}</Context>;
}

export const useFlash = (): Flash => useContext(Context);

export function failure(id: string, header: string, error: unknown): Message {
  return { id, type: 'error', header, content: error instanceof Error ? error.message : String(error) };
}
