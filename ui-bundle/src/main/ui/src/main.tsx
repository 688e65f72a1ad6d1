import './app/mantine.css';
import './app/theme.css';
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App';
import { theme } from './app/theme';
import { ZoneProvider } from './time/ZoneContext';

const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      {/* Without the style elements it would write: mantine.css and theme.css have its variables. */}
      <MantineProvider
        theme={theme}
        defaultColorScheme="auto"
        withCssVariables={false}
        withGlobalClasses={false}
      >
        <QueryClientProvider client={client}>
          <ZoneProvider>
            <App />
          </ZoneProvider>
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  );
}
