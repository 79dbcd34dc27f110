import { InklingError } from '../../core/errors.js';
import { option } from '../../core/optionName.js';
import { listNames } from '../../core/suggest.js';
import type { Dataset } from '../dataset.js';

/** Names the groups after the folders below those of the classes. */
export const FOLDER_GROUPS = 'folder';

/**
 * The group of each training image, such as the patient that it shows: what a column of the data set's table says, or, of image files, the
 * folder below that of the class. The same name in two classes is the same group.
 *
 * @param group the name of a column, or `folder`
 * @throws {InklingError} when the data set has no such groups, or an image belongs to none
 */
export function groupsOf(dataset: Dataset, group: string): string[] {
  const { columns = {}, imageFiles, source } = dataset;
  if (Object.hasOwn(columns, group)) return fromColumn(columns[group], group, dataset);
  if (group === FOLDER_GROUPS && imageFiles !== undefined) {
    return imageFiles.files.train.map((file, image) => folderOf(file, image, dataset));
  }
  const names = Object.keys(columns).map((name) => `"${name}"`);
  const known = imageFiles === undefined ? names : [FOLDER_GROUPS, ...names];
  const remedy =
    known.length === 0
      ? 'this data set has no groups: expected image files in folders below those of their classes, or a .csv table with a header'
      : `expected ${listNames(known)}`;
  throw new InklingError(`${source.location}: ${option('group')}: got "${group}"; ${remedy}`);
}

function fromColumn(cells: readonly string[], name: string, { source, train }: Dataset): string[] {
  const { length } = train.labels;
  if (cells.length !== length) {
    throw new InklingError(
      `${source.location}: ${option('group')}: expected a group for each of ${length} training images in "${name}", got ${cells.length}; make them equal`,
    );
  }
  const empty = cells.findIndex((cell) => cell.trim() === '');
  if (empty === -1) return [...cells];
  throw new InklingError(
    `${source.location}: ${option('group')}: training image ${empty} has no value in column "${name}"; fill it in, or remove the image`,
  );
}

function folderOf(file: string, image: number, { source, classes, train }: Dataset): string {
  const folders = file.split('/').slice(0, -1);
  const name = classes[train.labels[image]];
  const own = folders.findIndex((folder) => folder.normalize('NFC') === name);
  const group = own === -1 ? undefined : folders.at(own + 1);
  if (group !== undefined) return group;
  throw new InklingError(
    `${source.location}: ${option('group')}: expected ${file} in a folder below that of its class, "${name}", got none; move the images of each group into a folder, or name a column of a table`,
  );
}
