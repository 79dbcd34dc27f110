import { expect, test } from 'vitest';
import { describeUnopened, startOf } from '../../../src/web/draw/unopened.js';

test('describes a file that the browser cannot open', async () => {
  expect(describeUnopened(await startOf(new Blob(['%PDF-1.7'])))).toBe(
    'The file is a PDF document, expected an image; save its pages as PNG images.',
  );
  expect(describeUnopened(await startOf(new Blob(['II*\0'])))).toBe(
    'This browser cannot read the file, which is a TIFF image: it may be damaged, or the browser may not support the format. Convert it to PNG or JPEG, or use “inkling predict”.',
  );
});
