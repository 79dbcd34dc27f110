import { expect, test, vi } from 'vitest';
import { decodeImage } from '#inkling/images/decode.js';
import { twoColors } from './samples.js';

vi.mock('libheif-js/libheif-wasm/libheif-bundle.mjs', () => ({
  default: () => {
    throw Object.assign(new Error('Cannot find package'), { code: 'ERR_MODULE_NOT_FOUND' });
  },
}));

test('names the optional package that HEIC images need, as a failure of the machine', async () => {
  await expect(decodeImage(twoColors.HEIC)).rejects.toMatchObject({
    name: 'MachineError',
    message:
      'HEIC images need the package libheif-js, which is optional and not installed; run "npm install libheif-js", or convert the image to PNG or JPEG',
  });
});
