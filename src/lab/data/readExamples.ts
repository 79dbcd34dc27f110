import { type ImageInput, prepareImage } from '#inkling/index.js';
import { messageOf } from '../../components/format.js';
import { type ExampleKind, INPUTS, type NamedExamples } from './collection.js';
import { classOfFolder } from './folderNames.js';
import type { OpenedFile } from './openedFiles.js';
import { preparedKindOf } from './preparedImage.js';
import { bytesOf } from '../pixels.js';

/** Why a file could not be read. */
export interface Failure {
  readonly name: string;
  readonly reason: string;
}

/** What was read from files, and why others could not be. */
export interface ReadExamples {
  readonly groups: readonly NamedExamples[];
  readonly failures: readonly Failure[];
}

/**
 * Prepares an image for the network: `[height, width, channels]`, from 0 to 255.
 *
 * @param inputKind `image` for one that is prepared already: of the right size, its pixels do not change
 */
export async function exampleOf(
  image: ImageInput,
  kind: ExampleKind,
  inputKind = INPUTS[kind].inputKind,
): Promise<Uint8Array> {
  const pixels = await prepareImage(image, { shape: INPUTS[kind].shape, inputKind });
  return bytesOf(pixels);
}

/**
 * Reads image files, one after another. A bad file does not stop the others.
 *
 * @param className of files that were in no folder
 * @param onProgress receives the number of files that were read
 */
export async function readExamples(
  files: readonly OpenedFile[],
  kind: ExampleKind,
  className: string,
  onProgress: (done: number) => void,
): Promise<ReadExamples> {
  const groups = new Map<string, Uint8Array[]>();
  const failures: Failure[] = [];
  for (const [position, { file, folder }] of files.entries()) {
    onProgress(position);
    try {
      const prepared = await preparedKindOf(file);
      const name = folder === undefined ? className : prepared === undefined ? folder : classOfFolder(folder);
      const pixels = await exampleOf(file, kind, prepared === kind ? 'image' : undefined);
      const images = groups.get(name) ?? [];
      images.push(pixels);
      groups.set(name, images);
    } catch (error) {
      failures.push({ name: file.name, reason: messageOf(error) });
    }
  }
  return { groups: [...groups].map(([name, images]) => ({ name, images })), failures };
}
