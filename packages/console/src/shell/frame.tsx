import type { TopNavigationProps } from '@cloudscape-design/components';
import {
  AppLayoutToolbar,
  BreadcrumbGroup,
  Flashbar,
  SideNavigation,
  TopNavigation,
} from '@cloudscape-design/components';
import type { ReactNode } from 'react';
import { useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { session } from '../api/queries.ts';
import { nameOf, useCaller, useSessionState } from '../sign-in/use-session.ts';
import { useMediaQuery, useVisualMode } from './appearance.tsx';
import { useFlash } from './flash.tsx';
import type { PageInfo } from './page.tsx';
import { PageInfoContext } from './page.tsx';
import { isFor, paths } from './paths.ts';

const pages = [
  { type: 'link', text: 'Place an order', href: paths.placeOrder },
  { type: 'divider' },
  { type: 'link', text: 'Executions', href: paths.executions },
  { type: 'link', text: 'Orders', href: paths.orders },
  { type: 'link', text: 'Invoices', href: paths.invoices },
  { type: 'link', text: 'Mailbox', href: paths.mailbox },
  { type: 'divider' },
  { type: 'link', text: 'Faults', href: paths.faults },
  { type: 'link', text: 'API description', href: '/docs', external: true },
] as const;

function sectionOf(location: string): string {
  const found = pages.find((page) => page.type === 'link' && page.href !== '/' && location.startsWith(page.href));
  return found?.type === 'link' ? found.href : paths.placeOrder;
}

const moon = (
  <svg viewBox="0 0 16 16" aria-hidden="true">
    <path d="M13.5 10A6 6 0 0 1 6 2.5 6 6 0 1 0 13.5 10z" fill="none" stroke="currentColor" strokeWidth="2" />
  </svg>
);
const sun = (
  <svg viewBox="0 0 16 16" aria-hidden="true" fill="none" stroke="currentColor" strokeWidth="2">
    <circle cx="8" cy="8" r="3" />
    <path d="M8 0v2M8 14v2M0 8h2M14 8h2M2.5 2.5l1.2 1.2M12.3 12.3l1.2 1.2M13.5 2.5l-1.2 1.2M3.7 12.3l-1.2 1.2" />
  </svg>
);

export function Frame({ children }: { readonly children: ReactNode }) {
  const [location] = useLocation();
  const [info, setInfo] = useState<PageInfo>({ crumbs: [], contentType: 'default' });
  const state = useSessionState();
  const caller = useCaller();
  const { messages } = useFlash();
  const { mode, choose } = useVisualMode();
  const wide = useMediaQuery('(min-width: 1200px)');
  const [navigationOpen, setNavigationOpen] = useState(wide);
  useEffect(() => setNavigationOpen(wide), [wide]);
  const followed = (): void => setNavigationOpen((open) => open && wide);
  const other = mode === 'dark' ? 'light' : 'dark';
  const items = pages.filter((page) => page.type === 'divider' || isFor(caller, page.href));
  const name = nameOf(state.kind === 'signed-in' ? state.caller : undefined);
  const user: TopNavigationProps.Utility = {
    type: 'menu-dropdown',
    iconName: 'user-profile',
    text: name,
    title: name, // on a narrow screen there is the icon only
    ariaLabel: name,
    items: [{ id: 'sign-out', text: 'Sign out' }],
    onItemClick: () => session.signOut(),
  };

  return (
    <PageInfoContext value={setInfo}>
      <div id="top">
        <TopNavigation
          identity={{ href: '/', title: 'Coffee orders', logo: { src: '/favicon.svg', alt: '' }, onFollow: followed }}
          utilities={[
            {
              type: 'button',
              iconSvg: mode === 'dark' ? sun : moon,
              text: other === 'dark' ? 'Dark mode' : 'Light mode',
              ariaLabel: `Switch to ${other} mode`,
              onClick: () => choose(other),
            },
            ...(state.kind === 'signed-in' ? [user] : []),
          ]}
          i18nStrings={{ overflowMenuTriggerText: 'More', overflowMenuTitleText: 'All' }}
        />
      </div>
      <AppLayoutToolbar
        headerSelector="#top"
        toolsHide
        contentType={info.contentType}
        navigationOpen={navigationOpen}
        onNavigationChange={({ detail }) => setNavigationOpen(detail.open)}
        navigation={
          <SideNavigation
            header={{ text: 'order-workflow', href: paths.executions }}
            activeHref={sectionOf(location)}
            items={state.kind === 'signed-out' ? [] : items}
            onFollow={followed}
          />
        }
        breadcrumbs={<BreadcrumbGroup items={[{ text: 'Coffee orders', href: '/' }, ...info.crumbs]} />}
        notifications={<Flashbar items={messages} stackItems={messages.length > 3} />}
        content={children}
      />
    </PageInfoContext>
  );
}
