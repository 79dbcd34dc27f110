import { expect, it, vi } from 'vitest';
import { findTypesetter, TYPESETTER_MISSING } from '#inkling/report/typst/compiler.js';

const { readPackageFile } = vi.hoisted(() => ({
  readPackageFile: vi.fn<(path: string) => Promise<never>>(),
}));
vi.mock('#inkling/platform/packages.js', () => ({ readPackageFile, compilePackageFile: readPackageFile }));

it('is undefined without its packages', async () => {
  const missing = Object.assign(new Error('not there'), { code: 'MODULE_NOT_FOUND' });
  readPackageFile.mockRejectedValue(missing);
  expect(await findTypesetter()).toBeUndefined();
  expect(readPackageFile.mock.calls.length).toBeGreaterThan(5);
  for (const [path] of readPackageFile.mock.calls) {
    const [name] = /^@[\w-]+\/[\w-]+/.exec(path) ?? [];
    if (!path.includes('lato')) expect(TYPESETTER_MISSING).toContain(name);
  }
});

it('reports other errors', async () => {
  readPackageFile.mockRejectedValue(new Error('the disk failed'));
  await expect(findTypesetter()).rejects.toThrow('the disk failed');
});
