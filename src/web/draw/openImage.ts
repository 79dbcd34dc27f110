import { describeUnopened, startOf } from './unopened.js';

/** Decodes an image file; returns a message when the browser cannot. */
export async function openImage(file: Blob): Promise<ImageBitmap | string> {
  try {
    return await createImageBitmap(file);
  } catch {
    return startOf(file).then(describeUnopened, () => {
      return 'The browser cannot read the file. If it is a folder, open the files in it instead.';
    });
  }
}
