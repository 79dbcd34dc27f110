import { useEffect, useRef, useState } from 'preact/hooks';
import type { Lab } from '../useLab.js';
import { parseLink } from './labLink.js';
import type { LessonState } from './useLesson.js';

/**
 * Applies what a link sets, when the URL becomes that link.
 *
 * @returns what is wrong with the link
 */
export function useLink(query: string, lab: Lab, lesson: LessonState): readonly string[] {
  const applied = useRef(new Set<string>());
  const [problems, setProblems] = useState<readonly string[]>([]);
  useEffect(() => {
    const link = parseLink(query);
    setProblems(link.problems);
    if (link.lesson !== undefined) lesson.choose(link.lesson);
    // Whoever goes back to a link keeps what was changed since.
    if (applied.current.has(query)) return;
    applied.current.add(query);
    if (link.preset !== undefined) lab.network.choose(link.preset);
    if (link.settings !== undefined) lab.training.changeSettings(link.settings);
  }, [query]);
  return problems;
}
