import { useState } from 'preact/hooks';
import { logIn } from '../connection.js';
import { Notice } from '../../components/notice.js';

/** Asks for the API key that the server requires. */
export function ApiKeyForm() {
  const [key, setKey] = useState('');
  const [isRejected, setRejected] = useState(false);
  const onSubmit = (event: Event) => {
    event.preventDefault();
    void logIn(key).then((isAccepted) => {
      setRejected(!isAccepted);
    });
  };
  return (
    <form class="card api-key" onSubmit={onSubmit}>
      <h1>API key required</h1>
      <p>This server requires an API key. It is stored until you close this tab.</p>
      <label>
        API key
        <input
          type="password"
          required
          autocomplete="current-password"
          value={key}
          onInput={({ currentTarget }) => {
            setKey(currentTarget.value);
            setRejected(false);
          }}
        />
      </label>
      <button type="submit" class="primary">
        Continue
      </button>
      {isRejected && <Notice isError>The server does not accept this key.</Notice>}
    </form>
  );
}
