import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readInput } from '#inkling/report/input/readInput.js';
import { keepFrontMatter } from '#inkling/report/input/reportFile.js';
import { sharedFolder } from '../../helpers/run.js';

const root = sharedFolder();
const folderOf = (name: string) => {
  const folder = join(root, name);
  mkdirSync(folder);
  return folder;
};

const SVG = '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>';

test('front matter is kept in the folder, and what is set later replaces it', () => {
  const folder = folderOf('kept');
  const logo = join(root, 'mark.xml');
  writeFileSync(logo, SVG);
  keepFrontMatter(folder, { title: undefined });
  expect(readdirSync(folder)).toEqual([]);
  keepFrontMatter(folder, { author: ['A', 'B'], course: 'AI', logo });
  keepFrontMatter(folder, { course: 'AI 2', date: 'June 2025' });
  expect(JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'))).toEqual({
    ...{ author: ['A', 'B'], course: 'AI 2', logo: 'mark.svg', date: 'June 2025' },
  });
  const { titles, logo: kept } = readInput(folder, { date: undefined, title: 'T' });
  expect(titles).toEqual({ author: ['A', 'B'], course: 'AI 2', date: 'June 2025', title: 'T' });
  expect(kept?.format).toBe('svg');
  expect(new TextDecoder().decode(kept?.bytes)).toBe(SVG);
});

test('a folder without front matter adds nothing', () => {
  expect(readInput(folderOf('empty'), {})).toEqual({ titles: {}, logo: undefined, fragments: new Map() });
  expect(readInput(undefined, {})).toEqual({ titles: {}, logo: undefined });
});

test.each([
  ['{ "autor": "A" }', /report\.json: .*autor/],
  ['{ "author": [] }', /report\.json: author/],
  ['{ "title": "" }', /report\.json: title/],
  ['{ title }', /report\.json: /],
  ['{ "logo": "none.png" }', /none\.png/],
  ['{ "logo": "report.json" }', /expected a PNG, JPEG, or SVG image as logo, got something else; convert/],
])('%s is an error that names the file', (content, expected) => {
  const folder = folderOf(`invalid-${String(readdirSync(root).length)}`);
  writeFileSync(join(folder, 'report.json'), content);
  expect(() => readInput(folder, {})).toThrow(expected);
});
