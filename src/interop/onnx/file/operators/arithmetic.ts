import type { Piece } from '../pieces.js';
import { affinePiece, type Operation, operatorError, requiredConstant } from './operation.js';

/** Operators whose other input is a constant: one number, or one for each channel. */
export function Add(operation: Operation): readonly Piece[] {
  return [affinePiece(operation, [1], perChannel(operation))];
}

export function Sub(operation: Operation): readonly Piece[] {
  const values = perChannel(operation);
  if (operation.position === 1) return [affinePiece(operation, [-1], values)];
  return [
    affinePiece(
      operation,
      [1],
      values.map((value) => -value),
    ),
  ];
}

export function Mul(operation: Operation): readonly Piece[] {
  return [affinePiece(operation, perChannel(operation), [0])];
}

export function Div(operation: Operation): readonly Piece[] {
  if (operation.position === 1)
    throw operatorError(operation, 'expected division by a constant, got a divided constant');
  const values = perChannel(operation);
  if (values.includes(0))
    throw operatorError(operation, 'expected no division by zero; get a clean copy of the file');
  return [
    affinePiece(
      operation,
      values.map((value) => 1 / value),
      [0],
    ),
  ];
}

/** The constant, if it is broadcast along all axes but that of the channels. */
function perChannel(operation: Operation): readonly number[] {
  const { shape: image, isChannelsLast, position } = operation;
  const { shape, values } = requiredConstant(operation, 1 - position, 'a constant');
  const rank = image.length === 3 ? 4 : 2;
  const axis = image.length === 3 && isChannelsLast ? 3 : 1;
  const channels = image[image.length - 1];
  const aligned = [...Array.from({ length: Math.max(0, rank - shape.length) }, () => 1), ...shape];
  const isBroadcast = aligned.length === rank && aligned.every((size, at) => size === 1 || at === axis);
  if (!isBroadcast || ![1, channels].includes(aligned[axis])) {
    throw operatorError(
      operation,
      `expected a constant with one number or ${channels}, one for each channel, got the shape [${shape.join(', ')}]`,
    );
  }
  return [...values];
}
