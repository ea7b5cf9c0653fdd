import { fileURLToPath } from 'node:url';
import { constants } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { packed } from '../packed.ts';

const folder = fileURLToPath(new URL('../../dist/web/answer', import.meta.url));

/** The page that customers answer on: a bundle of its own, without what the pages of the contract's people need. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: '/answer/',
  publicDir: false,
  // As small as it gets: most of those who answer are on a phone.
  plugins: [react(), packed(constants.BROTLI_MAX_QUALITY)],
  build: { outDir: folder, emptyOutDir: true, chunkSizeWarningLimit: 2_000 },
  server: { proxy: { '/api': 'http://127.0.0.1:8420' } },
});
