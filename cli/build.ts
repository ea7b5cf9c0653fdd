import { loadWorkflowBundle } from '../activities/bundle.ts';
import { ensureWebBuild } from './web-build.ts';

// `npm run build`: the page and the workflow bundle in dist/, so that no process of production has to make them.
await ensureWebBuild((line) => console.log(line));
const { code, sha256, codePath } = await loadWorkflowBundle();
console.log(`${codePath}: ${Math.round(Buffer.byteLength(code) / 1024)} kB, SHA-256 ${sha256}`);
