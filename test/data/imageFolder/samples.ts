import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { DatasetRequest } from '#inkling/data/datasetRequest.js';
import { loadDataset } from '#inkling/data/load.js';
import type { Dataset } from '#inkling/data/dataset.js';
import { encodePng } from '../../helpers/encodeImage.js';

/** Red, green and blue, each from 0 to 255. */
export type Rgb = readonly [number, number, number];

/** A PNG file with a single color. */
export function plainPng(color: Rgb, width = 4, height = width): Promise<Uint8Array<ArrayBuffer>> {
  const data = Uint8Array.from({ length: width * height * 4 }, (_, at) => [...color, 255][at % 4]);
  return encodePng({ width, height, data });
}

/** Writes files below a folder, creating subfolders as necessary. */
export function writeFileTree(folder: string, files: Readonly<Record<string, Uint8Array | string>>): void {
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
}

/** Files `folder/0.png`, `folder/1.png`, … with a single color each, with blue increasing from file to file. */
export async function pngFiles(
  folder: string,
  count: number,
  [red, green, blue]: Rgb = [200, 100, 0],
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
