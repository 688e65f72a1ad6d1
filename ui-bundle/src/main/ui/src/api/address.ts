/**
 * The path prefix of the server, with a slash at its end. All pages lie one level below it, so it
 * is the page's own path up to the last slash, whatever a proxy puts before.
 */
export function prefixOf(pathname: string): string {
  return pathname.slice(0, pathname.lastIndexOf('/') + 1) || '/';
}

/** The prefix of this page. Read once: the pages change the path's last part only. */
export const prefix = prefixOf(globalThis.location?.pathname ?? '/');

/** The address of something of the server. */
export function address(path: string, parameters?: URLSearchParams): string {
  const query = parameters?.toString();
  return prefix + path + (query ? `?${query}` : '');
}
