import { useEffect, useRef } from 'preact/hooks';
import { Notice } from '../../components/notice.js';

interface ToolbarProps {
  readonly canUndo: boolean;
  readonly canClear: boolean;
  readonly onUndo: () => void;
  readonly onClear: () => void;
  /** Receives one or more files. */
  readonly onFiles: (files: readonly File[]) => void;
  /** Why the last file could not be opened; empty if it was. */
  readonly error: string;
}

export function Toolbar({ canUndo, canClear, onUndo, onClear, onFiles, error }: ToolbarProps) {
  const input = useRef<HTMLInputElement>(null);
  const open = (files: FileList | null | undefined) => {
    if (files && files.length > 0) onFiles([...files]);
  };
  useShortcuts(onUndo, open);

  return (
    <>
      <div class="toolbar" role="toolbar" aria-label="Drawing tools">
        <button type="button" disabled={!canUndo} onClick={onUndo} title="Ctrl+Z">
          Undo
        </button>
        <button type="button" disabled={!canClear} onClick={onClear}>
          Clear
        </button>
        <button
          type="button"
          onClick={() => input.current?.click()}
          title="You can also drop or paste images"
        >
          Open images
        </button>
        <input
          ref={input}
          type="file"
          accept="image/*"
          multiple
          class="visually-hidden"
          tabIndex={-1}
          aria-label="Image files"
          onChange={({ currentTarget }) => {
            open(currentTarget.files);
            currentTarget.value = '';
          }}
        />
      </div>
      {error !== '' && <Notice isError>{error}</Notice>}
    </>
  );
}

/** Ctrl+Z undoes the last change; images can be pasted, or dropped anywhere on the page. */
function useShortcuts(onUndo: () => void, open: (files: FileList | undefined) => void): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'z' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      onUndo();
    };
    const onPaste = (event: ClipboardEvent) => {
      open(event.clipboardData?.files);
    };
    const onDragOver = (event: DragEvent) => {
      event.preventDefault();
    };
    const onDrop = (event: DragEvent) => {
      event.preventDefault();
      open(event.dataTransfer?.files);
    };
    const unmounted = new AbortController();
    const { signal } = unmounted;
    addEventListener('keydown', onKeyDown, { signal });
    addEventListener('paste', onPaste, { signal });
    addEventListener('dragover', onDragOver, { signal });
    addEventListener('drop', onDrop, { signal });
    return () => {
      unmounted.abort();
    };
  });
}
