import { useQuery } from '@tanstack/react-query';
import { Button, Select, Skeleton, Tag } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '../../api.ts';
import { useFormat } from '../../app/format.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import type { Text } from '../../wire.ts';
import type { NewQuestion } from '../surveys/questionnaire.ts';

interface BankQuestion {
  id: string;
  dimension: { id: string; title: Text };
  kind: 'score' | 'yes-no' | 'reason' | 'text';
  text: Text;
  clauses: string[];
}

/** Questions that the guidance texts offer, taken as they are and reworded where need be. */
export function BankDialog({
  dimensions,
  asked,
  add,
  close,
}: {
  dimensions: { value: string; label: string }[];
  /** Texts in Chinese that are asked already. */
  asked: string[];
  add: (question: NewQuestion) => void;
  close: () => void;
}): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const bank = useQuery({
    queryKey: ['question-bank'],
    queryFn: ({ signal }) => request<{ items: BankQuestion[] }>('/question-bank', { signal }),
    staleTime: Infinity,
  });
  const [about, setAbout] = useState('');
  const [target, setTarget] = useState<string | null>(null);
  if (bank.error) return <ProblemAlert error={bank.error} retry={() => void bank.refetch()} />;
  if (!bank.data) return <Skeleton active paragraph={{ rows: 4 }} />;
  const items = bank.data.items.filter((one) => about === '' || one.dimension.id === about);
  const topics = [...new Map(bank.data.items.map(({ dimension }) => [dimension.id, dimension])).values()];
  const counted = (question: BankQuestion): string | null =>
    target ?? dimensions.find(({ value }) => value === question.dimension.id)?.value ?? null;
  const taken = (question: BankQuestion): NewQuestion => ({
    role: question.kind === 'score' ? 'score' : question.kind === 'yes-no' ? 'choice' : 'text',
    dimension: question.kind === 'score' ? counted(question) : null,
    title: question.text,
    choices:
      question.kind === 'yes-no'
        ? [
            { zh: '是', en: 'Yes' },
            { zh: '否', en: 'No' },
          ]
        : [],
  });
  return (
    <fieldset className="row">
      <legend>{t('design.bank')}</legend>
      <div className="toolbar">
        <Select<string>
          aria-label={t('design.bankTopic')}
          style={{ flex: '1 1 180px', maxWidth: 260 }}
          value={about}
          onChange={setAbout}
          options={[
            { value: '', label: t('design.allTopics') },
            ...topics.map(({ id, title }) => ({ value: id, label: format.text(title) })),
          ]}
        />
        <Select<string>
          aria-label={t('design.bankTarget')}
          style={{ flex: '1 1 180px', maxWidth: 260 }}
          value={target ?? ''}
          onChange={(value) => setTarget(value === '' ? null : value)}
          options={[{ value: '', label: t('design.ownTopic') }, ...dimensions]}
        />
        <Button onClick={close}>{t('surveys.finish')}</Button>
      </div>
      <ul className="check-list bank-list">
        {items.map((one) => {
          const isAsked = asked.includes(one.text.zh);
          const isHomeless = one.kind === 'score' && counted(one) === null;
          return (
            <li key={one.id} className="bank-item">
              <span className="grow">
                {format.text(one.text)} <Tag>{format.text(one.dimension.title)}</Tag>
                {isHomeless ? <span className="muted small">{t('design.chooseTarget')}</span> : null}
              </span>
              <Button
                size="small"
                disabled={isAsked || isHomeless}
                onClick={() => add(taken(one))}
                aria-label={t(isAsked ? 'design.isAskedOf' : 'design.takeOf', { what: format.text(one.text) })}
              >
                {t(isAsked ? 'design.isAsked' : 'design.take')}
              </Button>
            </li>
          );
        })}
      </ul>
    </fieldset>
  );
}
