import type { AnchorHTMLAttributes, MouseEvent } from 'react';
import { prefix } from '../api/address';
import { goTo } from './useLocation';

/** A link to another of our pages; followed without loading it anew. */
export function Link({
  to,
  ...rest
}: { to: string } & Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'>) {
  const follow = (event: MouseEvent) => {
    // Other buttons and keys open it in another tab or window.
    if (event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey)) {
      event.preventDefault();
      goTo(to);
    }
  };
  return <a {...rest} href={prefix + to} onClick={follow} />;
}
