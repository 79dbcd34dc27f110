/** A field of a message: its number, and an integer or bytes. */
export type Field = readonly [number: number, value: number | Uint8Array];

/** Parses the fields of a message, independently of the encoder. */
export function fieldsOf(bytes: Uint8Array): Field[] {
  const fields: Field[] = [];
  let at = 0;
  const varint = () => {
    let [value, factor] = [0, 1];
    for (;;) {
      const byte = bytes[at++];
      value += (byte & 0x7f) * factor;
      factor *= 128;
      if (byte < 0x80) return value;
    }
  };
  while (at < bytes.length) {
    const tag = varint();
    if (tag % 8 === 0) {
      fields.push([tag >> 3, varint()]);
    } else {
      const length = tag % 8 === 2 ? varint() : 4;
      fields.push([tag >> 3, bytes.subarray(at, at + length)]);
      at += length;
    }
  }
  return fields;
}

/** The fields with a number, as messages. */
export function messagesOf(bytes: Uint8Array, number: number): Uint8Array[] {
  return fieldsOf(bytes).flatMap(([known, value]) =>
    known === number && typeof value !== 'number' ? [value] : [],
  );
}

export function textsOf(bytes: Uint8Array, number: number): string[] {
  return messagesOf(bytes, number).map((text) => new TextDecoder().decode(text));
}

export function numbersOf(bytes: Uint8Array, number: number): number[] {
  return fieldsOf(bytes).flatMap(([known, value]) =>
    known === number && typeof value === 'number' ? [value] : [],
  );
}
