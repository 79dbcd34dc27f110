import util from 'node:util';
import type { Environment } from '../../data/files/locate.js';
import { isLive, type Stream } from '../io.js';

/** A style of text. */
export type Format = Parameters<typeof util.styleText>[0];

/** Styles text, if the stream supports it. */
export type Paint = (format: Format, text: string) => string;

const plain: Paint = (_format, text) => text;

/** Whether a stream supports colors and the user has not disabled them; see https://no-color.org. */
export function hasColors(stream: Stream, environment: Environment): boolean {
  return isLive(stream, environment) && (environment.NO_COLOR ?? '') === '';
}

export function paintFor(stream: Stream, environment: Environment): Paint {
  // The first releases of Node 20 have no styleText.
  if (!hasColors(stream, environment) || !('styleText' in util)) return plain;
  return (format, text) => util.styleText(format, text, { validateStream: false });
}
