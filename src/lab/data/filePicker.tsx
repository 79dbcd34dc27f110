import { FileButton } from '../../components/fileButton.js';
import { useOpenedFiles } from '../../components/useOpenedFiles.js';
import { text } from '../text/text.js';
import { droppedFilesOf, filesOf, type OpenedFile } from './openedFiles.js';

/** Buttons to choose images or a folder, which can also be dropped anywhere on the page. */
export function FilePicker({ onFiles }: { onFiles: (files: Promise<OpenedFile[]>) => void }) {
  useOpenedFiles({
    onDrop: (dropped) => {
      onFiles(droppedFilesOf(dropped));
    },
    onPaste: (files) => {
      onFiles(filesOf(files));
    },
  });
  const onChosen = (files: readonly File[]) => {
    onFiles(filesOf(files));
  };
  return (
    <div class="files">
      <div class="button-group">
        <FileButton label={text.data.chooseImages} chooses="files" onFiles={onChosen} />
        <FileButton label={text.data.chooseFolder} chooses="folder" onFiles={onChosen} />
      </div>
      <p class="muted">{text.data.dropHint}</p>
    </div>
  );
}
