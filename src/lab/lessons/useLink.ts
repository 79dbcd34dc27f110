import { useEffect, useRef, useState } from 'preact/hooks';
import type { Lab } from '../useLab.js';
import { parseLink } from './labLink.js';
import type { LessonState } from './useLesson.js';

/**
 * Applies what a link sets, once, when the URL becomes that link.
 *
 * @returns what is wrong with the link
 */
export function useLink(query: string, lab: Lab, lesson: LessonState): readonly string[] {
  const applied = useRef(new Set<string>());
  const isFirst = useRef(true);
  const [problems, setProblems] = useState<readonly string[]>([]);
  useEffect(() => {
    const link = parseLink(query);
    setProblems(link.problems);
    const isReloaded = isFirst.current && lab.link === query;
    isFirst.current = false;
    // Whoever reloads the page, or goes back to a link, keeps what was changed since.
    if (isReloaded) applied.current.add(query);
    else if (link.lesson !== undefined) lesson.choose(link.lesson);
    if (applied.current.has(query)) return;
    applied.current.add(query);
    if (query !== '') lab.setLink(query);
    if (link.preset !== undefined) lab.network.choose(link.preset);
    if (link.settings !== undefined) lab.training.changeSettings(link.settings);
  }, [query]);
  return problems;
}
