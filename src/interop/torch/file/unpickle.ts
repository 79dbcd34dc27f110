import { InklingError } from '../../../core/errors.js';
import { formatCount } from '../../../core/format.js';
import type { ByteReader } from './byteReader.js';
import { callGlobal, findGlobal, storageOf } from './globals.js';
import { opcodeName } from './opcodeNames.js';
import { PickleMachine } from './pickleMachine.js';
import { type Pickle, type PickleValue, SAVE_WEIGHTS, textFrom } from './values.js';

/** An operation makes at most one object, and a tensor takes about 40 of them. Copies of lists count for each element. */
const MAX_OPERATIONS = 2 ** 20;
/** The longest integers that occur, in bytes: the number that identifies PyTorch's files has 10. */
const MAX_INTEGER_BYTES = 16;
const MAX_PROTOCOL = 5;
const STOP = '.';

/**
 * Reads a pickle without executing anything: values are built from literals, and the few functions that build tensors are known
 * (`globals.ts`). Nothing is recursive, so that nesting takes no stack. Source: the module `pickletools` of Python.
 *
 * @param reader is left after the end of the pickle
 * @throws {InklingError} with the reason only, for everything that weights do not need
 */
export function unpickle(reader: ByteReader): Pickle {
  const machine = new PickleMachine();
  for (let count = 0; count + machine.copied < MAX_OPERATIONS; count++) {
    const code = String.fromCharCode(reader.uint8());
    if (code === STOP) return machine.result();
    const value = values.get(code);
    if (value !== undefined) machine.push(value(reader, machine));
    else perform(code, reader, machine);
  }
  throw new InklingError(
    `expected a pickle of at most ${formatCount(MAX_OPERATIONS)} operations, got more; ${SAVE_WEIGHTS}`,
  );
}

type Value = (reader: ByteReader, machine: PickleMachine) => PickleValue;

/** What the operations push that push a value, by their codes. */
const values: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['N', () => null],
  ['\x88', () => true],
  ['\x89', () => false],
  ['J', (reader) => reader.int32()],
  ['K', (reader) => reader.uint8()],
  ['M', (reader) => reader.uint16()],
  ['\x8a', (reader) => longInteger(reader.take(reader.uint8()))],
  ['G', (reader) => reader.float64()],
  ['X', (reader) => reader.text(reader.uint32())],
  ['\x8c', (reader) => reader.text(reader.uint8())],
  ['T', (reader) => reader.text(reader.uint32())],
  ['U', (reader) => reader.text(reader.uint8())],
  [']', () => []],
  ['}', () => new Map()],
  [')', () => []],
  ['\x85', (_, machine) => machine.popTuple(1)],
  ['\x86', (_, machine) => machine.popTuple(2)],
  ['\x87', (_, machine) => machine.popTuple(3)],
  ['t', (_, machine) => machine.popMarked()],
  ['h', (reader, machine) => machine.recall(reader.uint8())],
  ['j', (reader, machine) => machine.recall(reader.uint32())],
  ['c', (reader) => findGlobal(reader.line(), reader.line())],
  ['\x93', (_, machine) => globalNamed(machine.popTuple(2))],
  ['R', (_, machine) => call(machine)],
  ['Q', (_, machine) => machine.share(storageOf(machine.pop()))],
]);

/** Performs an operation that pushes no value. */
function perform(code: string, reader: ByteReader, machine: PickleMachine): void {
  switch (code) {
    case '\x80':
      checkProtocol(reader.uint8());
      break;
    // The length of a frame only helps to read from a disk.
    case '\x95':
      reader.uint64();
      break;
    case '(':
      machine.mark();
      break;
    case 'a':
      machine.append([machine.pop()]);
      break;
    case 'e':
      machine.append(machine.popMarked());
      break;
    case 's':
      machine.setItems(machine.popTuple(2));
      break;
    case 'u':
      machine.setItems(machine.popMarked());
      break;
    case 'q':
      machine.store(reader.uint8());
      break;
    case 'r':
      machine.store(reader.uint32());
      break;
    case '\x94':
      machine.memoize();
      break;
    case 'b':
      machine.build();
      break;
    default:
      throw new InklingError(
        `got the pickle operation ${opcodeName(code)}, which weights do not need; ${SAVE_WEIGHTS}`,
      );
  }
}

function checkProtocol(protocol: number): void {
  if (protocol <= MAX_PROTOCOL) return;
  throw new InklingError(
    `expected a pickle protocol up to ${MAX_PROTOCOL}, got ${protocol}; get a clean copy`,
  );
}

/** A signed integer in little-endian order. */
function longInteger(bytes: Uint8Array): number | bigint {
  if (bytes.length > MAX_INTEGER_BYTES) {
    throw new InklingError(
      `expected integers of at most ${MAX_INTEGER_BYTES} bytes, got ${bytes.length}; get a clean copy`,
    );
  }
  const unsigned = bytes.reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n);
  const value = BigInt.asIntN(8 * bytes.length, unsigned);
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}

function globalNamed([module, name]: readonly PickleValue[]): PickleValue {
  return findGlobal(textFrom(module, 'the name of a module'), textFrom(name, 'the name of a class'));
}

function call(machine: PickleMachine): PickleValue {
  const [called, given] = machine.popTuple(2);
  const result = callGlobal(called, given);
  // The same list can be copied to a dictionary again and again.
  if (result instanceof Map) machine.copied += result.size;
  return result;
}
