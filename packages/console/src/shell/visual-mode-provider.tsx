import { applyMode, Mode } from '@cloudscape-design/global-styles';
import type { ReactNode } from 'react';
import { createContext, useContext, useLayoutEffect, useMemo, useState } from 'react';
import { useMediaQuery } from './use-media-query.ts';
import type { VisualMode } from './visual-mode.ts';
import { rememberedMode, rememberMode } from './visual-mode.ts';

interface VisualModeChoice {
  readonly mode: VisualMode;
  readonly choose: (mode: VisualMode) => void;
}

const Context = createContext<VisualModeChoice>({ mode: 'light', choose: () => undefined });

/** Light or dark: as the system has it, until something else is chosen. */
export function VisualModeProvider({ children }: { readonly children: ReactNode }) {
  const system: VisualMode = useMediaQuery('(prefers-color-scheme: dark)') ? 'dark' : 'light';
  const [chosen, setChosen] = useState(() => rememberedMode(localStorage));
  const mode = chosen ?? system;

  useLayoutEffect(() => {
    applyMode(mode === 'dark' ? Mode.Dark : Mode.Light);
    document.body.classList.toggle('coffee-light', mode === 'light');
  }, [mode]);

  const value = useMemo(
    () => ({
      mode,
      choose(next: VisualMode) {
        rememberMode(localStorage, next, system);
        setChosen(next === system ? undefined : next);
      },
    }),
    [mode, system],
  );
  return <Context value={value}>{children}</Context>;
}

/** The mode that holds, and how to choose another. */
export const useVisualMode = (): VisualModeChoice => useContext(Context);
