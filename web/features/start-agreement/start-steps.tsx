import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Form, Grid, Progress, Steps } from 'antd';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useNavigate, useSearchParams } from 'react-router';
import { ApiProblem, agreementPath, request } from '../../api.ts';
import type { ActAnswer, Agreement, DraftBody, Template } from '../../wire.ts';
import { ClausesOf } from '../../app/clause-link.tsx';
import { useFormat } from '../../app/format.ts';
import { useIntent } from '../../app/intent.ts';
import { SeatTitles } from '../../app/names.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { agreementKey } from '../agreement/agreement-queries.ts';
import { FieldProblems } from './field-problems.tsx';
import { forgetForm, keepForm, keptForm } from './kept-form.ts';
import { PartiesStep } from './parties-step.tsx';
import { PlanPreview } from './plan-preview.tsx';
import {
  type FormProblems,
  STEPS,
  type StartForm,
  type Step,
  draftBody,
  fieldOf,
  inputOf,
  partyProblems,
  stepOf,
  termProblems,
  withTemplate,
} from './start-form.ts';
import { TemplateStep } from './template-step.tsx';
import { TermsStep } from './terms-step.tsx';
import './start.css';

const at = (step: Step): number => STEPS.indexOf(step);

/** Leads to a field: its input, else what it is called. */
function focusOn(id: string): void {
  const field = document.getElementById(id);
  (field ?? document.querySelector(`label[for="${CSS.escape(id)}"]`))?.scrollIntoView({ block: 'center' });
  field?.focus();
}

/**
 * From the template to the start, step by step. The step stands in the address; what is entered is kept in the tab until
 * it is saved or discarded.
 */
export function StartSteps({
  templates,
  under,
  fresh,
}: {
  templates: Template[];
  under: string | null;
  fresh: StartForm;
}): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const screens = Grid.useBreakpoint();
  const navigate = useNavigate();
  const [address, setAddress] = useSearchParams();
  const isHandedOver = (useLocation().state as { saved?: boolean } | null)?.saved === true;
  const { message } = App.useApp();
  const queries = useQueryClient();
  const saving = useIntent();
  const starting = useIntent();
  const [restored] = useState(() => keptForm(under));
  const [isRestored, setIsRestored] = useState(restored !== null && !isHandedOver);
  const [form, setForm] = useState(restored ?? fresh);
  const [problems, setProblems] = useState<FormProblems>({});
  const [isFinished, setIsFinished] = useState(false);
  /** What the form is kept under: from its first saving on, the draft. */
  const [home, setHome] = useState(under);
  /** Id of the field to go to, once its step is there. */
  const wanted = useRef<string | null>(null);
  const isTouched = useRef(restored !== null);
  const lastSaved = useRef<string | null>(null);
  const top = useRef<HTMLDivElement>(null);
  const template = templates.find(({ ref }) => ref === form.template);
  const asked = STEPS.find((one) => one === address.get('step')) ?? (under === null ? 'template' : 'parties');
  const step: Step = template ? asked : 'template';

  useEffect(() => {
    if (isFinished) forgetForm(home);
    else if (isTouched.current) keepForm(home, form);
  }, [home, form, isFinished]);
  useEffect(() => {
    if (wanted.current !== null) focusOn(wanted.current);
    wanted.current = null;
  }, [step]);

  const change = (next: StartForm): void => {
    isTouched.current = true;
    setForm(next);
  };
  const goTo = (next: Step): void => {
    if (next === step) return;
    setAddress((before) => {
      const after = new URLSearchParams(before);
      after.set('step', next);
      return after;
    });
    top.current?.focus({ preventScroll: true });
    top.current?.scrollIntoView({ block: 'start' });
  };
  const jumpTo = (path: string): void => {
    const target = stepOf(path);
    if (target === step) focusOn(inputOf(path));
    else wanted.current = inputOf(path);
    goTo(target);
  };

  /** Saves the draft, unless the very same has just been saved: then a repeated start asks for the start alone. */
  const save = async (): Promise<{ id: string; body: DraftBody; saved?: Agreement }> => {
    if (!template) throw new Error('no template chosen');
    const body = draftBody(form, template);
    if (form.draftId !== null && lastSaved.current === JSON.stringify(body)) return { id: form.draftId, body };
    const saved = await saving([form.draftId, body], (key) =>
      form.draftId === null
        ? request<Agreement>('/agreements', { method: 'POST', key, body })
        : request<Agreement>(agreementPath(form.draftId), { method: 'PATCH', key, body }),
    );
    const { id } = saved;
    lastSaved.current = JSON.stringify(body);
    // What fails after this goes on with the same draft instead of making another.
    if (form.draftId === null) setForm((before) => ({ ...before, draftId: id }));
    return { id, body, saved };
  };
  const submit = useMutation<{ id: string; isPending: boolean; saved?: Agreement }, Error, { start: boolean }>({
    mutationFn: async ({ start }) => {
      const { id, body, saved } = await save();
      if (!start) return { id, isPending: false, ...(saved ? { saved } : {}) };
      const answer = await starting([id, body], (key) =>
        request<Agreement | ActAnswer>(`${agreementPath(id)}/start`, { method: 'POST', key, body: {} }),
      );
      return { id, isPending: answer.status === 'pending' };
    },
    onSuccess: ({ id, isPending, saved }, { start }) => {
      void queries.invalidateQueries({ queryKey: ['agreements'] });
      setProblems({});
      if (start) {
        void queries.invalidateQueries({ queryKey: agreementKey(id) });
        setIsFinished(true);
        forgetForm(home);
        void message.success(isPending ? t('start.recorded') : t('start.started'));
        void navigate(`/agreements/${id}`);
        return;
      }
      void message.success(t('wizard.savedInList'));
      if (under === id) return;
      // From now on it is that draft which is worked on, with all that stands in the form until its page is there.
      forgetForm(under);
      keepForm(id, { ...form, draftId: id });
      setHome(id);
      if (saved) queries.setQueryData(agreementKey(id), saved);
      void navigate(`/agreements/${id}/draft?step=${step}`, { replace: true, state: { saved: true } });
    },
    onError: (error) => {
      const fields = error instanceof ApiProblem ? (error.problem.errors ?? []) : [];
      setProblems(
        Object.fromEntries(
          fields.map(({ path, message: text, cure }) => [
            template ? fieldOf(path, template) : path,
            cure ? text + t('common.then') + cure : text,
          ]),
        ),
      );
      const [first] = fields.map(({ path }) => stepOf(path)).toSorted((a, b) => at(a) - at(b));
      if (first) goTo(first);
    },
  });

  /** Problems of the steps up to this one, as texts. */
  const check = (upTo: Step, isStart: boolean): FormProblems => {
    const found = {
      ...(template && at(upTo) >= at('parties') ? partyProblems(form, template) : {}),
      ...(template && at(upTo) >= at('terms') ? termProblems(form, template, isStart) : {}),
    };
    return Object.fromEntries(Object.entries(found).map(([path, key]) => [path, t(key)]));
  };
  const show = (found: FormProblems): boolean => {
    setProblems(found);
    const [first] = Object.keys(found).toSorted((a, b) => at(stepOf(a)) - at(stepOf(b)));
    if (first === undefined) return true;
    jumpTo(first);
    return false;
  };
  const next = (): void => {
    const following = STEPS[at(step) + 1];
    if (following && show(check(step, false))) goTo(following);
  };
  const problem = (path: string): string | undefined => problems[path];
  /** What a field is called. */
  const called = (path: string): string => {
    const [group, name = '', part = ''] = path.split('.');
    if (group === 'terms') {
      const term = template?.terms.find((one) => path === `terms.${one.name}`);
      return term ? format.text(term.label) : path;
    }
    const seats = template?.seats.find(({ id }) => id === name)?.title ?? template?.parties[name];
    const of = group === 'coordinator' ? t('role.coordinator') : seats ? format.text(seats) : '';
    const field = group === 'coordinator' ? name : part;
    const word = field === 'email' ? t('people.email') : field === 'name' ? t('people.name') : '';
    return [of, word].filter(Boolean).join(' · ') || path;
  };

  const titles = [t('start.template'), t('start.parties'), t('start.terms'), t('start.preview')];
  const seatTitles = {
    ...template?.parties,
    ...Object.fromEntries(template?.seats.map(({ id, title }) => [id, title]) ?? []),
  };
  return (
    <ClausesOf value={template ? { template: template.ref } : null}>
      <SeatTitles value={seatTitles}>
        <div className="stack start-top" ref={top} tabIndex={-1}>
          {screens.md ? (
            <Steps
              size="small"
              current={at(step)}
              items={titles.map((title) => ({ title, disabled: !template }))}
              onChange={(chosen) => {
                const target = STEPS[chosen];
                if (target && (chosen < at(step) || show(check(step, false)))) goTo(target);
              }}
            />
          ) : (
            <div>
              <div>{t('start.stepOf', { number: at(step) + 1, total: STEPS.length, title: titles[at(step)] })}</div>
              <Progress
                aria-label={t('wizard.progress')}
                percent={((at(step) + 1) / STEPS.length) * 100}
                showInfo={false}
                size="small"
                status="normal"
                strokeColor="#0b5d66"
              />
            </div>
          )}
          {template && step !== 'template' ? (
            <div className="muted">
              {format.text(template.title)} <span className="small">{template.ref}</span>
            </div>
          ) : null}
          {isRestored ? (
            <Alert
              type="info"
              showIcon
              title={t('start.restored')}
              action={
                <Button
                  size="small"
                  onClick={() => {
                    forgetForm(home);
                    isTouched.current = false;
                    setForm(fresh);
                    setProblems({});
                    setIsRestored(false);
                  }}
                >
                  {t('start.discard')}
                </Button>
              }
            />
          ) : null}
          <ProblemAlert
            error={submit.error}
            shownElsewhere={(path) =>
              stepOf(path) !== 'preview' && (template ? fieldOf(path, template) : path) in problems
            }
          />
          <FieldProblems problems={problems} called={called} jumpTo={jumpTo} />
          <section className="panel">
            <Form layout="vertical" component="div">
              {step === 'template' ? (
                <TemplateStep
                  templates={templates}
                  chosen={form.template}
                  isFixed={form.draftId !== null}
                  choose={(chosen) => change(withTemplate(form, chosen, template))}
                />
              ) : null}
              {step === 'parties' && template ? (
                <PartiesStep template={template} form={form} change={change} problem={problem} />
              ) : null}
              {step === 'terms' && template ? (
                <TermsStep template={template} form={form} change={change} problem={problem} />
              ) : null}
              {step === 'preview' && template ? (
                <PlanPreview
                  template={template}
                  body={draftBody(form, template)}
                  trialDate={form.trialDate}
                  tryDate={(trialDate) => change({ ...form, trialDate })}
                />
              ) : null}
            </Form>
          </section>
          <div className="actions start-actions">
            {step === 'template' ? null : (
              <Button onClick={() => goTo(STEPS[at(step) - 1] ?? 'template')}>{t('start.back')}</Button>
            )}
            {step === 'preview' ? (
              <Button
                type="primary"
                loading={submit.isPending && submit.variables.start}
                disabled={submit.isPending}
                onClick={() => {
                  if (show(check('preview', true))) submit.mutate({ start: true });
                }}
              >
                {t('start.start')}
              </Button>
            ) : (
              <Button type="primary" disabled={!template} onClick={next}>
                {t('start.next')}
              </Button>
            )}
            {template ? (
              <Button
                loading={submit.isPending && !submit.variables.start}
                disabled={submit.isPending}
                onClick={() => submit.mutate({ start: false })}
              >
                {t('start.saveDraft')}
              </Button>
            ) : null}
            {form.draftId === null ? null : <Link to={`/agreements/${form.draftId}`}>{t('wizard.toDraft')}</Link>}
            {form.draftId === null || step !== 'preview' ? null : (
              <Link to={`/agreements/${form.draftId}/what-if`}>{t('whatIf.open')}</Link>
            )}
          </div>
        </div>
      </SeatTitles>
    </ClausesOf>
  );
}
