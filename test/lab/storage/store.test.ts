import { expect, test } from 'vitest';
import { addExamples, emptyCollection } from '../../../src/lab/data/collection.js';
import { datasetOf } from '../../../src/lab/data/datasetOf.js';
import type { Folder } from '../../../src/lab/storage/folder.js';
import { decodeIndex, encodeIndex, OtherFormatError } from '../../../src/lab/storage/labIndex.js';
import type { LabState } from '../../../src/lab/storage/labState.js';
import { DamagedError } from '../../../src/lab/storage/sealed.js';
import { Store, TooLargeError } from '../../../src/lab/storage/store.js';
import { collectionOf, comparable, stateOf } from './labStates.js';

/** A folder in memory, of which an operation can fail: neither it nor any later one has an effect. */
function folderOf(files = new Map<string, Uint8Array<ArrayBuffer>>(), operations = Infinity) {
  let done = 0;
  const spend = () => {
    if (done++ >= operations) throw new Error('crash');
  };
  const folder: Folder = {
    read: async (name) => files.get(name)?.slice(),
    async write(name, bytes) {
      spend();
      files.set(name, bytes.slice());
    },
    async remove(name) {
      spend();
      files.delete(name);
    },
    names: async () => [...files.keys()],
  };
  return { folder, files, operations: () => done };
}

const state = await stateOf();

test('a state is read as it was saved, and only what has changed is written again', async () => {
  const { folder, files, operations } = folderOf();
  await new Store(folder).save(state);
  const store = new Store(folder);
  const loaded = await store.load();
  if (loaded === undefined) throw new Error('expected a state');
  expect(comparable(loaded)).toEqual(comparable(state));
  // The run belongs to the current examples: the lab does not say that they have changed.
  expect(loaded.runs[1].task?.dataset).toBe(datasetOf(loaded.collection));
  const [before, names] = [operations(), [...files.keys()]];
  await store.save({ ...loaded, settings: { epochs: 7 } });
  expect(operations() - before).toBe(1);
  expect([...files.keys()]).toEqual(names);
  expect((await new Store(folder).load())?.settings).toEqual({ epochs: 7 });
});

test('all runs can be earlier ones, and the last of what earlier versions kept is the current one', async () => {
  const { folder } = folderOf();
  const store = new Store(folder);
  await store.save({ ...state, hasCurrent: false });
  const loaded = await new Store(folder).load();
  expect(loaded).toMatchObject({ hasCurrent: false, runs: [{ id: 1 }, { id: 2 }] });
  const index: unknown = JSON.parse(encodeIndex(state, () => '0'.repeat(64)));
  const { hasCurrent, replaced, link, ...earlier } = index as Record<string, unknown>;
  expect([hasCurrent, typeof replaced, link]).toEqual([true, 'object', 'epochs=3']);
  expect(decodeIndex(JSON.stringify(earlier))).toMatchObject({ hasCurrent: true });
});

test('a crash at any operation leaves the earlier state or the new one', async () => {
  const saved = folderOf();
  await new Store(saved.folder).save(state);
  const next: LabState = {
    ...state,
    collection: collectionOf(2),
    runs: [],
    hasCurrent: false,
    replaced: undefined,
  };
  for (let operation = 0; ; operation++) {
    const crashed = folderOf(new Map(saved.files), operation);
    const isComplete = await new Store(crashed.folder).save(next).then(
      () => true,
      () => false,
    );
    const rest = folderOf(crashed.files);
    const loaded = await new Store(rest.folder).load();
    if (loaded === undefined) throw new Error('expected a state');
    const expected = loaded.runs.length === 0 ? next : state;
    expect(comparable(loaded)).toEqual(comparable(expected));
    if (isComplete) {
      expect(expected).toBe(next);
      // The index and the examples.
      expect(rest.files.size).toBe(2);
      break;
    }
    // What is left of the crash is removed.
    await new Store(rest.folder).save(next);
    expect(rest.files.size).toBe(2);
  }
});

test('every damage is found', async () => {
  const { folder, files } = folderOf();
  await new Store(folder).save(state);
  for (const [name, bytes] of files) {
    for (const change of [
      (copy: Uint8Array) => {
        copy[Math.floor(copy.length / 2)] ^= 1;
        return copy;
      },
      (copy: Uint8Array) => copy.slice(0, -1),
    ]) {
      const damaged = new Map(files).set(name, Uint8Array.from(change(bytes.slice())));
      await expect(new Store(folderOf(damaged).folder).load()).rejects.toThrow(DamagedError);
    }
    if (name === 'index') continue;
    const missing = new Map(files);
    missing.delete(name);
    await expect(new Store(folderOf(missing).folder).load()).rejects.toThrow(DamagedError);
  }
});

test('what another version saved is recognized, and what does not fit together is damaged', async () => {
  const { folder, files } = folderOf();
  await new Store(folder).save(state);
  const text = new TextDecoder().decode(files.get('index'));
  const index: unknown = JSON.parse(text.slice(text.indexOf('\n') + 1));
  const loadWith = async (change: Record<string, unknown>) => {
    const json = new TextEncoder().encode(JSON.stringify(Object.assign({}, index, change)));
    const hash = Buffer.from(await crypto.subtle.digest('SHA-256', json)).toString('hex');
    const changed = new Map(files).set(
      'index',
      new Uint8Array(Buffer.from(`${hash}\n${Buffer.from(json).toString()}`)),
    );
    return new Store(folderOf(changed).folder).load();
  };
  expect((await loadWith({}))?.settings).toEqual({ epochs: 3 });
  await expect(loadWith({ format: 2 })).rejects.toThrow(OtherFormatError);
  await expect(loadWith({ settings: { epochs: -1 } })).rejects.toThrow(DamagedError);
  await expect(loadWith({ network: { classes: 3, model: state.network?.model } })).rejects.toThrow(
    DamagedError,
  );
  await expect(loadWith({ more: 1 })).rejects.toThrow(DamagedError);
});

test('a state that is too large is not saved', async () => {
  const images = new Array<Uint8Array>(50_000).fill(new Uint8Array(3072));
  const collection = addExamples(emptyCollection('photo', []), [{ name: 'many', images }]);
  const { folder, files } = folderOf();
  const large = { ...state, collection, runs: [], hasCurrent: false, replaced: undefined };
  await expect(new Store(folder).save(large)).rejects.toThrow(TooLargeError);
  expect(files.size).toBe(0);
});

test('nothing is saved after everything was removed', async () => {
  const { folder, files } = folderOf();
  const store = new Store(folder);
  await store.save(state);
  await store.clear();
  expect(files.size).toBe(0);
  await store.save(state);
  expect(files.size).toBe(0);
});
