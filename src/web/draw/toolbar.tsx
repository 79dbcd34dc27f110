import { useEffect } from 'preact/hooks';
import { FileButton } from '../../components/fileButton.js';
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
        <FileButton
          label="Open images"
          hint="You can also drop or paste images"
          accept="image/*"
          chooses="files"
          inputLabel="Image files"
          onFiles={onFiles}
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
