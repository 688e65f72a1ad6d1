import { useLocalStorage } from '@mantine/hooks';
import { createContext, useContext, type ReactNode } from 'react';
import type { Zone } from './moment';

const ZoneContext = createContext<{ zone: Zone; setZone: (zone: Zone) => void }>({
  zone: 'utc',
  setZone: () => undefined,
});

/** Remembers in the browser whether times are shown in UTC or local time. */
export function ZoneProvider({ children }: { children: ReactNode }) {
  const [zone, setZone] = useLocalStorage<Zone>({
    key: 'narthex.zone',
    defaultValue: 'utc',
    getInitialValueInEffect: false,
  });
  return <ZoneContext.Provider value={{ zone, setZone }}>{children}</ZoneContext.Provider>;
}

export function useZone() {
  return useContext(ZoneContext);
}
