import type { FastifyRequest } from 'fastify';
import { formatCount } from '../../core/format.js';
import { codeOf } from '../../platform/fileErrors.js';
import { MAX_FILES, MAX_FORM_BYTES, MAX_UPLOAD_BYTES } from '../limits.js';
import { Problem, problemOf } from '../problem.js';

/** An image file as received. */
export interface Upload {
  /** File name in a form; undefined when the body itself is the file. */
  readonly name: string | undefined;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Limits of a form for `@fastify/multipart`. */
export const formLimits = { files: MAX_FILES, fields: 1, fileSize: MAX_UPLOAD_BYTES, headerPairs: 100 };

/**
 * The image files of a request, or undefined when the body is neither a form nor a file.
 *
 * @throws {Problem} when a form is damaged or exceeds a limit
 */
export async function readUploads(request: FastifyRequest): Promise<readonly Upload[] | undefined> {
  const { body } = request;
  if (request.isMultipart()) return readForm(request).catch(rejectForm);
  return Buffer.isBuffer(body) ? [{ name: undefined, bytes: new Uint8Array(body) }] : undefined;
}

/** An error message that begins with the name of the file, if it has one. */
export function withFileName({ name }: Pick<Upload, 'name'>, message: string): string {
  return name === undefined ? message : `${name}: ${message}`;
}

async function readForm(request: FastifyRequest): Promise<Upload[]> {
  const uploads: Upload[] = [];
  let total = 0;
  for await (const part of request.parts()) {
    if (part.type === 'field') {
      throw new Problem(
        400,
        `form: expected only image files, got the text field "${part.fieldname.slice(0, 32)}"; send it as a file, or leave it out`,
      );
    }
    const { filename: name, file } = part;
    if (request.heldBody !== undefined) request.heldBody.abort = (problem) => file.destroy(problem);
    const chunks: Buffer[] = [];
    for await (const chunk of file) {
      chunks.push(chunk as Buffer);
      total += (chunk as Buffer).length;
      request.heldBody?.add((chunk as Buffer).length);
      if (total > MAX_FORM_BYTES) {
        throw new Problem(
          413,
          `form: expected at most ${formatCount(MAX_FORM_BYTES)} bytes in all files together, got more; send fewer at a time`,
        );
      }
    }
    if (file.truncated) {
      const message = `expected at most ${formatCount(MAX_UPLOAD_BYTES)} bytes, got more; save a smaller image`;
      throw new Problem(413, withFileName({ name }, message));
    }
    uploads.push({ name, bytes: new Uint8Array(Buffer.concat(chunks)) });
  }
  if (uploads.length === 0) throw new Problem(422, `form: expected 1 to ${MAX_FILES} files, got none`);
  return uploads;
}

/** Errors of the form parser have no status, or do not say what was expected. */
function rejectForm(error: unknown): never {
  if (codeOf(error) === 'FST_FILES_LIMIT') {
    throw new Problem(413, `form: expected 1 to ${MAX_FILES} files, got more`);
  }
  throw problemOf(error) ?? new Problem(400, 'the form is damaged or incomplete; send it again');
}
