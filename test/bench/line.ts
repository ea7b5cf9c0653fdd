import { once } from 'node:events';
import { type Socket, connect } from 'node:net';

const END_OF_HEADERS = Buffer.from('\r\n\r\n');

/**
 * An HTTP/1.1 connection that stays open and carries one request at a time, with as little work as there can be: who asks
 * shares the machine with what is measured. It reads answers that say their length, as the API's do.
 */
export interface Line {
  /** @returns status and body. @throws when the connection ends */
  post(path: string, headers: Record<string, string>, body: string): Promise<{ status: number; body: string }>;
  close(): void;
}

export async function openLine(url: string): Promise<Line> {
  const { hostname, port, host } = new URL(url);
  const socket: Socket = connect(Number(port), hostname);
  socket.setNoDelay(true);
  await once(socket, 'connect');
  let received = Buffer.alloc(0);
  let waiting:
    { resolve: (answer: { status: number; body: string }) => void; reject: (error: Error) => void } | undefined;

  const settle = (): void => {
    const end = received.indexOf(END_OF_HEADERS);
    if (end < 0) return;
    const head = received.toString('latin1', 0, end);
    const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? Number.NaN);
    const from = end + END_OF_HEADERS.length;
    if (Number.isNaN(length)) return fail(new Error(`an answer without its length: ${head}`));
    if (received.length < from + length) return;
    const answer = { status: Number(head.slice(9, 12)), body: received.toString('utf8', from, from + length) };
    received = received.subarray(from + length);
    const { resolve } = waiting ?? {};
    waiting = undefined;
    resolve?.(answer);
  };
  const fail = (error: Error): void => {
    waiting?.reject(error);
    waiting = undefined;
    socket.destroy();
  };
  socket.on('data', (bytes) => {
    received = received.length === 0 ? bytes : Buffer.concat([received, bytes]);
    settle();
  });
  socket.on('error', fail);
  socket.on('close', () => fail(new Error('the connection ended')));

  return {
    post: (path, headers, body) =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
        const length = Buffer.byteLength(body);
        socket.write(
          `POST ${path} HTTP/1.1\r\nHost: ${host}\r\n${lines.join('')}Content-Length: ${length}\r\n\r\n${body}`,
        );
      }),
    close: () => void socket.destroy(),
  };
}
