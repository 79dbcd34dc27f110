import { type Zippable, zipSync } from 'fflate';
import { pause } from '../pause.js';
import { text } from '../text/text.js';
import { type Collection, countExamples, usedClasses } from './collection.js';
import { folderOfClass } from './folderNames.js';
import { MAX_FILES } from './openLimit.js';
import { encodeExample } from './preparedImage.js';

/** So many images take a few milliseconds, after which the page reacts to its user. */
const IMAGES_PER_PAUSE = 50;
/** Images are named by their number, in order. */
const DIGITS = String(MAX_FILES).length;
/** The same examples are always the same file. */
const MODIFIED = new Date(2000, 0, 1);

/**
 * A zip archive with a folder of PNG files for each class, which the lab opens again, and other programs as well.
 *
 * @throws {Error} when there are more examples than the lab opens
 */
export async function zipExamples(collection: Collection): Promise<Uint8Array<ArrayBuffer>> {
  if (countExamples(collection) > MAX_FILES) throw new Error(text.data.tooManyToSave(MAX_FILES));
  const files: Zippable = {};
  let done = 0;
  for (const { name, examples } of usedClasses(collection)) {
    for (const [i, { pixels }] of examples.entries()) {
      const number = String(i + 1).padStart(DIGITS, '0');
      files[`${folderOfClass(name)}/${number}.png`] = encodeExample(pixels, collection.kind);
      if (++done % IMAGES_PER_PAUSE === 0) await pause();
    }
  }
  // The images are compressed already.
  return zipSync(files, { level: 0, mtime: MODIFIED });
}
