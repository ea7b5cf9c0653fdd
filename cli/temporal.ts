import { setTimeout as pause } from 'node:timers/promises';
import { Client, Connection, defaultGrpcRetryOptions, makeGrpcRetryInterceptor } from '@temporalio/client';

/** Longest pause of the SDK between two attempts of a call: a close waits for it. */
const LONGEST_PAUSE_MS = 2_000;

/**
 * A client that connects on first use, so that a process starts and answers while the engine is away. To close its
 * connection takes up to two seconds while the engine is away: the SDK's next attempt of a call is a timer, and one that
 * fires on a closed connection throws where nobody can catch it.
 */
export function openTemporal(address: string, namespace: string): Client {
  const retries = defaultGrpcRetryOptions({ maxIntervalMs: () => LONGEST_PAUSE_MS });
  let closing = false;
  let nextAttemptAt = 0;
  const retry = makeGrpcRetryInterceptor({
    retryableDecider: (attempt, status) => !closing && retries.retryableDecider(attempt, status),
    delayFunction(attempt, status) {
      const delayMs = Math.min(retries.delayFunction(attempt, status), LONGEST_PAUSE_MS);
      nextAttemptAt = Math.max(nextAttemptAt, performance.now() + delayMs);
      return delayMs;
    },
  });
  const connection = Connection.lazy({
    address,
    connectTimeout: '5 seconds',
    interceptors: [retry],
    channelArgs: { 'grpc.max_receive_message_length': -1 }, // a page of a history may be larger than gRPC's 4 MB
  });
  const close = connection.close.bind(connection);
  connection.close = async () => {
    closing = true;
    const leftMs = nextAttemptAt - performance.now();
    if (leftMs > 0) await pause(leftMs + 10);
    await close();
  };
  return new Client({ connection, namespace });
}
