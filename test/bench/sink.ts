import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** A mail server in a process of its own that takes everything and stores nothing. */
export interface Sink {
  url: string;
  close(): void;
}

/**
 * @param answersAfterMs passes between the final dot and its answer
 * @param onMail hears of every mail before the server answers for it: to whom, and its Message-ID
 */
export async function openSink(
  answersAfterMs: number,
  onMail?: (to: string, messageId: string) => void,
): Promise<Sink> {
  const script = fileURLToPath(new URL('../support/mail-sink.ts', import.meta.url));
  const told = onMail ? ['tell'] : [];
  const sink: ChildProcess = spawn(process.execPath, ['--import', 'tsx', script, String(answersAfterMs), ...told], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (!sink.stdout) throw new Error('the mail server says nothing');
  const lines = createInterface(sink.stdout);
  const [port] = (await once(lines, 'line')) as [string];
  lines.on('line', (line) => {
    const [to = '', messageId = ''] = line.split(' ');
    onMail?.(to, messageId);
  });
  return { url: `smtp://127.0.0.1:${port}`, close: () => void sink.kill('SIGKILL') };
}
