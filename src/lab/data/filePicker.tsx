import { useRef } from 'preact/hooks';
import { useOpenedFiles } from '../../components/useOpenedFiles.js';
import { text } from '../text/text.js';
import { droppedFilesOf, filesOf, type OpenedFile } from './openedFiles.js';

/** Buttons to choose images or a folder, which can also be dropped anywhere on the page. */
export function FilePicker({ onFiles }: { onFiles: (files: Promise<OpenedFile[]>) => void }) {
  const images = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  useOpenedFiles({
    onDrop: (dropped) => {
      onFiles(droppedFilesOf(dropped));
    },
    onPaste: (files) => {
      onFiles(filesOf(files));
    },
  });
  const onChange = ({ currentTarget }: { currentTarget: HTMLInputElement }) => {
    const files = [...(currentTarget.files ?? [])];
    currentTarget.value = '';
    if (files.length > 0) onFiles(filesOf(files));
  };
  const hidden = { type: 'file', multiple: true, class: 'visually-hidden', tabIndex: -1, onChange } as const;
  return (
    <div class="files">
      <div class="button-group">
        <button type="button" onClick={() => images.current?.click()}>
          {text.data.chooseImages}
        </button>
        <button type="button" onClick={() => folder.current?.click()}>
          {text.data.chooseFolder}
        </button>
      </div>
      <input {...hidden} ref={images} aria-label={text.data.chooseImages} />
      <input
        {...hidden}
        ref={(input) => {
          folder.current = input;
          // Unknown to the types of inputs.
          input?.setAttribute('webkitdirectory', '');
        }}
        aria-label={text.data.chooseFolder}
      />
      <p class="muted">{text.data.dropHint}</p>
    </div>
  );
}
