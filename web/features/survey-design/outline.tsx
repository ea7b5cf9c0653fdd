import { Button } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../app/format.ts';
import { OVERALL } from '../surveys/numbers.ts';
import { type Json, type QuestionLine, linesOf, withQuestion } from '../surveys/questionnaire.ts';
import type { Survey } from '../surveys/survey.ts';
import { BankDialog } from './bank-dialog.tsx';
import type { Check } from './checks.ts';
import { moved, shifted } from './editing.ts';
import { NewQuestionForm } from './new-question.tsx';
import { QuestionCard } from './question-card.tsx';

interface Props {
  json: Json;
  set: (json: Json) => void;
  provides: Survey['provides'];
  titleOf: (dimension: string) => string;
  /** Dimensions that are scored, in the order in which they are asked about. */
  asked: string[];
  checks: Check[];
  /** The question that is to be seen. */
  focused: string | null;
  attended: () => void;
  looking: Looking;
}

/** What is open: one question, and where new ones come from. It outlives a window that is made narrower. */
export interface Looking {
  open: string | null;
  setOpen: (question: string | null) => void;
  adding: 'bank' | 'own' | null;
  setAdding: (from: 'bank' | 'own' | null) => void;
}

/** What a run of questions is about: one dimension, or nothing that is scored. */
function sectionOf({ role, dimension, rows }: QuestionLine): string | null {
  if (role !== 'score') return null;
  return dimension ?? rows[0]?.dimension ?? null;
}

/** The questions in the order in which they are asked, under the dimensions that they are about. */
export function Outline({
  json,
  set,
  provides,
  titleOf,
  asked,
  checks,
  focused,
  attended,
  looking: { open, setOpen, adding, setAdding },
}: Props): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const [dragged, setDragged] = useState<string | null>(null);
  const [over, setOver] = useState<string | null>(null);
  const [said, setSaid] = useState('');
  const lines = linesOf(json);
  const dimensions = [...new Set([OVERALL, ...provides.dimensions.map(({ id }) => id), ...asked])].map((id) => ({
    value: id,
    label: titleOf(id),
  }));
  useEffect(() => {
    if (focused === null) return;
    setOpen(focused);
    const card = document.getElementById(cardId(focused));
    card?.scrollIntoView({ block: 'center' });
    card?.querySelector<HTMLElement>('.card-toggle')?.focus();
    attended();
  }, [focused, attended, setOpen]);

  const tell = (name: string, next: Json): void => {
    const after = linesOf(next);
    const line = after.find((one) => one.name === name);
    const place = after.findIndex((one) => one.name === name) + 1;
    setSaid(t('design.movedTo', { what: line ? format.text(line.title) : name, place, of: after.length }));
    set(next);
  };
  const drop = (onto: string): void => {
    if (dragged === null || dragged === onto) return;
    const names = lines.map(({ name }) => name);
    tell(dragged, moved(json, dragged, names.indexOf(dragged) < names.indexOf(onto) ? 'after' : 'before', onto));
  };
  return (
    <section className="stack" aria-label={t('design.questions')}>
      <div className="heading">
        <h2 className="grow">{t('design.questionsCount', { count: lines.length })}</h2>
        <Button onClick={() => setAdding(adding === 'bank' ? null : 'bank')}>{t('design.fromBank')}</Button>
        <Button onClick={() => setAdding(adding === 'own' ? null : 'own')}>{t('surveys.newQuestion')}</Button>
      </div>
      {adding === 'own' ? (
        <NewQuestionForm dimensions={dimensions} add={(question) => set(withQuestion(json, question))} />
      ) : null}
      {adding === 'bank' ? (
        <BankDialog
          dimensions={dimensions}
          asked={lines.map(({ title }) => title.zh)}
          add={(question) => set(withQuestion(json, question))}
          close={() => setAdding(null)}
        />
      ) : null}
      <p className="muted small none-yet">{t('design.orderExplained')}</p>
      <div role="status" aria-live="polite" className="visually-hidden">
        {said}
      </div>
      <ol className="outline">
        {lines.map((line, index) => {
          const { name } = line;
          const section = sectionOf(line);
          const before = lines[index - 1];
          const isNew = before === undefined || sectionOf(before) !== section;
          return (
            <li
              key={name}
              id={cardId(name)}
              className={`outline-item${over === name && dragged !== name ? ' over' : ''}`}
              onDragOver={(event) => {
                if (dragged === null) return;
                event.preventDefault();
                setOver(name);
              }}
              onDrop={(event) => {
                event.preventDefault();
                drop(name);
                setOver(null);
                setDragged(null);
              }}
            >
              {isNew ? <h3>{section === null ? t('surveys.otherQuestions') : titleOf(section)}</h3> : null}
              <QuestionCard
                json={json}
                set={set}
                line={line}
                number={index + 1}
                before={lines.slice(0, index).filter((one) => one.choices.length > 0 && one.rows.length === 0)}
                dimensions={dimensions}
                parts={provides.dimensions.flatMap((one) => one.parts.map((part) => ({ ...part, dimension: one.id })))}
                checks={checks.filter(({ question }) => question === name)}
                lines={lines}
                isOpen={open === name}
                toggle={() => setOpen(open === name ? null : name)}
                move={(by) => tell(name, shifted(json, name, by))}
                isFirst={index === 0}
                isLast={index === lines.length - 1}
                drag={{ begin: () => setDragged(name), end: () => (setDragged(null), setOver(null)) }}
              />
            </li>
          );
        })}
      </ol>
    </section>
  );
}

const cardId = (name: string): string => `question-${name}`;
