import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/**
 * A mail server in a process of its own that takes everything, stores nothing, and says its port on stdout. Its arguments:
 * so many milliseconds pass between the final dot and its answer; with `tell`, it says of every mail to whom it went and
 * its Message-ID, before it answers.
 */
const [answersAfterMs, tells] = [Number(process.argv[2] ?? 0), process.argv[3] === 'tell'];
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS', 'AUTH'],
  disableReverseLookup: true,
  onData(stream, session, done) {
    let head = '';
    if (tells) stream.on('data', (bytes: Buffer) => void (head.length < 8_000 && (head += bytes.toString('latin1'))));
    stream.resume().once('end', () => {
      const id = /^Message-ID: *(\S+)/im.exec(head)?.[1];
      if (tells) process.stdout.write(`${session.envelope.rcptTo[0]?.address ?? '?'} ${id ?? '?'}\n`);
      if (answersAfterMs > 0) setTimeout(done, answersAfterMs);
      else done();
    });
  },
});
server.on('error', () => undefined); // the pools of the benchmark end when they like
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${(server.server.address() as AddressInfo).port}\n`);
});
