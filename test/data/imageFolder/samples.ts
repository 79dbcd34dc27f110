import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { DatasetRequest } from '#inkling/data/load.js';
import { loadDataset } from '#inkling/data/load.js';
import type { Dataset } from '#inkling/data/dataset.js';
import { encodePng } from '../../helpers/encodeImage.js';

/** A red, green and blue value, each from 0 to 255. */
export type Colour = readonly [number, number, number];

/** A PNG file of one colour. */
export function plainPng(colour: Colour, width = 4, height = width): Promise<Uint8Array<ArrayBuffer>> {
  const data = Uint8Array.from({ length: width * height * 4 }, (_, at) => [...colour, 255][at % 4]);
  return encodePng({ width, height, data });
}

/** Writes files below a folder, and creates those that they lie in. */
export function writeBelow(folder: string, files: Readonly<Record<string, Uint8Array | string>>): void {
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
}

/** Files `folder/0.png`, `folder/1.png`, … of one colour each; its blue grows from file to file. */
export async function pictures(
  folder: string,
  count: number,
  [red, green, blue]: Colour = [200, 100, 0],
): Promise<Record<string, Uint8Array>> {
  const files = Array.from({ length: count }, async (_, at): Promise<[string, Uint8Array]> => [
    `${folder}/${at}.png`,
    await plainPng([red, green, blue + at]),
  ]);
  return Object.fromEntries(await Promise.all(files));
}

/** Loads a data set by its path. */
export function load(name: string, request: Partial<DatasetRequest> = {}): Promise<Dataset> {
  return loadDataset({ name, environment: {}, ...request });
}
