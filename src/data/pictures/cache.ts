import { createHash } from 'node:crypto';
import { readdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { InklingError } from '../../core/errors.js';
import { sizeOf } from '../../core/shape.js';
import { kindOf, makeFolder, readBytes, writeFileAtomic } from '../../platform/files.js';
import { type DecodedPictures, pictureIndexSchema } from './pictures.js';

/** Of what is kept and how pictures are decoded: another version reads none of it. */
const FORMAT = 1;
const INDEX = 'index.json';
const IMAGES = 'images';
const INDEX_LIMIT_BYTES = 2 ** 28;
const IMAGES_LIMIT_BYTES = 2 ** 31;
/** Data sets that are kept, those used last. */
const MOST_KEPT = 8;

/** A name for what was decoded, which is another one when a file or what is wanted has changed. */
export function cacheKey(parts: readonly string[]): string {
  const hash = createHash('sha256').update(`${FORMAT}`);
  for (const part of parts) hash.update(`\0${part.length} ${part}`);
  return hash.digest('hex').slice(0, 32);
}

/** Pictures that were decoded before; undefined when there are none of this key, or what was kept is damaged. */
export function readKept(folder: string, key: string): DecodedPictures | undefined {
  const path = join(folder, key);
  if (kindOf(join(path, INDEX)) !== 'file') return undefined;
  try {
    const text = new TextDecoder().decode(readBytes(join(path, INDEX), INDEX_LIMIT_BYTES));
    const index = pictureIndexSchema.parse(JSON.parse(text));
    const images = readBytes(join(path, IMAGES), IMAGES_LIMIT_BYTES);
    const isWhole = images.length === index.files.length * sizeOf(index.shape);
    if (!isWhole || hashOf(images) !== index.sha256) return undefined;
    const now = new Date();
    utimesSync(path, now, now);
    return { ...index, images };
  } catch (error) {
    if (error instanceof InklingError || error instanceof z.ZodError || error instanceof SyntaxError) {
      return undefined;
    }
    throw error;
  }
}

/** Keeps decoded pictures, and removes those that were not used for long. */
export function keep(folder: string, key: string, { images, ...index }: DecodedPictures): void {
  const path = join(folder, key);
  makeFolder(path);
  // The index comes last: what has one is complete.
  writeFileAtomic(join(path, IMAGES), images);
  writeFileAtomic(join(path, INDEX), JSON.stringify(index));
  const kept = readdirSync(folder).map((name) => join(folder, name));
  const byAge = kept.map((each) => ({ each, time: statSync(each).mtimeMs })).sort((a, b) => b.time - a.time);
  for (const { each } of byAge.slice(MOST_KEPT)) rmSync(each, { recursive: true, force: true });
}

/** SHA-256 of images. */
export function hashOf(images: Uint8Array): string {
  return createHash('sha256').update(images).digest('hex');
}
