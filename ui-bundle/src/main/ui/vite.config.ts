import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { licenses } from './licenses.mjs';

// For `npm start`: the server whose API the pages ask.
const server = process.env.NARTHEX_URL ?? 'http://localhost:9090';

export default defineConfig({
  // Relative addresses: the pages work under any path prefix.
  base: './',
  plugins: [react(), licenses()],
  build: {
    outDir: process.env.UI_OUT ?? 'dist',
    emptyOutDir: true,
    target: 'es2022',
    // Nothing becomes a data: address, so the content security policy needs no exception.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 600,
  },
  server: {
    proxy: Object.fromEntries(
      ['/api', '/-/', '/alertmanager', '/metrics'].map((path) => [path, server]),
    ),
  },
});
