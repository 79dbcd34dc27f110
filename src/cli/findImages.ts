import { formatPlural } from '../core/format.js';
import type { FoundImageFile } from '../images/imageFileResults.js';
import { findImageFiles } from '../predict/findImages.js';
import type { Output } from './terminal/output.js';

/** The image files at the given paths; prints how many files of the operating system are ignored. */
export async function findImages(
  paths: readonly string[],
  output: Output,
): Promise<readonly FoundImageFile[]> {
  const { files, systemFiles } = await findImageFiles(paths);
  if (systemFiles.length > 0) {
    output.message(`ignored ${formatPlural(systemFiles.length, 'system file')}, such as ${systemFiles[0]}`);
  }
  return files;
}
