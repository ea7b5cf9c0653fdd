import { Alert, Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../app/format.ts';
import type { QuestionLine } from '../surveys/questionnaire.ts';
import type { Check } from './checks.ts';

/** What a check says of which question. */
export function useCheckWords(): (check: Check, lines: QuestionLine[]) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return ({ word, question, about }, lines) => {
    const line = lines.find(({ name }) => name === question);
    const title = line ? format.text(line.title) : '';
    return t(`designCheck.${word}`, {
      what: about === null ? '' : format.text(about),
      question: title === '' ? t('design.untitled') : title,
    });
  };
}

/** What is missing before it can be handed in, and what is odd; each leads to its question. */
export function CheckList({
  checks,
  lines,
  goTo,
}: {
  checks: Check[];
  lines: QuestionLine[];
  goTo: (question: string) => void;
}): ReactNode {
  const { t } = useTranslation();
  const words = useCheckWords();
  if (checks.length === 0) return <Alert type="success" showIcon title={t('design.allWell')} />;
  return (
    <ul className="check-list" aria-label={t('design.checksLabel')}>
      {checks.map((check) => (
        <li key={`${check.word} ${check.question ?? ''} ${check.about?.zh ?? ''}`}>
          <span className={check.level === 'error' ? 'late' : 'muted'}>
            {t(check.level === 'error' ? 'design.mustMend' : 'design.mayMend')}
          </span>{' '}
          {words(check, lines)}{' '}
          {check.question === null ? null : (
            <Button type="link" size="small" className="inline-link" onClick={() => goTo(check.question ?? '')}>
              {t('design.goThere')}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
