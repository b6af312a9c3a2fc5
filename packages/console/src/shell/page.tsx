import type { AppLayoutProps, ContainerProps } from '@cloudscape-design/components';
import { Container, ContentLayout, Header } from '@cloudscape-design/components';
import type { ReactNode } from 'react';
import { createContext, useContext, useEffect, useLayoutEffect } from 'react';

/** A page above another in the breadcrumbs. */
interface Crumb {
  readonly text: string;
  readonly href: string;
}

/** What a page tells the frame around it. */
export interface PageInfo {
  readonly crumbs: readonly Crumb[];
  readonly contentType: AppLayoutProps.ContentType;
}

/** Takes the information of the page that is shown. */
export const PageInfoContext = createContext<(info: PageInfo) => void>(() => undefined);

let visited = false;

/**
 * Titles a page: the tab and the breadcrumbs. After navigation the heading takes the focus, so that a screen reader says
 * where it led.
 */
export function usePage(title: string, contentType: PageInfo['contentType'] = 'default', parent?: Crumb): void {
  const tell = useContext(PageInfoContext);
  const { text, href } = parent ?? {};

  useLayoutEffect(() => {
    document.title = `${title} | Coffee orders`;
    const above = text === undefined || href === undefined ? [] : [{ text, href }];
    tell({ crumbs: [...above, { text: title, href: '#' }], contentType });
  }, [tell, title, text, href, contentType]);

  useEffect(() => {
    if (visited) {
      const heading = document.querySelector<HTMLElement>('main h1');
      heading?.setAttribute('tabindex', '-1');
      heading?.focus({ preventScroll: true });
      window.scrollTo(0, 0);
    }
    visited = true;
  }, [title]);
}

interface PageProps {
  readonly title: string;
  /** The list that the page belongs to. */
  readonly parent?: Crumb;
  readonly contentType?: PageInfo['contentType'];
  readonly description?: string | undefined;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A page with a heading. */
export function Page({ title, parent, contentType, description, actions, children }: PageProps) {
  usePage(title, contentType, parent);
  const header = (
    <Header variant="h1" description={description} actions={actions}>
      {title}
    </Header>
  );
  return <ContentLayout header={header}>{children}</ContentLayout>;
}

interface SectionProps extends Omit<ContainerProps, 'header'> {
  readonly title: string;
  readonly description?: string;
  readonly actions?: ReactNode;
}

/** A part of a page, in a box with a heading. */
export function Section({ title, description, actions, ...props }: SectionProps) {
  const header = (
    <Header variant="h2" description={description} actions={actions}>
      {title}
    </Header>
  );
  return <Container {...props} header={header} />;
}
