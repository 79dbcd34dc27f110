import { describe, expect, test } from 'vitest';
import { encodeOnnx } from '#inkling/index.js';
import { checkOnnx } from '../../../src/lab/try/export/checkOnnx.js';
import { offlinePage } from '../../../src/lab/try/export/offlinePage.js';
import { dataset, trained } from './trainedDigits.js';

const checkers = [
  ['onnxruntime-web', await import('onnxruntime-web')],
  ['Inkling', undefined],
] as const;

describe.each(checkers)('checked by %s', (_, runtime) => {
  test.each(['report-cnn', 'resnet-small'] as const)(
    'an ONNX file of %s is the same network',
    async (network) => {
      const saved = await trained(network);
      const { images, difference, isSame } = await checkOnnx(saved, encodeOnnx(saved), dataset, runtime);
      expect([images, isSame]).toEqual([20, true]);
      expect(difference).toBeLessThan(1e-3);
    },
  );

  test('an ONNX file with other weights is not', async () => {
    const saved = await trained('mlp');
    const weights = new Map(
      [...saved.weights].map(([name, values]) => [name, values.map((value) => 1.01 * value)]),
    );
    const check = await checkOnnx(saved, encodeOnnx({ ...saved, weights }), dataset, runtime);
    expect(check).toMatchObject({ images: 20, isSame: false });
  });
});

test('a page is not saved without its program, which a host may lack or a connection may not reach', async () => {
  // No page, so that there is nothing to load it from.
  await expect(offlinePage(await trained('mlp'))).rejects.toThrow(
    'The program of the page could not be loaded. It needs a connection to where this page came from; try again',
  );
});
