import { useEffect, useState } from 'preact/hooks';
import type { Lesson } from '../lessons/lesson.js';

/** What is printed. */
interface Request {
  /** By default all lessons. */
  readonly only?: Lesson;
  /** By default only the sheets for students. */
  readonly withAnswers?: boolean;
}

/** Prints the sheet of one lesson, or those of all. */
export function usePrint() {
  const [request, setRequest] = useState<Request>();
  useEffect(() => {
    if (request === undefined) return;
    const afterPrint = () => {
      setRequest(undefined);
    };
    addEventListener('afterprint', afterPrint);
    print();
    return () => {
      removeEventListener('afterprint', afterPrint);
    };
  }, [request]);
  return { only: request?.only, withAnswers: request?.withAnswers === true, print: setRequest };
}
