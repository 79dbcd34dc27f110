import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runSchema } from '#inkling/server/apiSchemas.js';
import { runRoutes } from '#inkling/server/runRoutes.js';
import { run, sharedFolder } from '../../helpers/run.js';
import { createTestServer } from '../testServer.js';

const runDir = sharedFolder();
const { folder } = await run(runDir, { name: 'größe', epochs: 1 });
for (const name of ['report.html', 'report.pdf', 'model.onnx', 'model.py'])
  writeFileSync(join(folder, name), name);
const url = `/api/runs/${encodeURIComponent('größe-1')}`;

test('lists the files of a run that exist', async () => {
  const { server } = await createTestServer([runRoutes(runDir)]);
  const { files } = runSchema.parse((await server.inject(url)).json());
  expect(files.map(({ name }) => name)).toEqual([
    'report.html',
    'report.pdf',
    'best.safetensors',
    'model.onnx',
    'model.py',
  ]);
  expect(files[0].bytes).toBe('report.html'.length);
});

test.each([
  ['report.html', 'inline', 'text/html; charset=utf-8'],
  ['report.pdf', 'inline', 'application/pdf'],
  ['best.safetensors', 'attachment', 'application/octet-stream'],
  ['model.onnx', 'attachment', 'application/octet-stream'],
  ['model.py', 'attachment', 'text/x-python; charset=utf-8'],
])('returns %s, named after the run', async (name, disposition, type) => {
  const { server } = await createTestServer([runRoutes(runDir)]);
  const { headers, rawPayload } = await server.inject(`${url}/files/${name}`);
  const path = name === 'best.safetensors' ? join('checkpoints', name) : name;
  expect(rawPayload.equals(readFileSync(join(folder, path)))).toBe(true);
  expect(headers).toMatchObject({
    'content-type': type,
    'content-disposition': `${disposition}; filename="gr__e-1-${name}"; filename*=UTF-8''gr%C3%B6%C3%9Fe-1-${name}`,
    'x-content-type-options': 'nosniff',
  });
});

test('a report cannot act as the page', async () => {
  const { server } = await createTestServer([runRoutes(runDir)]);
  const { headers } = await server.inject(`${url}/files/report.html`);
  expect(headers['content-security-policy']).toMatch(
    /^sandbox allow-scripts allow-popups; default-src 'none';/,
  );
});

test.each([
  ['model.safetensors', 'unknown file "model.safetensors"'],
  ['config.json', 'unknown file "config.json"'],
  ['predictions.json', 'unknown file "predictions.json"'],
  ['..%2Fgr%C3%B6%C3%9Fe-1%2Freport.html', 'unknown file "../größe-1/report.html"'],
  ['checkpoints%2Fbest.safetensors', 'unknown file "checkpoints/best.safetensors"'],
  ['constructor', 'unknown file "constructor"'],
])('does not return %s', async (name, detail) => {
  mkdirSync(join(folder, 'model.safetensors'), { recursive: true });
  const { server } = await createTestServer([runRoutes(runDir)]);
  const response = await server.inject(`${url}/files/${name}`);
  expect(response.statusCode).toBe(404);
  expect(response.json<{ detail: string }>().detail).toContain(detail);
});
