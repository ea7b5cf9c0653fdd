import { loadWorkflowBundle } from '../activities/bundle.ts';

// The second half of `npm run build`: the workflow bundle in dist/, so that no process of production has to make it.
const { code, sha256, codePath } = await loadWorkflowBundle();
console.log(`${codePath}: ${Math.round(Buffer.byteLength(code) / 1024)} kB, SHA-256 ${sha256}`);
