import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Redis } from 'ioredis';
import { InklingError, MachineError, UsageError } from '#inkling/core/errors.js';
import { addressOf, connect, withoutPasswords } from '#inkling/sweep/queue/bull/connection.js';
import { sharedFolder } from '../../../helpers/run.js';
import { redisMissing, RedisServer, selfSigned, tlsMissing } from '../redis.js';

const notify = (): void => undefined;
const patience = { first: 300, lost: 300 };

describe('URLs', () => {
  it('are shown without passwords', () => {
    expect(addressOf('rediss://user:secret@example.com:6380/2')).toBe('rediss://example.com:6380/2');
    expect(addressOf('redis://localhost')).toBe('redis://localhost');
    expect(withoutPasswords("inkling sweep --queue 'redis://:a@b@host:1/0' --trials 3")).not.toContain('a@b');
    expect(withoutPasswords('a --queue redis://user:secret@host b')).toBe('a --queue redis://host b');
  });

  it.each(['localhost:6379', 'http://localhost', 'redis://', 'secret'])('%s is rejected', (url) => {
    const message =
      'queue: expected the URL of Redis or Valkey, such as redis://host:6379 or rediss://user:password@host:6379/0, got another value';
    expect(() => addressOf(url)).toThrow(new UsageError(message));
  });
});

it('says so if nothing answers, and gives up', async () => {
  const error: unknown = await connect({ Redis }, 'redis://127.0.0.1:1', { notify, patience }).catch(
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(MachineError);
  expect(String(error)).toContain(
    'queue: cannot reach redis://127.0.0.1:1: connect ECONNREFUSED 127.0.0.1:1; check that Redis or Valkey is running there and that this machine may connect to it',
  );
});

describe.skipIf(redisMissing !== undefined)('a Redis with a password', () => {
  let server: RedisServer;
  beforeAll(async () => {
    server = await RedisServer.start(sharedFolder(), ['--requirepass', 'secret']);
  });
  afterAll(() => server.kill());

  it('rejects another password, and none', async () => {
    const { port } = server;
    for (const user of [':wrong@', 'someone:secret@']) {
      const connecting = connect({ Redis }, `redis://${user}127.0.0.1:${port}`, { notify, patience });
      await expect(connecting).rejects.toThrow(
        /^queue: redis:\/\/127\.0\.0\.1:\d+ rejected the user name or the password: WRONGPASS .*; correct the URL, which has the form rediss:\/\/user:password@host:port$/,
      );
      await expect(connecting).rejects.toBeInstanceOf(InklingError);
    }
    await expect(connect({ Redis }, server.url, { notify, patience })).rejects.toThrow(
      `queue: ${server.url} requires a password; state it in the URL, which has the form rediss://user:password@host:port`,
    );
  });

  it('is waited for when the connection is lost, for a limited time', async () => {
    const lines: string[] = [];
    const url = `redis://:secret@127.0.0.1:${server.port}`;
    const connection = await connect({ Redis }, url, { notify: (line) => lines.push(line), patience });
    expect(await connection.redis.ping()).toBe('PONG');
    await server.kill();
    await vi.waitFor(() => expect(lines).toHaveLength(1));
    expect(lines[0]).toMatch(
      /^connection to redis:\/\/127\.0\.0\.1:\d+ lost \(.*\); trying again for 0\.3 s$/,
    );
    await expect(connection.failure).rejects.toThrow(/^queue: cannot reach redis:\S+: connect ECONNREFUSED/);
    connection.close();
  });
});

describe.skipIf(tlsMissing !== undefined)('a Redis with TLS and a password', () => {
  const folder = sharedFolder();
  let server: RedisServer;
  let cert: string;
  beforeAll(async () => {
    const files = selfSigned(folder);
    if (files === undefined) throw new Error('openssl made no certificate');
    ({ cert } = files);
    server = await RedisServer.startWithTls(folder, files, ['--requirepass', 'secret']);
  });
  afterAll(() => server.kill());

  /** What a process prints that checks a queue. */
  function check(url: string, environment: Record<string, string> = {}): string {
    const script = `
      const { checkQueue } = await import('#inkling/sweep/queue/bullQueue.js');
      await checkQueue(${JSON.stringify(url)}).then(() => console.log('connected'), (error) => console.log(error.message));
    `;
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
      cwd: fileURLToPath(new URL('../../../..', import.meta.url)),
      env: { ...process.env, ...environment },
      encoding: 'utf8',
    });
    return stdout.trim();
  }

  it('is reached with rediss:// if its certificate is trusted, with the password of the URL', () => {
    const url = `rediss://:secret@localhost:${server.tlsPort ?? 0}`;
    expect(check(url, { NODE_EXTRA_CA_CERTS: cert })).toBe('connected');
    expect(check(url.replace('secret', 'wrong'), { NODE_EXTRA_CA_CERTS: cert })).toContain(
      'rejected the user name or the password: WRONGPASS',
    );
  });

  it('states that the certificate is not trusted, or that there may be no TLS', async () => {
    const connecting = connect({ Redis }, `rediss://:secret@localhost:${server.tlsPort ?? 0}`, { notify });
    await expect(connecting).rejects.toThrow(
      `queue: the certificate of rediss://localhost:${server.tlsPort ?? 0} is not trusted: self-signed certificate; correct the host name, or set the environment variable NODE_EXTRA_CA_CERTS to the file of the authority that issued it`,
    );
    // Without TLS, Redis waits for the rest of a command.
    const plain = connect({ Redis }, `rediss://:secret@localhost:${server.port}`, { notify, patience });
    await expect(plain).rejects.toThrow('check that Redis or Valkey is running there with TLS and that');
  });
});
