import { type FormEvent, useMemo, useState } from 'react';
import { Refused, randomKey, sendFeedback } from './api.ts';
import { type Language, WORDS } from './words.ts';

/** The form for opinions that nobody asked for. */
export function FeedbackForm({
  token,
  language,
  onDone,
  onRefused,
}: {
  token: string;
  language: Language;
  onDone: (number: string) => void;
  onRefused: (error: Refused) => void;
}) {
  const words = WORDS[language];
  const key = useMemo(randomKey, []);
  const [said, setSaid] = useState<'' | 'sending' | 'notSent'>('');

  const send = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const field = (name: string): string => (form.get(name) as string).trim();
    const [text, name, email] = [field('text'), field('name'), field('email')];
    setSaid('sending');
    sendFeedback(token, { text, ...(name && { name }), ...(email && { email }) }, language, key).then(
      ({ number }) => onDone(number),
      (error: unknown) => {
        if (error instanceof Refused && (error.status === 404 || error.status === 429)) onRefused(error);
        else setSaid('notSent');
      },
    );
  };

  return (
    <form className="feedback" onSubmit={send}>
      <label htmlFor="text">{words.opinion}</label>
      <textarea id="text" name="text" rows={6} maxLength={4000} required />
      <label htmlFor="name">{words.name}</label>
      <input id="name" name="name" maxLength={100} autoComplete="name" />
      <label htmlFor="email">{words.email}</label>
      <input id="email" name="email" type="email" maxLength={200} autoComplete="email" />
      <button type="submit" className="retry" disabled={said === 'sending'}>
        {words.send}
      </button>
      <p className={said === 'notSent' ? 'status alert' : 'status'} role="status" aria-live="polite">
        {said === '' ? '' : words[said]}
      </p>
    </form>
  );
}
