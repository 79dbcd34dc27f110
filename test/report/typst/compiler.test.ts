import { expect, it, vi } from 'vitest';
import { findTypesetter, NO_TYPESETTER } from '#inkling/report/typst/compiler.js';

const { readPackageFile } = vi.hoisted(() => ({
  readPackageFile: vi.fn<(path: string) => Promise<never>>(),
}));
vi.mock('#inkling/platform/packages.js', () => ({ readPackageFile, compilePackageFile: readPackageFile }));

it('is not there without its packages', async () => {
  const missing = Object.assign(new Error('not there'), { code: 'MODULE_NOT_FOUND' });
  readPackageFile.mockRejectedValue(missing);
  expect(await findTypesetter()).toBeUndefined();
  expect(readPackageFile.mock.calls.length).toBeGreaterThan(5);
  for (const [path] of readPackageFile.mock.calls) {
    const [name] = /^@[\w-]+\/[\w-]+/.exec(path) ?? [];
    if (!path.includes('lato')) expect(NO_TYPESETTER).toContain(name);
  }
});

it('says what else is wrong', async () => {
  readPackageFile.mockRejectedValue(new Error('the disk failed'));
  await expect(findTypesetter()).rejects.toThrow('the disk failed');
});
