import { useCallback, useRef, useState } from 'preact/hooks';
import { messageOf } from '../../components/format.js';
import { text } from '../text/text.js';
import type { History } from '../useHistory.js';
import { type Collection, MAX_CLASSES } from './collection.js';
import { importFiles } from './importFiles.js';
import type { OpenedFile } from './openedFiles.js';
import type { Failure } from './readExamples.js';

/** More files than these are not listed one by one. */
const MAX_LISTED = 3;

/**
 * Adds the images in files to a collection.
 *
 * @param className of files that were in no folder
 */
export function useImport({ value: collection, change }: History<Collection>, className: string) {
  const latest = useRef(collection);
  latest.current = collection;
  const [progress, setProgress] = useState<{ readonly done: number; readonly total: number }>();
  const [problems, setProblems] = useState<string>();
  const [notice, setNotice] = useState<string>();
  const open = useCallback(
    async (opening: Promise<OpenedFile[]>) => {
      setProblems(undefined);
      setNotice(undefined);
      try {
        const files = await opening;
        const imported = await importFiles(files, latest.current, className, (done) => {
          setProgress({ done, total: files.length });
        });
        const { add, failures } = imported;
        const before = latest.current;
        const after = add(before);
        const { length } = after.classes;
        if (length > MAX_CLASSES) throw new Error(text.data.tooManyClasses(MAX_CLASSES, length));
        change((value) => (value === before ? after : add(value)));
        setProblems(describe(failures));
        setNotice(imported.notice);
      } catch (error) {
        setProblems(text.data.unopened(messageOf(error)));
      } finally {
        setProgress(undefined);
      }
    },
    [className, change],
  );
  const start = useCallback(
    (opening: Promise<OpenedFile[]>) => {
      void open(opening);
    },
    [open],
  );
  return { open: start, progress, problems, notice };
}

function describe(failures: readonly Failure[]): string | undefined {
  if (failures.length === 0) return undefined;
  const listed = failures.slice(0, MAX_LISTED).map(({ name, reason }) => `${name}: ${reason}`);
  const more = failures.length - listed.length;
  return [
    text.data.unread(failures.length),
    [...listed, ...(more > 0 ? [text.data.moreFailures(more)] : [])].join('; '),
  ].join(' ');
}
