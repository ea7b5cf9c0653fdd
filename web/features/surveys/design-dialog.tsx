import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Form, Input, InputNumber, Select, Skeleton, Tag } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '../../api.ts';
import { useFormat } from '../../app/format.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import type { Text } from '../../wire.ts';
import { ActModal, type ActProps } from './act-modal.tsx';
import { OVERALL, weighedOf } from './numbers.ts';
import {
  type Item,
  type ItemList,
  type Json,
  type NewRole,
  type QuestionLine,
  isWorded,
  linesOf,
  scaleOf,
  withItems,
  withQuestion,
  withRequired,
  withTitle,
  without,
} from './questionnaire.ts';
import { ShownAs } from './shown-as.tsx';
import type { Weights } from './survey.ts';
import { surveyKey, surveyPath } from './survey-queries.ts';
import { WeightsInput, isWhole } from './weights-input.tsx';

interface Draft {
  json: Json;
  weights: Weights;
}

/** The next version of a questionnaire: from the one so far, else from our bank of questions. */
export function DesignDialog(props: ActProps): ReactNode {
  const { agreementId, survey } = props;
  const json = survey.questionnaire?.json;
  const isThere = typeof json === 'object' && json !== null;
  const draft = useQuery({
    queryKey: [...surveyKey(agreementId, survey.id), 'draft'],
    queryFn: ({ signal }) => request<Draft>(`${surveyPath(agreementId, survey.id)}/draft`, { signal }),
    enabled: !isThere,
    staleTime: Infinity,
  });
  const begin = isThere ? { json: json as Json, weights: survey.questionnaire?.weights ?? {} } : draft.data;
  if (begin) return <Editor {...props} begin={begin} />;
  return (
    <ActModal {...props} act="design" width={960} fields={() => null}>
      {draft.error ? <ProblemAlert error={draft.error} retry={() => void draft.refetch()} /> : <Skeleton active />}
    </ActModal>
  );
}

function Editor({ begin, ...props }: ActProps & { begin: Draft }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { provides } = props.survey;
  const [json, setJson] = useState(begin.json);
  const [weights, setWeights] = useState<Weights>(begin.weights);
  const [isWeighted, setIsWeighted] = useState(Object.keys(begin.weights).length > 0);
  const [checked, setChecked] = useState(false);
  const lines = linesOf(json);
  const asked = [...new Set(lines.filter(({ role }) => role === 'score').flatMap(({ dimension }) => dimension ?? []))];
  const titleOf = (id: string): string => {
    const known = provides.dimensions.find((one) => one.id === id);
    if (known) return format.text(known.title);
    return id === OVERALL ? t('surveys.overall') : id;
  };
  const weighed = weighedOf(
    asked.map((id) => ({ id, title: titleOf(id) })),
    begin.weights,
  );
  const missing = provides.dimensions.filter(({ id }) => !asked.includes(id));
  const scale = scaleOf(json);
  const others = lines.filter(({ role, dimension }) => role !== 'score' || dimension === null);
  const edit = {
    title: (name: string, title: Text) => setJson(withTitle(json, name, title)),
    remove: (name: string) => setJson(without(json, name)),
    items: (name: string, of: ItemList, items: Item[]) => setJson(withItems(json, name, of, items)),
    mandatory: (name: string, isRequired: boolean) => setJson(withRequired(json, name, isRequired)),
  };
  return (
    <ActModal
      {...props}
      act="design"
      width={960}
      fields={() => {
        setChecked(true);
        if (!isWorded(json)) return null;
        if (!isWeighted) return { questionnaire: json };
        if (!isWhole(weights, weighed)) return null;
        const own = Object.fromEntries(weighed.map(({ id }) => [id, weights[id]]));
        return { questionnaire: json, weights: own };
      }}
    >
      <p className="muted">{t('surveys.designExplained', { min: scale.min, max: scale.max, count: lines.length })}</p>
      <ShownAs json={json} plain={t('surveys.editing')}>
        <div className="stack">
          {missing.length > 0 ? (
            <div className="late">
              {t('surveys.dimensionsMissing', {
                what: missing.map(({ id }) => titleOf(id)).join(t('common.listSeparator')),
              })}
            </div>
          ) : null}
          {asked.map((id) => (
            <section key={id}>
              <h3>{titleOf(id)}</h3>
              <QuestionList
                lines={lines.filter(({ role, dimension }) => role === 'score' && dimension === id)}
                {...edit}
              />
            </section>
          ))}
          <section>
            <h3>{t('surveys.otherQuestions')}</h3>
            <QuestionList lines={others} {...edit} />
          </section>
          <NewQuestionForm
            dimensions={[...new Set([OVERALL, ...provides.dimensions.map(({ id }) => id), ...asked])].map((id) => ({
              value: id,
              label: titleOf(id),
            }))}
            add={(question) => setJson(withQuestion(json, question))}
          />
        </div>
      </ShownAs>
      <section className="stack" style={{ gap: 6 }}>
        <h3>{t('surveys.weights')}</h3>
        <Checkbox checked={isWeighted} onChange={(event) => setIsWeighted(event.target.checked)}>
          {t('surveys.ownWeights')}
        </Checkbox>
        {isWeighted ? (
          <WeightsInput dimensions={weighed} weights={weights} change={setWeights} showProblem={checked} />
        ) : (
          <div className="muted small">{t('surveys.sameWeights')}</div>
        )}
      </section>
      {checked && !isWorded(json) ? (
        <div className="late" role="alert">
          {t('surveys.wordless')}
        </div>
      ) : null}
    </ActModal>
  );
}

function QuestionList({
  lines,
  title: setTitle,
  remove,
  items: setItems,
  mandatory,
}: {
  lines: QuestionLine[];
  title: (name: string, title: Text) => void;
  remove: (name: string) => void;
  items: (name: string, of: ItemList, items: Item[]) => void;
  mandatory: (name: string, isRequired: boolean) => void;
}): ReactNode {
  const format = useFormat();
  const { t } = useTranslation();
  if (lines.length === 0) return <div className="muted">{t('surveys.noQuestion')}</div>;
  return (
    <ul className="cards" style={{ gap: 8 }}>
      {lines.map(({ name, type, role, title, required, rows, choices }) => (
        <li key={name} className="row" style={{ paddingTop: 8 }}>
          <div className="heading" style={{ marginBottom: 6 }}>
            <span className="grow small muted break">
              <Tag>{type === 'file' ? t('answerFiles.kind') : t(`surveyRole.${role}`)}</Tag> {name}
            </span>
            <Checkbox checked={required} onChange={(event) => mandatory(name, event.target.checked)}>
              {t('surveys.mandatory')}
            </Checkbox>
            <Button size="small" danger onClick={() => remove(name)} aria-label={t('surveys.removeOf', { what: name })}>
              {t('surveys.remove')}
            </Button>
          </div>
          <div className="pair" style={{ gap: 8 }}>
            {(['zh', 'en'] as const).map((language) => (
              <Input.TextArea
                key={language}
                autoSize
                lang={language === 'zh' ? 'zh-CN' : 'en'}
                aria-label={t(language === 'zh' ? 'surveys.textZh' : 'surveys.textEn')}
                value={title[language]}
                onChange={(event) => setTitle(name, { ...title, [language]: event.target.value })}
              />
            ))}
          </div>
          {CHOOSING.includes(type) ? (
            <ItemsInput
              what={format.text(title)}
              add={t('surveys.addChoice')}
              items={choices}
              change={(list) => setItems(name, 'choices', list)}
            />
          ) : null}
          {type === 'matrix' ? (
            <ItemsInput
              what={format.text(title)}
              add={t('surveys.addRow')}
              items={rows}
              change={(list) => setItems(name, 'rows', list)}
            />
          ) : null}
        </li>
      ))}
    </ul>
  );
}

/** Questions whose choices are words of their own, and no scale. */
const CHOOSING = ['radiogroup', 'checkbox', 'dropdown', 'tagbox'];

/** Choices of a question, or rows of a matrix, in both languages. */
function ItemsInput({
  what,
  add,
  items,
  change,
}: {
  what: string;
  add: string;
  items: Item[];
  change: (items: Item[]) => void;
}): ReactNode {
  const { t } = useTranslation();
  const [fresh, setFresh] = useState(0);
  const numbers = items.map(({ value }) => value);
  let next = items.length + fresh + 1;
  while (numbers.includes(`item-${String(next)}`)) next += 1;
  return (
    <div className="stack" style={{ gap: 6, marginTop: 8 }}>
      {items.map(({ value, title }, index) => (
        <div key={String(value)} className="items-row">
          <span className="muted">{index + 1}.</span>
          {(['zh', 'en'] as const).map((language) => (
            <Input
              key={language}
              lang={language === 'zh' ? 'zh-CN' : 'en'}
              aria-label={t(language === 'zh' ? 'surveys.choiceZh' : 'surveys.choiceEn', { what, number: index + 1 })}
              value={title[language]}
              onChange={(event) =>
                change(
                  items.map((one, at) =>
                    at === index ? { ...one, title: { ...title, [language]: event.target.value } } : one,
                  ),
                )
              }
            />
          ))}
          <Button
            type="text"
            danger
            disabled={items.length === 1}
            onClick={() => change(items.filter((_, at) => at !== index))}
            aria-label={t('surveys.removeItem', { number: index + 1 })}
          >
            ✕
          </Button>
        </div>
      ))}
      <div>
        <Button
          size="small"
          onClick={() => {
            setFresh(fresh + 1);
            change([...items, { value: `item-${String(next)}`, title: { zh: '', en: '' } }]);
          }}
        >
          {add}
        </Button>
      </div>
    </div>
  );
}

const ROLES: NewRole[] = ['score', 'nps', 'text', 'choice', 'file'];

function NewQuestionForm({
  dimensions,
  add,
}: {
  dimensions: { value: string; label: string }[];
  add: (question: Parameters<typeof withQuestion>[1]) => void;
}): ReactNode {
  const { t } = useTranslation();
  const [role, setRole] = useState<NewRole>('score');
  const [dimension, setDimension] = useState<string | null>(null);
  const [zh, setZh] = useState('');
  const [en, setEn] = useState('');
  const [choices, setChoices] = useState('');
  const [files, setFiles] = useState(3);
  const [checked, setChecked] = useState(false);
  const listed = choices
    .split('\n')
    .map((line) => line.split('|').map((word) => word.trim()))
    .flatMap(([first = '', second = first]): Text[] => (first === '' ? [] : [{ zh: first, en: second }]));
  const isComplete =
    zh.trim() !== '' &&
    en.trim() !== '' &&
    (role !== 'score' || dimension !== null) &&
    (role !== 'choice' || listed.length > 1);
  return (
    <fieldset className="row">
      <legend>{t('surveys.newQuestion')}</legend>
      <Form layout="vertical" component="div">
        <div className="pair">
          <Form.Item label={t('surveys.kind')} htmlFor="new-role">
            <Select<NewRole>
              id="new-role"
              value={role}
              onChange={setRole}
              options={ROLES.map((value) => ({
                value,
                label: value === 'file' ? t('answerFiles.kind') : t(`surveyRole.${value}`),
              }))}
            />
          </Form.Item>
          {role === 'score' ? (
            <Form.Item label={t('surveys.dimension')} htmlFor="new-dimension" required>
              <Select<string>
                id="new-dimension"
                value={dimension}
                onChange={setDimension}
                options={dimensions}
                showSearch={{ optionFilterProp: 'label' }}
              />
            </Form.Item>
          ) : null}
          {role === 'file' ? (
            <Form.Item label={t('answerFiles.most')} htmlFor="new-files">
              <InputNumber
                id="new-files"
                min={1}
                max={10}
                precision={0}
                value={files}
                onChange={(value) => setFiles(value ?? 1)}
              />
            </Form.Item>
          ) : null}
          <Form.Item label={t('surveys.textZh')} htmlFor="new-zh" required>
            <Input id="new-zh" value={zh} onChange={(event) => setZh(event.target.value)} />
          </Form.Item>
          <Form.Item label={t('surveys.textEn')} htmlFor="new-en" required>
            <Input id="new-en" value={en} onChange={(event) => setEn(event.target.value)} />
          </Form.Item>
        </div>
        {role === 'choice' ? (
          <Form.Item label={t('surveys.choices')} htmlFor="new-choices" help={t('surveys.choicesHelp')} required>
            <Input.TextArea
              id="new-choices"
              rows={3}
              value={choices}
              onChange={(event) => setChoices(event.target.value)}
            />
          </Form.Item>
        ) : null}
        {checked && !isComplete ? <div className="late">{t('surveys.questionIncomplete')}</div> : null}
        <Button
          onClick={() => {
            setChecked(!isComplete);
            if (!isComplete) return;
            add({
              role,
              dimension: role === 'score' ? dimension : null,
              title: { zh: zh.trim(), en: en.trim() },
              choices: listed,
              files,
            });
            setZh('');
            setEn('');
            setChoices('');
          }}
        >
          {t('surveys.addQuestion')}
        </Button>
      </Form>
    </fieldset>
  );
}
