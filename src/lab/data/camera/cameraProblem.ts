import { messageOf } from '../../../components/format.js';
import { text } from '../../text/text.js';

type Problem = keyof typeof text.data.camera.problems;

/** Names of errors. Source: the specification “Media Capture and Streams”, section 10.2.1. */
const PROBLEMS: Readonly<Partial<Record<string, Problem>>> = {
  NotFoundError: 'missing',
  OverconstrainedError: 'missing',
  NotAllowedError: 'denied',
  SecurityError: 'denied',
  NotReadableError: 'busy',
  AbortError: 'busy',
};

/** Why a camera cannot be used, and what to do. */
export function cameraProblem(error: unknown): string {
  const { problems, other } = text.data.camera;
  const problem = error instanceof Error ? PROBLEMS[error.name] : undefined;
  return problem === undefined ? other(messageOf(error)) : problems[problem];
}
