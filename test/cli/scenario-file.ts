import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { goodDraft } from '../templates/draft-file.ts';

export function goodScenario(): Record<string, unknown> {
  return {
    ...goodDraft(),
    script: [
      { at: '2026-09-01 09:00', as: 'A', do: 'sign' },
      { at: '2026-09-03 10:00', as: 'B', do: 'sign', signedOn: '2026-09-02' },
      { at: '2026-10-05 16:30:15', as: 'A', do: 'submit', obligation: 'process-plan' },
      { at: '2026-10-08 09:00', as: 'B', do: 'review', obligation: 'process-plan', verdict: 'reject', points: ['1'] },
      { at: '2026-12-01 12:00', as: 'coordinator', do: 'terminate', reason: 'agreed' },
    ],
  };
}

/** Writes the text to a new file in a folder of its own; its path. */
export function scenarioFile(text: string, name = 'scenario.yaml'): string {
  const path = join(mkdtempSync(join(tmpdir(), 'abide-scenario-')), name);
  writeFileSync(path, text);
  return path;
}
