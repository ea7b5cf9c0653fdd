import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import type { Plugin } from 'vite';

/** Packs each file beside itself, once: the API sends them as they are. @param quality of Brotli, 0 to 11 */
export function packed(quality: number): Plugin {
  let written = '';
  return {
    name: 'packed',
    apply: 'build',
    configResolved({ build }) {
      written = build.outDir;
    },
    closeBundle() {
      for (const entry of readdirSync(written, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile() || !/\.(?:m?js|css|html)$/.test(entry.name)) continue;
        const file = join(entry.parentPath, entry.name);
        const params = { [constants.BROTLI_PARAM_QUALITY]: quality };
        writeFileSync(`${file}.br`, brotliCompressSync(readFileSync(file), { params }));
      }
    },
  };
}
