import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { packed } from './packed.ts';

/** Where `npm run dev` style serving finds the API; the built page is served by the API itself. */
const api = 'http://127.0.0.1:8420';

/** Of Brotli: the highest takes ten times as long for a twentieth less. */
const PACKED_WELL = 9;

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react(), packed(PACKED_WELL)],
  build: {
    outDir: fileURLToPath(new URL('../dist/web', import.meta.url)),
    emptyOutDir: true,
    // Ant Design is above the default of 500 kB, and SurveyJS, which only a preview loads; both are cached apart from our own code.
    chunkSizeWarningLimit: 1_700,
  },
  server: { proxy: { '/api': api } },
});
