import { Client, Connection } from '@temporalio/client';

/** A client that connects on first use, so that a process starts and answers while the engine is away. */
export function openTemporal(address: string, namespace: string): Client {
  return new Client({ connection: Connection.lazy({ address, connectTimeout: '5 seconds' }), namespace });
}
