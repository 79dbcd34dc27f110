import { useState } from 'preact/hooks';
import { messageOf } from '../../components/format.js';
import { Notice } from '../../components/notice.js';
import { download } from '../../components/download.js';
import { text } from '../text/text.js';
import { type Collection, countExamples } from './collection.js';
import { zipExamples } from './zipExamples.js';

/** Saves all examples as one file, which the lab opens again, here or on another device. */
export function SaveExamples({ collection }: { collection: Collection }) {
  const [isSaving, setSaving] = useState(false);
  const [problem, setProblem] = useState('');
  const save = async () => {
    setSaving(true);
    setProblem('');
    try {
      download(await zipExamples(collection), `${collection.name.replaceAll(' ', '-')}.zip`);
    } catch (error) {
      setProblem(messageOf(error));
    } finally {
      setSaving(false);
    }
  };
  return (
    <>
      <button
        type="button"
        title={text.data.saveHint}
        disabled={isSaving || countExamples(collection) === 0}
        onClick={() => {
          void save();
        }}
      >
        {isSaving ? text.data.saving : text.data.save}
      </button>
      {problem !== '' && <Notice isError>{problem}</Notice>}
    </>
  );
}
