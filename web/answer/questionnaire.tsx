import { useEffect, useMemo, useRef, useState } from 'react';
import type { Model } from 'survey-core';
import { Survey } from 'survey-react-ui';
import { type Answers, Refused, type Session, attachFile, handIn, randomKey, removeFile, saveDraft } from './api.ts';
import { LOCALES, asked } from './asked.ts';
import { type Attaching, FilesAttached } from './file-question.tsx';
import { type Language, WORDS } from './words.ts';

/** So long after the last stroke a draft is saved. */
const SAVE_AFTER_MS = 1_200;

interface Asked {
  token: string;
  session: Session & { questionnaire: object };
  language: Language;
  /** It is in: whether after the close. */
  onDone: (late: boolean) => void;
  /** It will never get in. */
  onRefused: (error: Refused) => void;
}

/** The questionnaire, with what was filled in before; what is filled in is saved as one goes. */
export function Questionnaire({ token, session, language, onDone, onRefused }: Asked) {
  const words = WORDS[language];
  const [said, setSaid] = useState<'' | 'saving' | 'saved' | 'unsaved' | 'sending' | 'notSent'>('');
  const [faults, setFaults] = useState<Refused['errors']>([]);
  const alert = useRef<HTMLDivElement>(null);
  const { questionnaire, draft, kind } = session;

  const model = useMemo(() => {
    const made = asked(questionnaire);
    if (draft) made.data = draft;
    return made;
  }, [questionnaire, draft]);

  const anonymous = session.anonymous === true;
  const attaching = useMemo(
    (): Attaching => ({
      attach: (question, file) => attachFile(token, question, file, language),
      remove: (id) => removeFile(token, id, language),
      anonymous,
    }),
    [token, language, anonymous],
  );

  useEffect(() => {
    model.locale = LOCALES[language];
  }, [model, language]);

  useEffect(() => {
    const key = randomKey(); // one intent, however often it is sent
    let saving: ReturnType<typeof setTimeout> | undefined;
    let dirty = false;
    const save = (leaving: boolean): void => {
      clearTimeout(saving);
      if (!dirty) return;
      dirty = false;
      setSaid('saving');
      saveDraft(token, model.data as Answers, language, leaving).then(
        () => setSaid('saved'),
        () => {
          dirty = true;
          setSaid('unsaved');
        },
      );
    };
    const changed = (): void => {
      if (kind !== 'personal') return;
      dirty = true;
      clearTimeout(saving);
      saving = setTimeout(() => save(false), SAVE_AFTER_MS);
    };
    const leave = (): void => {
      if (document.visibilityState === 'hidden') save(true);
    };
    const completing = (_sender: Model, options: { allow: boolean }): void => {
      options.allow = false; // the page is done when the answer is in
      clearTimeout(saving);
      dirty = false;
      setFaults([]);
      setSaid('sending');
      handIn(token, model.data as Answers, language, key).then(
        ({ late }) => onDone(late),
        (error: unknown) => {
          if (!(error instanceof Refused)) throw error;
          if (error.code === 'invalid-answers') {
            setSaid('');
            setFaults(error.errors);
          } else if (error.status === 404 || error.status === 409) onRefused(error);
          else setSaid('notSent');
        },
      );
    };
    model.onValueChanged.add(changed);
    model.onCompleting.add(completing);
    document.addEventListener('visibilitychange', leave);
    return () => {
      clearTimeout(saving);
      model.onValueChanged.remove(changed);
      model.onCompleting.remove(completing);
      document.removeEventListener('visibilitychange', leave);
    };
  }, [model, token, language, kind, onDone, onRefused]);

  useEffect(() => {
    if (faults.length > 0) alert.current?.focus();
  }, [faults]);

  return (
    <>
      {faults.length > 0 && (
        <div className="alert" role="alert" tabIndex={-1} ref={alert}>
          <p>{words.wrong}</p>
          <ul>
            {faults.map(({ path, message, cure }) => (
              <li key={path}>
                {titleOf(model, path)} — {message} ({cure})
              </li>
            ))}
          </ul>
        </div>
      )}
      <FilesAttached value={attaching}>
        <Survey model={model} />
      </FilesAttached>
      <p className={said === 'notSent' ? 'status alert' : 'status'} role="status" aria-live="polite">
        {said === '' ? '' : words[said]}
      </p>
    </>
  );
}

/** A question by the name that the API calls it. */
function titleOf(model: Model, path: string): string {
  const [name = path] = path.split(/[.[]/);
  return model.getQuestionByName(name)?.processedTitle ?? path;
}
