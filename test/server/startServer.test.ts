import { expect, test } from 'vitest';
import { PRETRAINED_RUN } from '#inkling/predict/pretrained.js';
import { readTrainedModel } from '#inkling/runs/resolveModel.js';
import { startServer } from '#inkling/server/startServer.js';

const options = { host: '127.0.0.1', port: 0, runDir: 'none', environment: {}, log: () => undefined };

test('serves a model until it is closed', async () => {
  const { url, isOpen, close } = await startServer(readTrainedModel(PRETRAINED_RUN), options);
  expect(isOpen).toBe(false);
  expect(await (await fetch(`${url}/v1/model`)).json()).toMatchObject({ name: 'report-cnn' });
  await close();
  await expect(fetch(`${url}/health`)).rejects.toThrow('fetch failed');
});

test.each([
  [{ apiKey: 'short' }, 'API key: expected at least 8 printable ASCII characters without spaces'],
  [
    { host: '0.0.0.0', allowTraining: true },
    'the option allowTraining: expected an address that only this machine can reach, or a key, since anyone could start trainings otherwise; add the option apiKey',
  ],
  [
    { origins: ['https://a.example/path'] },
    'origin "https://a.example/path": expected an origin such as https://example.com',
  ],
])('rejects %j', async (changes, message) => {
  const starting = startServer(readTrainedModel(PRETRAINED_RUN), { ...options, ...changes });
  await expect(starting).rejects.toThrow(message);
});
