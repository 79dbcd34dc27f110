import { useEffect, useState } from 'preact/hooks';
import type { Lesson } from '../lessons/lesson.js';

/** Prints the sheet of one lesson, or those of all. */
export function usePrint() {
  const [request, setRequest] = useState<{ readonly only: Lesson | undefined }>();
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
  return {
    only: request?.only,
    print: (only: Lesson | undefined) => {
      setRequest({ only });
    },
  };
}
