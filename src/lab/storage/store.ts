import type { Folder } from './folder.js';
import {
  decodeIndex,
  encodeIndex,
  filesOf,
  type LabIndex,
  OtherFormatError,
  stateOfIndex,
} from './labIndex.js';
import { type LabState, partsOf } from './labState.js';
import { DamagedError, seal, unseal } from './sealed.js';
import { sha256 } from './sha256.js';

/** Names the other files. */
const INDEX = 'index';
/** More is not kept. */
const MAX_BYTES = 128 * 1024 * 1024;

/** A state of the lab is larger than what is kept. */
export class TooLargeError extends Error {}

interface SavedPart {
  readonly name: string;
  readonly size: number;
}

/**
 * Keeps the state of the lab in a folder. Large parts are files that never change, named by the hash of their content, and written before
 * the index that names them: the folder always has either the earlier state or the new one.
 */
export class Store {
  readonly #folder: Folder;
  /** The files of parts that were written or read. */
  readonly #saved = new WeakMap<object, SavedPart>();
  #isClosed = false;
  #saving: Promise<void> = Promise.resolve();

  constructor(folder: Folder) {
    this.#folder = folder;
  }

  /**
   * The state that was saved last; undefined if there is none.
   *
   * @throws {OtherFormatError} when another version of the lab saved it
   * @throws {DamagedError} when it is damaged
   */
  async load(): Promise<LabState | undefined> {
    const bytes = await this.#folder.read(INDEX);
    if (bytes === undefined) return undefined;
    const text = await unseal(bytes);
    const index = decoded(() => decodeIndex(text));
    const files = new Map<string, Uint8Array>();
    for (const name of filesOf(index)) files.set(name, await this.#read(name));
    return decoded(() => this.#decode(index, files));
  }

  /**
   * Saves a state; its parts that were saved before are not written again.
   *
   * @throws {TooLargeError} when it is too large
   * @throws {DOMException} when the browser has no more space for it
   */
  save(state: LabState): Promise<void> {
    this.#saving = this.#write(state);
    return this.#saving;
  }

  /** Removes everything; nothing is saved from now on. */
  async clear(): Promise<void> {
    this.#isClosed = true;
    // An error of saving was thrown to whoever saved.
    await this.#saving.catch(() => undefined);
    await this.discard();
  }

  /** Removes what was saved. */
  async discard(): Promise<void> {
    await this.#folder.remove(INDEX);
    await this.#removeAllBut(new Set());
  }

  async #write(state: LabState): Promise<void> {
    if (this.#isClosed) return;
    const saved = new Map<object, SavedPart>();
    const added = new Map<object, Uint8Array<ArrayBuffer>>();
    for (const [part, encode] of partsOf(state)) {
      const known = this.#saved.get(part);
      if (known === undefined) added.set(part, encode());
      else saved.set(part, known);
    }
    const sizes = [
      ...[...saved.values()].map(({ size }) => size),
      ...[...added.values()].map(({ length }) => length),
    ];
    const total = sizes.reduce((sum, size) => sum + size, 0);
    if (total > MAX_BYTES) throw new TooLargeError(`expected at most ${MAX_BYTES} bytes, got ${total}`);
    for (const [part, bytes] of added) {
      const name = await sha256(bytes);
      await this.#folder.write(name, bytes);
      saved.set(part, { name, size: bytes.length });
    }
    const text = encodeIndex(state, (part) => saved.get(part)?.name);
    await this.#folder.write(INDEX, await seal(text));
    for (const [part, file] of saved) this.#saved.set(part, file);
    await this.#removeAllBut(new Set([INDEX, ...[...saved.values()].map(({ name }) => name)]));
  }

  async #read(name: string): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = await this.#folder.read(name);
    if (bytes === undefined || (await sha256(bytes)) !== name) throw new DamagedError(`${name} is damaged`);
    return bytes;
  }

  #decode(index: LabIndex, files: ReadonlyMap<string, Uint8Array>): LabState {
    const bytesOf = (name: string) => {
      const bytes = files.get(name);
      if (bytes === undefined) throw new Error(`the file ${name} was not read`);
      return bytes;
    };
    return stateOfIndex(index, {
      bytesOf,
      onDecoded: (part, name) => {
        this.#saved.set(part, { name, size: bytesOf(name).length });
      },
    });
  }

  async #removeAllBut(names: ReadonlySet<string>): Promise<void> {
    for (const name of await this.#folder.names()) {
      if (!names.has(name)) await this.#folder.remove(name);
    }
  }
}

/** What is decoded from a saved state. */
function decoded<Result>(decode: () => Result): Result {
  try {
    return decode();
  } catch (error) {
    if (error instanceof OtherFormatError) throw error;
    throw new DamagedError('the saved state is damaged', { cause: error });
  }
}
