import type { AppLayoutProps } from '@cloudscape-design/components/app-layout';
import { createContext, useContext, useEffect, useLayoutEffect } from 'react';

/** A step of the way to a page. */
export interface Crumb {
  readonly text: string;
  readonly href: string;
}

/** What a page tells the shell around it. */
export interface PageInfo {
  readonly title: string;
  readonly crumbs: readonly Crumb[];
  readonly contentType: AppLayoutProps.ContentType;
}

/** Takes what a page tells. */
export const PageInfoContext = createContext<(info: PageInfo) => void>(() => undefined);

let visited = false;

/**
 * Titles a page: the tab, the breadcrumbs, and after navigation the focus on its heading, so that a screen reader says
 * where one is.
 */
export function usePage(
  title: string,
  parents: readonly Crumb[] = [],
  contentType: PageInfo['contentType'] = 'default',
) {
  const tell = useContext(PageInfoContext);
  const way = JSON.stringify(parents);

  useLayoutEffect(() => {
    document.title = `${title} | Coffee orders`;
    tell({ title, crumbs: [...(JSON.parse(way) as Crumb[]), { text: title, href: '#' }], contentType });
  }, [tell, title, way, contentType]);

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
