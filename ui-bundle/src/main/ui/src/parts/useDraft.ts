import { useEffect, useState, type KeyboardEvent } from 'react';

/** A text that counts once it is read without an error, at Enter or when the field is left. */
export function useDraft(text: string, accept: (text: string) => boolean) {
  const [draft, setDraft] = useState(text);
  const [wrong, setWrong] = useState(false);
  useEffect(() => {
    setDraft(text);
    setWrong(false);
  }, [text]);
  const commit = () => {
    if (draft !== text) {
      setWrong(!accept(draft));
    }
  };
  return {
    value: draft,
    error: wrong,
    onChange: (event: { currentTarget: { value: string } }) => setDraft(event.currentTarget.value),
    onBlur: commit,
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key === 'Enter') {
        commit();
      }
    },
  };
}
