import type { AppLayoutProps } from '@cloudscape-design/components';
import { createContext, useContext, useEffect, useLayoutEffect } from 'react';

/** A page above another in the breadcrumbs. */
export interface Crumb {
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
export function usePage(
  title: string,
  parents: readonly Crumb[] = [],
  contentType: PageInfo['contentType'] = 'default',
) {
  const tell = useContext(PageInfoContext);
  const above = JSON.stringify(parents);

  useLayoutEffect(() => {
    document.title = `${title} | Coffee orders`;
    tell({ crumbs: [...(JSON.parse(above) as Crumb[]), { text: title, href: '#' }], contentType });
  }, [tell, title, above, contentType]);

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
