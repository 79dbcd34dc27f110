import { unzipSync, zipSync } from 'fflate';
import { expect, test, vi } from 'vitest';
import { fit } from '#inkling/index.js';
import { filesOf } from '../../../src/lab/data/openedFiles.js';
import { zipExamples } from '../../../src/lab/data/zipExamples.js';
import { decodeProject, encodeProject } from '../../../src/lab/project/projectFile.js';
import { seal } from '../../../src/lab/storage/sealed.js';
import { fitSettingsOf } from '../../../src/lab/training/settings.js';
import type { TrainingRun } from '../../../src/lab/training/trainingRun.js';
import { chosenFile } from '../chosenFile.js';
import { collectionOf, comparable, stateOf } from '../storage/labStates.js';

const state = await stateOf();
const saved = await encodeProject({ state, lesson: 'dropout' });
const UNCHANGED = 'Nothing was changed.';

/** The weights at the end of the training that a run is about. */
async function finished({ task, state: reached, best }: TrainingRun) {
  if (task === undefined || reached === undefined) throw new Error('expected a run that can continue');
  const { model, dataset, settings } = task;
  const result = await fit({
    model,
    dataset,
    settings: fitSettingsOf(settings),
    resume: { state: reached, best },
  });
  return result.best?.weights;
}

test('a project is opened as it was saved, and its training continues to the same weights', async () => {
  const opened = await decodeProject(saved, 'a.zip');
  expect(opened.lesson).toBe('dropout');
  expect(comparable(opened.state)).toEqual(comparable(state));
  expect(await finished(opened.state.runs[1])).toEqual(await finished(state.runs[1]));
  // The same content is the same file.
  expect(await encodeProject(opened)).toEqual(saved);
});

test('where the connection is not secure, browsers have no hashes, and projects are the same', async () => {
  vi.stubGlobal('crypto', {});
  try {
    expect(await encodeProject({ state, lesson: 'dropout' })).toEqual(saved);
    await decodeProject(saved, 'a.zip');
  } finally {
    vi.unstubAllGlobals();
  }
});

test('other files are no projects', async () => {
  const files = [
    new Uint8Array(),
    Uint8Array.of(1, 2, 3),
    await zipExamples(collectionOf(0)),
    saved.slice(0, -1000),
  ];
  for (const file of files)
    await expect(decodeProject(file, 'other.zip')).rejects.toThrow(
      `other.zip was not opened: it is not a project of the lab, or only a part of one. ${UNCHANGED} Choose a file`,
    );
});

test('every damage is found', async () => {
  const files = unzipSync(saved);
  // The project, the index, the examples of both runs and of what the lesson has replaced, the best models, and what one of them needs to continue.
  expect(Object.keys(files).length).toBe(8);
  for (const [name, bytes] of Object.entries(files)) {
    const damaged = bytes.slice();
    damaged[Math.floor(bytes.length / 2)] ^= 1;
    const message = `a.zip was not opened: the file is damaged. ${UNCHANGED} Copy`;
    const archive = zipSync({ ...files, [name]: damaged }, { level: 0 });
    await expect(decodeProject(archive, 'a.zip')).rejects.toThrow(message);
    if (name === 'inkling-project') continue;
    const missing = Object.fromEntries(Object.entries(files).filter(([other]) => other !== name));
    await expect(decodeProject(zipSync(missing, { level: 0 }), 'a.zip')).rejects.toThrow(message);
  }
});

test('a project of another version is recognized, and a lesson that does not exist is none', async () => {
  const decodeWith = async (project: object) =>
    decodeProject(
      zipSync({ ...unzipSync(saved), 'inkling-project': await seal(JSON.stringify(project)) }, { level: 0 }),
      'a.zip',
    );
  await expect(decodeWith({ format: 2 })).rejects.toThrow(
    `a.zip was not opened: it is from another version of the lab. ${UNCHANGED} Open it with that version.`,
  );
  expect((await decodeWith({ format: 1, lesson: 'none' })).lesson).toBeUndefined();
});

test('a project is not taken for examples', async () => {
  await expect(filesOf([chosenFile('a-project.zip', saved)])).rejects.toThrow(
    'it is a whole project. Use “Open a project” below',
  );
});
