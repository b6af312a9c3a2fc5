import '@cloudscape-design/global-styles/index.css';
import './main.css';
import I18nProvider from '@cloudscape-design/components/i18n';
import messages from '@cloudscape-design/components/i18n/messages/all.en';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createQueryClient } from './api/queries.ts';
import { App } from './shell/app.tsx';
import { VisualModeProvider } from './shell/appearance.tsx';
import { FlashProvider } from './shell/flash.tsx';

const element = document.getElementById('app');
if (element === null) throw new Error('the page has no element to draw in');

createRoot(element).render(
  <StrictMode>
    <I18nProvider locale="en" messages={[messages]}>
      <VisualModeProvider>
        <QueryClientProvider client={createQueryClient()}>
          <FlashProvider>
            <App />
          </FlashProvider>
        </QueryClientProvider>
      </VisualModeProvider>
    </I18nProvider>
  </StrictMode>,
);
