import { useSyncExternalStore } from 'react';
import { prefix } from '../api/address';

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('popstate', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('popstate', listener);
  };
}

function tell() {
  listeners.forEach((listener) => listener());
}

/** The last part of the path, without the prefix: query, alerts and so on. */
export function usePage(): string {
  return useSyncExternalStore(subscribe, () => location.pathname.slice(prefix.length));
}

/** What stands after the path, with its question mark. */
export function useSearch(): string {
  return useSyncExternalStore(subscribe, () => location.search);
}

/** Goes to a page without loading it anew. */
export function goTo(page: string, replace = false) {
  history[replace ? 'replaceState' : 'pushState'](null, '', prefix + page);
  tell();
  window.scrollTo(0, 0);
}

/** Changes what stands after the path; adds to the browser's history unless it is to replace. */
export function setSearch(search: string, replace = false) {
  if (search !== location.search) {
    const target = location.pathname + search;
    history[replace ? 'replaceState' : 'pushState'](null, '', target);
    tell();
  }
}

/** One parameter of the address; setting it to the empty text takes it away. */
export function useParameter(name: string): [string, (value: string) => void] {
  const value = new URLSearchParams(useSearch()).get(name) ?? '';
  return [
    value,
    (next) => {
      const parameters = new URLSearchParams(location.search);
      if (next === '') {
        parameters.delete(name);
      } else {
        parameters.set(name, next);
      }
      const text = parameters.toString();
      setSearch(text && `?${text}`, true);
    },
  ];
}
