import { vi } from 'vitest';
import { main } from '../../cli/main.ts';
import { useOwnTemplates } from '../../templates/library.ts';
import type { Ran } from './abide-process.ts';

/**
 * Runs the command in this process, which is quicker than one of its own: on a terminal of this locale, called from
 * `caller`, with `templates` as ABIDE_TEMPLATES.
 */
export async function abideHere(
  args: string[],
  { templates = '', caller, locale = 'en' }: { templates?: string; caller?: string; locale?: string } = {},
): Promise<Ran> {
  useOwnTemplates(undefined);
  const options = Intl.DateTimeFormat().resolvedOptions();
  const terminal = vi.spyOn(Intl.DateTimeFormat.prototype, 'resolvedOptions').mockReturnValue({ ...options, locale });
  const printed = { stdout: '', stderr: '' };
  const spies = (['stdout', 'stderr'] as const).map((stream) =>
    vi.spyOn(process[stream], 'write').mockImplementation((text) => {
      printed[stream] += String(text);
      return true;
    }),
  );
  vi.stubEnv('ABIDE_TEMPLATES', templates);
  try {
    return { code: await main(args, caller), ...printed };
  } finally {
    vi.unstubAllEnvs();
    terminal.mockRestore();
    spies.forEach((spy) => spy.mockRestore());
    useOwnTemplates(undefined);
  }
}
