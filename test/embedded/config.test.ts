import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { cacheFolder, CONFIGURATION, ConfigurationError, isLoopback, readConfig } from '../../config.ts';

test('an empty environment is enough, and empty variables count as absent', () => {
  const config = readConfig({ DATABASE_URL: '', API_PORT: ' ' });
  expect(config).toEqual({
    temporalNamespace: 'default',
    mailFrom: 'Abide <abide@localhost>',
    publicUrl: 'http://127.0.0.1:8420',
    apiHost: '127.0.0.1',
    apiPort: 8420,
    documentsDir: resolve('.abide/documents'),
    dataDir: resolve('.abide'),
    maxUploadBytes: 20_971_520,
    mailConnections: 5,
    trustedProxies: [],
    webhookAllowPrivate: false,
    logLevel: 'info',
  });
  expect(Object.isFrozen(config)).toBe(true);
});

test('every wrong variable is named with its cure, secrets are not repeated', () => {
  const wrong = {
    TEMPORAL_ADDRESS: 'http://temporal:7233',
    DATABASE_URL: 'mysql://user:hunter2@db/x',
    API_PORT: '70000',
    MAX_UPLOAD_BYTES: '20MB',
    LOG_LEVEL: 'loud',
    API_KEY: 'short',
    MAIL_FROM: 'Abide <abide@example.com>\nBcc: x@example.com',
  };
  const error = (() => {
    try {
      return readConfig(wrong);
    } catch (thrown) {
      return thrown;
    }
  })();
  expect(error).toBeInstanceOf(ConfigurationError);
  const { errors, message } = error as ConfigurationError;
  expect(errors.map(({ path }) => path).sort()).toEqual(Object.keys(wrong).sort());
  expect(errors.every(({ cure }) => cure.length > 0)).toBe(true);
  expect(message).toContain('LOG_LEVEL "loud" is no level.');
  expect(message).not.toContain('hunter2');
});

test('proxies are believed by address or network, never all of them', () => {
  const read = (text: string) => readConfig({ TRUSTED_PROXIES: text }).trustedProxies;
  expect(read('10.0.0.5, 192.168.7.0/24,fd00::/8')).toEqual(['10.0.0.5', '192.168.7.0/24', 'fd00::/8']);
  for (const wrong of ['true', '1', 'proxy.example', '0.0.0.0/0', '::/0', '10.0.0.0/33', '10.0.0.0/8/8', 'loopback']) {
    expect(() => read(wrong), wrong).toThrow(/TRUSTED_PROXIES/);
  }
});

test('which addresses others can reach', () => {
  expect(readConfig({ API_KEY: '0123456789abcdef' }).apiKey).toBe('0123456789abcdef');
  expect(['127.0.0.1', '127.9.9.9', '::1', 'localhost'].every(isLoopback)).toBe(true);
  expect(['0.0.0.0', '::', '10.0.0.1', '127.evil.example'].some(isLoopback)).toBe(false);
});

test('a public address has no slash at its end, and the cache follows XDG_CACHE_HOME', () => {
  expect(readConfig({ PUBLIC_URL: 'https://abide.example.com/' }).publicUrl).toBe('https://abide.example.com');
  expect(cacheFolder({ XDG_CACHE_HOME: '/var/cache' })).toBe(join('/var/cache', 'abide'));
});

test('every variable says what it is for', () => {
  expect(CONFIGURATION.every(({ purpose }) => purpose.length > 0)).toBe(true);
  expect(CONFIGURATION.filter(({ secret }) => secret).map(({ name }) => name)).toEqual([
    'DATABASE_URL',
    'SMTP_URL',
    'API_KEY',
    'AUTH_SECRET',
    'INBOUND_KEY',
  ]);
});
