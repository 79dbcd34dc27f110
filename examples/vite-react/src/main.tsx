// Classifies the image that is dropped on the page or chosen.
import { type Classification, loadClassifier } from 'inkling';
import model from 'inkling/pretrained/report-cnn-mnist.safetensors?url';
import { type DragEvent, useState } from 'react';
import { createRoot } from 'react-dom/client';

const classifier = loadClassifier(model);

function App() {
  const [result, setResult] = useState<Classification | string>('Drop an image of a handwritten digit here.');

  async function classify(file: File | undefined) {
    if (file === undefined) return;
    try {
      setResult(await (await classifier).classify(file, { top: 3 }));
    } catch (error) {
      setResult(error instanceof Error ? error.message : String(error));
    }
  }

  function onDrop(event: DragEvent) {
    event.preventDefault();
    void classify(event.dataTransfer.files[0]);
  }

  return (
    <main onDragOver={(event) => event.preventDefault()} onDrop={onDrop} style={{ minHeight: '90vh' }}>
      <label>
        Image:{' '}
        <input type="file" accept="image/*" onChange={({ target }) => void classify(target.files?.[0])} />
      </label>
      <div role="status">{typeof result === 'string' ? <p>{result}</p> : <Result {...result} />}</div>
    </main>
  );
}

function Result({ label, top, doubt }: Classification) {
  return (
    <>
      <h1>{label}</h1>
      <ul>
        {top.map(({ label, probability }) => (
          <li key={label}>
            {label}: {(100 * probability).toFixed(1)} %
          </li>
        ))}
      </ul>
      {doubt && <p>Not sure: {doubt.map(({ text }) => text).join('; ')}</p>}
    </>
  );
}

createRoot(document.getElementById('root')!).render(<App />);
