import { Button, Checkbox, Input, InputNumber, Select, Tag } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../app/format.ts';
import type { Text } from '../../wire.ts';
import { type Json, type QuestionLine, withItems, withRequired, withTitle, without } from '../surveys/questionnaire.ts';
import { useCheckWords } from './check-list.tsx';
import type { Check } from './checks.ts';
import { conditioned } from './condition.ts';
import { ConditionInput } from './condition-input.tsx';
import { copied, counting, taking } from './editing.ts';
import { ItemsInput } from './items-input.tsx';

/** Questions whose choices are words of their own, and no scale. */
const CHOOSING = ['radiogroup', 'checkbox', 'dropdown', 'ranking'];

interface Props {
  json: Json;
  set: (json: Json) => void;
  line: QuestionLine;
  number: number;
  /** What is asked before it and has answers to look at. */
  before: QuestionLine[];
  dimensions: { value: string; label: string }[];
  parts: { id: string; title: Text; dimension: string }[];
  checks: Check[];
  lines: QuestionLine[];
  isOpen: boolean;
  toggle: () => void;
  move: (by: -1 | 1) => void;
  isFirst: boolean;
  isLast: boolean;
  drag: { begin: () => void; end: () => void };
}

/** One question: a line while it is shut, all that can be said of it while it is open. */
export function QuestionCard(props: Props): ReactNode {
  const { line, number, checks, lines, isOpen, toggle, move, isFirst, isLast, drag } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const words = useCheckWords();
  const { name, type, role, required, condition } = line;
  const title = format.text(line.title) || t('design.untitled');
  return (
    <article className={`question${isOpen ? ' open' : ''}`} aria-label={t('design.questionNumber', { number, title })}>
      <div className="question-head">
        <span
          className="grip"
          draggable
          aria-hidden
          title={t('design.drag')}
          onDragStart={(event) => {
            event.dataTransfer.effectAllowed = 'move';
            event.dataTransfer.setData('text/plain', name);
            drag.begin();
          }}
          onDragEnd={drag.end}
        >
          ⠿
        </span>
        <button
          type="button"
          className="card-toggle"
          aria-expanded={isOpen}
          onClick={toggle}
          onKeyDown={(event) => {
            if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
            event.preventDefault();
            move(event.key === 'ArrowUp' ? -1 : 1);
          }}
        >
          <span className="muted">{number}.</span> {title}
        </button>
        <span className="question-tags">
          <Tag>{type === 'file' ? t('answerFiles.kind') : t(`surveyRole.${role}`)}</Tag>
          {required ? <Tag>{t('surveys.mandatory')}</Tag> : null}
          {condition === null ? null : <Tag>{t('design.conditional')}</Tag>}
          {checks.length > 0 ? (
            <Tag color={checks.some(({ level }) => level === 'error') ? 'red' : 'gold'}>
              {t('design.toMend', { count: checks.length })}
            </Tag>
          ) : null}
        </span>
        <span className="question-moves">
          <Button
            size="small"
            type="text"
            disabled={isFirst}
            onClick={() => move(-1)}
            aria-label={t('design.up', { what: title })}
          >
            ↑
          </Button>
          <Button
            size="small"
            type="text"
            disabled={isLast}
            onClick={() => move(1)}
            aria-label={t('design.down', { what: title })}
          >
            ↓
          </Button>
        </span>
      </div>
      {isOpen ? (
        <div className="question-body stack">
          {checks.map((check) => (
            <div key={check.word} className={check.level === 'error' ? 'late small' : 'muted small'}>
              {words(check, lines)}
            </div>
          ))}
          <Fields {...props} />
        </div>
      ) : null}
    </article>
  );
}

function Fields({ json, set, line, before, dimensions, parts }: Props): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { name, type, role, title, required, rows, choices, dimension, part, files } = line;
  const said = format.text(title) || t('design.untitled');
  const own = parts.filter((one) => one.dimension === dimension);
  return (
    <>
      <div className="pair" style={{ gap: 8 }}>
        {(['zh', 'en'] as const).map((language) => (
          <label key={language} className="stack" style={{ gap: 4 }}>
            <span className="small muted">{t(language === 'zh' ? 'surveys.textZh' : 'surveys.textEn')}</span>
            <Input.TextArea
              autoSize
              lang={language === 'zh' ? 'zh-CN' : 'en'}
              value={title[language]}
              onChange={(event) => set(withTitle(json, name, { ...title, [language]: event.target.value }))}
            />
          </label>
        ))}
      </div>
      <div className="toolbar">
        {role === 'score' && rows.length === 0 ? (
          <Select<string>
            aria-label={t('design.countsFor', { what: said })}
            style={{ flex: '1 1 160px', maxWidth: 260 }}
            value={dimension}
            onChange={(value) => set(counting(json, name, value, null))}
            options={dimensions}
          />
        ) : null}
        {role === 'score' && own.length > 0 ? (
          <Select<string>
            aria-label={t('design.partOf', { what: said })}
            style={{ flex: '1 1 140px', maxWidth: 220 }}
            value={part ?? ''}
            onChange={(value) => set(counting(json, name, dimension ?? '', value === '' ? null : value))}
            options={[
              { value: '', label: t('design.noPart') },
              ...own.map((one) => ({ value: one.id, label: format.text(one.title) })),
            ]}
          />
        ) : null}
        {files === null ? null : (
          <label className="toolbar">
            {t('answerFiles.most')}
            <InputNumber
              min={1}
              max={10}
              precision={0}
              value={files}
              onChange={(value) => set(taking(json, name, value ?? 1))}
            />
          </label>
        )}
        <Checkbox checked={required} onChange={(event) => set(withRequired(json, name, event.target.checked))}>
          {t('surveys.mandatory')}
        </Checkbox>
      </div>
      {CHOOSING.includes(type) ? (
        <ItemsInput
          what={said}
          add={t('surveys.addChoice')}
          items={choices}
          change={(list) => set(withItems(json, name, 'choices', list))}
        />
      ) : null}
      {type === 'matrix' ? (
        <ItemsInput
          what={said}
          add={t('surveys.addRow')}
          items={rows}
          change={(list) => set(withItems(json, name, 'rows', list))}
        />
      ) : null}
      <ConditionInput line={line} before={before} set={(condition) => set(conditioned(json, name, condition))} />
      <div className="toolbar">
        <Button size="small" onClick={() => set(copied(json, name))}>
          {t('design.copy')}
        </Button>
        <Button
          size="small"
          danger
          onClick={() => set(without(json, name))}
          aria-label={t('surveys.removeOf', { what: said })}
        >
          {t('surveys.remove')}
        </Button>
        <span className="muted small break">{name}</span>
      </div>
    </>
  );
}
