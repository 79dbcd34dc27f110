import { useRef } from 'preact/hooks';

/** A button with which files are chosen. */
export function FileButton(props: {
  label: string;
  /** What it says about itself when the pointer rests on it. */
  hint?: string;
  /** The types of the files, as in the attribute of inputs; by default all. */
  accept?: string;
  /** Whether several files can be chosen, or a folder with all that it contains; by default one file. */
  chooses?: 'files' | 'folder';
  /** The name of the input, by default that of the button. */
  inputLabel?: string;
  /** Receives at least one file. */
  onFiles: (files: readonly File[]) => void;
}) {
  const { label, hint, accept, chooses, inputLabel = label, onFiles } = props;
  const input = useRef<HTMLInputElement | null>(null);
  return (
    <>
      <button type="button" title={hint} onClick={() => input.current?.click()}>
        {label}
      </button>
      <input
        ref={(element) => {
          input.current = element;
          // Unknown to the types of inputs.
          if (chooses === 'folder') element?.setAttribute('webkitdirectory', '');
        }}
        type="file"
        accept={accept}
        multiple={chooses !== undefined}
        class="visually-hidden"
        tabIndex={-1}
        aria-label={inputLabel}
        onChange={({ currentTarget }) => {
          const files = [...(currentTarget.files ?? [])];
          currentTarget.value = '';
          if (files.length > 0) onFiles(files);
        }}
      />
    </>
  );
}
