// The process in which `abide verify --replay` runs a bundle's code: runs come in by stdin, the verdict leaves by pipe 3.
import { writeFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { register } from 'tsx/esm/api';

register({ tsconfig: fileURLToPath(new URL('../tsconfig.json', import.meta.url)) });
const { replayEnclosed } = await import('./enclosed-runs.ts');
writeFileSync(3, JSON.stringify(await replayEnclosed(JSON.parse(await text(process.stdin)))));
process.exit(0);
