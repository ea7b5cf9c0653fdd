#!/usr/bin/env node
// The command's way in: TypeScript is loaded as it is, from wherever the command is called.
import { fileURLToPath } from 'node:url';
import { register } from 'tsx/esm/api';

register({ tsconfig: fileURLToPath(new URL('../tsconfig.json', import.meta.url)) });
const { main } = await import('./main.ts');
// INIT_CWD: npm runs scripts in the package's folder and says here where it was called.
const code = await main(process.argv.slice(2), process.env.INIT_CWD);
// Everything printed must be out before the process ends, also through a pipe.
process.stdout.write('', () => process.stderr.write('', () => process.exit(code)));
