import './page.css';
import { StrictMode, useCallback, useEffect, useRef, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { Refused, type Session, openSession } from './api.ts';
import { FeedbackForm } from './feedback.tsx';
import { Questionnaire } from './questionnaire.tsx';
import { type Language, WORDS } from './words.ts';

/** States that are told and nothing else. */
type Told = 'answered' | 'over' | 'not-open' | 'unknown' | 'many' | 'away' | 'done';

function toldOf({ status, code }: Refused): Told {
  if (code === 'already-answered') return 'answered';
  if (code === 'survey-over') return 'over';
  if (code === 'survey-not-open') return 'not-open';
  if (status === 404) return 'unknown';
  return status === 429 ? 'many' : 'away';
}

const token = (): string => decodeURIComponent(location.hash.slice(1));

function Page() {
  const [language, setLanguage] = useState<Language>(navigator.language.startsWith('zh') ? 'zh' : 'en');
  const [session, setSession] = useState<Session>();
  const [told, setTold] = useState<Told>();
  const [late, setLate] = useState(false);
  const [number, setNumber] = useState<string>();
  const [attempt, setAttempt] = useState(0);
  const heading = useRef<HTMLHeadingElement>(null);
  const words = WORDS[language];

  useEffect(() => {
    document.documentElement.lang = words.lang;
    document.title = words.title;
  }, [words]);

  useEffect(() => {
    let left = false;
    const asked = token();
    const opening =
      asked === ''
        ? Promise.reject(new Refused(404))
        : openSession(asked, navigator.language.startsWith('zh') ? 'zh' : 'en');
    opening.then(
      (opened) => {
        if (left) return;
        setSession(opened);
        if (opened.language) setLanguage(opened.language);
        setTold(opened.state === 'open' || opened.state === 'late' ? undefined : opened.state);
      },
      (error: unknown) => !left && setTold(error instanceof Refused ? toldOf(error) : 'away'),
    );
    return () => {
      left = true;
    };
  }, [attempt]);

  useEffect(() => {
    const anew = (): void => {
      setSession(undefined);
      setTold(undefined);
      setAttempt((count) => count + 1);
    };
    addEventListener('hashchange', anew);
    return () => removeEventListener('hashchange', anew);
  }, []);

  useEffect(() => {
    if (told !== undefined) heading.current?.focus(); // whoever cannot see the page hears what became of it
  }, [told]);

  const onDone = useCallback((isLate: boolean) => {
    setLate(isLate);
    setTold('done');
  }, []);
  const onNumber = useCallback((given: string) => {
    setNumber(given);
    setTold('done');
  }, []);
  const onRefused = useCallback((error: Refused) => setTold(toldOf(error)), []);

  const asks = told === undefined && session?.questionnaire;
  return (
    <>
      <header>
        <p className="operator">{session ? words.by(session.operator, session.client) : ''}</p>
        <button
          type="button"
          className="language"
          lang={language === 'zh' ? 'en' : 'zh-Hans'}
          onClick={() => setLanguage(language === 'zh' ? 'en' : 'zh')}
        >
          {words.other}
        </button>
      </header>
      <main>
        <h1 tabIndex={-1} ref={heading}>
          {told !== undefined
            ? number === undefined
              ? words[told]
              : words.feedbackDone
            : session?.kind === 'feedback'
              ? words.feedback
              : words.title}
        </h1>
        {told !== undefined && (
          <>
            <p>
              {number !== undefined
                ? words.number(number)
                : told === 'done' && session?.trial === true
                  ? words.trialDone
                  : told === 'done' && late
                    ? words.doneLate
                    : words[`${told}Text`]}
            </p>
            {told === 'away' && (
              <button
                type="button"
                className="retry"
                onClick={() => {
                  setTold(undefined);
                  setAttempt(attempt + 1);
                }}
              >
                {words.retry}
              </button>
            )}
          </>
        )}
        {told === undefined && !session && <p role="status">{words.loading}</p>}
        {told === undefined && session?.kind === 'feedback' && (
          <FeedbackForm token={token()} language={language} onDone={onNumber} onRefused={onRefused} />
        )}
        {asks && (
          <>
            <ul className="facts">
              {session.period && <li>{words.period(session.period[language])}</li>}
              {session.closesOn && <li>{words.closes(session.closesOn)}</li>}
              <li>{session.anonymous ? words.anonymous : words.named(session.operator)}</li>
            </ul>
            {session.trial === true && <p className="alert">{words.trial}</p>}
            {session.state === 'late' && <p className="alert">{words.late}</p>}
            <Questionnaire
              token={token()}
              session={{ ...session, questionnaire: asks }}
              language={language}
              onDone={onDone}
              onRefused={onRefused}
            />
          </>
        )}
      </main>
    </>
  );
}

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <Page />
    </StrictMode>,
  );
}
