import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { type Plugin, defineConfig } from 'vite';

const folder = fileURLToPath(new URL('../../dist/web/answer', import.meta.url));

/** Packs each file beside itself, once and as small as it gets: most of those who answer are on a phone. */
let written = folder;
const packed: Plugin = {
  name: 'packed',
  apply: 'build',
  configResolved({ build }) {
    written = build.outDir;
  },
  closeBundle() {
    for (const entry of readdirSync(written, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !/\.(?:js|css|html)$/.test(entry.name)) continue;
      const file = join(entry.parentPath, entry.name);
      const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
      writeFileSync(`${file}.br`, brotliCompressSync(readFileSync(file), { params }));
    }
  },
};

/** The page that customers answer on: a bundle of its own, without what the pages of the contract's people need. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: '/answer/',
  publicDir: false,
  plugins: [react(), packed],
  build: { outDir: folder, emptyOutDir: true, chunkSizeWarningLimit: 2_000 },
  server: { proxy: { '/api': 'http://127.0.0.1:8420' } },
});
