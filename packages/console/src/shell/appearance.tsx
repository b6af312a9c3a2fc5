import { applyMode, Mode } from '@cloudscape-design/global-styles';
import type { ReactNode } from 'react';
import { createContext, useContext, useLayoutEffect, useState, useSyncExternalStore } from 'react';
import { recall, remember } from '../components/remembered.ts';

export type VisualMode = 'light' | 'dark';

type VisualModeChoice = Readonly<{ mode: VisualMode; choose: (mode: VisualMode) => void }>;

const Context = createContext<VisualModeChoice>({ mode: 'light', choose: () => undefined });

/** The mode that was chosen before; `undefined` follows the system. */
export function recallMode(): VisualMode | undefined {
  const value = recall('visual-mode');
  return value === 'light' || value === 'dark' ? value : undefined;
}

/** Remembers a mode. Choosing the system's own makes the page follow the system again. */
export function rememberMode(chosen: VisualMode, system: VisualMode): void {
  remember('visual-mode', chosen === system ? undefined : chosen);
}

export function useMediaQuery(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const list = matchMedia(query);
      list.addEventListener('change', changed);
      return () => list.removeEventListener('change', changed);
    },
    () => matchMedia(query).matches,
  );
}

/** Whether the window is too narrow for a table: Cloudscape's first breakpoint. */
export const useNarrow = (): boolean => useMediaQuery('(max-width: 688px)');

/** Light or dark: the system's mode until another is chosen. */
export function VisualModeProvider({ children }: { readonly children: ReactNode }) {
  const system: VisualMode = useMediaQuery('(prefers-color-scheme: dark)') ? 'dark' : 'light';
  const [chosen, setChosen] = useState(recallMode);
  const mode = chosen ?? system;

  useLayoutEffect(() => {
    applyMode(mode === 'dark' ? Mode.Dark : Mode.Light);
    document.documentElement.style.colorScheme = mode;
  }, [mode]);

  const choose = (next: VisualMode): void => {
    rememberMode(next, system);
    setChosen(next === system ? undefined : next);
  };
  return <Context value={{ mode, choose }}>{children}</Context>;
}

export const useVisualMode = (): VisualModeChoice => useContext(Context);
