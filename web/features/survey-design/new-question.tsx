import { Button, Form, Input, InputNumber, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Text } from '../../wire.ts';
import type { NewQuestion, NewRole } from '../surveys/questionnaire.ts';

const ROLES: NewRole[] = ['score', 'nps', 'text', 'choice', 'file'];

export function NewQuestionForm({
  dimensions,
  add,
}: {
  dimensions: { value: string; label: string }[];
  add: (question: NewQuestion) => void;
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
