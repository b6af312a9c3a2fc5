import type { AppLayoutProps, ContainerProps } from '@cloudscape-design/components';
import { Container, ContentLayout, Header } from '@cloudscape-design/components';
import type { ReactNode } from 'react';
import { createContext, useContext, useEffect, useLayoutEffect } from 'react';

type Crumb = Readonly<{ text: string; href: string }>;

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

type Heading = Readonly<{ title: string; description?: string | undefined; actions?: ReactNode }>;

const heading = (variant: 'h1' | 'h2', { title, ...props }: Heading) => (
  <Header variant={variant} {...props}>
    {title}
  </Header>
);

interface PageProps extends Heading {
  /** The list that the page belongs to. */
  readonly parent?: Crumb;
  readonly contentType?: PageInfo['contentType'];
  readonly children: ReactNode;
}

/** A page with a heading. */
export function Page({ title, parent, contentType, description, actions, children }: PageProps) {
  usePage(title, contentType, parent);
  return <ContentLayout header={heading('h1', { title, description, actions })}>{children}</ContentLayout>;
}

/** A part of a page, in a box with a heading. */
export function Section({ title, description, actions, ...props }: Omit<ContainerProps, 'header'> & Heading) {
  return <Container {...props} header={heading('h2', { title, description, actions })} />;
}
