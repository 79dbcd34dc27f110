/** The operations of pickles that execute code or build objects that weights do not contain. Source: the module `pickletools` of Python. */
const names: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '0': 'POP',
    '1': 'POP_MARK',
    '2': 'DUP',
    B: 'BINBYTES',
    C: 'SHORT_BINBYTES',
    F: 'FLOAT',
    I: 'INT',
    L: 'LONG',
    P: 'PERSID',
    S: 'STRING',
    V: 'UNICODE',
    d: 'DICT',
    g: 'GET',
    i: 'INST',
    l: 'LIST',
    o: 'OBJ',
    p: 'PUT',
    '\x81': 'NEWOBJ',
    '\x82': 'EXT1',
    '\x83': 'EXT2',
    '\x84': 'EXT4',
    '\x8b': 'LONG4',
    '\x8d': 'BINUNICODE8',
    '\x8e': 'BINBYTES8',
    '\x8f': 'EMPTY_SET',
    '\x90': 'ADDITEMS',
    '\x91': 'FROZENSET',
    '\x92': 'NEWOBJ_EX',
    '\x96': 'BYTEARRAY8',
    '\x97': 'NEXT_BUFFER',
    '\x98': 'READONLY_BUFFER',
  }),
);

/** `NEWOBJ`, or the number of an unknown operation */
export function opcodeName(code: string): string {
  return names.get(code) ?? `0x${code.charCodeAt(0).toString(16).padStart(2, '0')}`;
}
