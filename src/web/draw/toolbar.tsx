import { useEffect, useRef } from 'preact/hooks';
import { Notice } from '../../components/notice.js';
import { useOpenedFiles } from '../../components/useOpenedFiles.js';

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
  const open = (files: FileList | null) => {
    if (files && files.length > 0) onFiles([...files]);
  };
  useUndoKey(onUndo);
  useOpenedFiles({
    onDrop: ({ files }) => {
      open(files);
    },
    onPaste: open,
  });

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

/** Ctrl+Z undoes the last change. */
function useUndoKey(onUndo: () => void): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'z' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      onUndo();
    };
    addEventListener('keydown', onKeyDown);
    return () => {
      removeEventListener('keydown', onKeyDown);
    };
  });
}
