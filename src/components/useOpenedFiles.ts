import { useEffect } from 'preact/hooks';

interface OpenedFiles {
  readonly onDrop: (dropped: DataTransfer) => void;
  /** Receives one or more files. */
  readonly onPaste: (files: FileList) => void;
}

/** Lets files be dropped or pasted anywhere on the page. */
export function useOpenedFiles({ onDrop, onPaste }: OpenedFiles): void {
  useEffect(() => {
    const unmounted = new AbortController();
    const { signal } = unmounted;
    const dragOver = (event: DragEvent) => {
      event.preventDefault();
    };
    const drop = (event: DragEvent) => {
      event.preventDefault();
      if (event.dataTransfer !== null) onDrop(event.dataTransfer);
    };
    const paste = ({ clipboardData }: ClipboardEvent) => {
      if (clipboardData !== null && clipboardData.files.length > 0) onPaste(clipboardData.files);
    };
    addEventListener('dragover', dragOver, { signal });
    addEventListener('drop', drop, { signal });
    addEventListener('paste', paste, { signal });
    return () => {
      unmounted.abort();
    };
  });
}
