import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Card, Collapse, Form, Grid, Progress, Radio, Select, Skeleton, Steps, Tag } from 'antd';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { ApiProblem, agreementPath, request } from '../../api.ts';
import type { ActAnswer, Agreement, DraftBody, Template } from '../../wire.ts';
import { useIntent } from '../../app/intent.ts';
import { useFormat } from '../../app/format.ts';
import { todayIn } from '../../app/moment.ts';
import { usePageTitle } from '../../app/page-title.ts';
import { SeatTitles } from '../../app/names.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { TermValueText } from '../../app/term-value.tsx';
import { agreementKey, useAgreement, useTemplate, useTemplates } from '../agreement/agreement-queries.ts';
import { forgetForm, keepForm, keptForm } from './kept-form.ts';
import { PartyFields } from './party-fields.tsx';
import { PlanPreview } from './plan-preview.tsx';
import {
  DEFAULT_ZONE,
  type FormProblems,
  type StartForm,
  draftBody,
  emptyForm,
  formOfDraft,
  partyProblems,
  fieldOf,
  isOurProposal,
  stepOf,
  termProblems,
  withOpenTerms,
  withTemplate,
} from './start-form.ts';
import { isFixed } from './term-entry.ts';
import { TermField } from './term-field.tsx';

/** A new agreement. */
export function StartPage(): ReactNode {
  const { t } = useTranslation();
  usePageTitle(t('start.title'));
  const templates = useTemplates();
  return (
    <div className="page narrow">
      <h1>{t('start.title')}</h1>
      {templates.isPending ? <Skeleton active /> : null}
      {templates.error ? <ProblemAlert error={templates.error} retry={() => void templates.refetch()} /> : null}
      {templates.data ? (
        <StartSteps templates={templates.data.items} under={null} fresh={freshForm(templates.data.items)} />
      ) : null}
    </div>
  );
}

/** Empty; where there is one template alone it is chosen. */
function freshForm(templates: Template[]): StartForm {
  const form = emptyForm(todayIn(DEFAULT_ZONE));
  const [only, ...others] = templates;
  return only && others.length === 0 ? withTemplate(form, only) : form;
}

/** A draft, gone on with. */
export function DraftPage(): ReactNode {
  const { t } = useTranslation();
  usePageTitle(t('start.editDraft'));
  const { id = '' } = useParams();
  const templates = useTemplates();
  const agreement = useAgreement(id);
  const draft = agreement.data?.draft;
  const known = useTemplate(draft?.template);
  const template = known.data;
  const failed = templates.error ?? known.error ?? agreement.error;
  return (
    <div className="page narrow">
      <h1>{t('start.editDraft')}</h1>
      {failed ? <ProblemAlert error={failed} /> : null}
      {!failed && (templates.isPending || agreement.isPending) ? <Skeleton active /> : null}
      {agreement.data && agreement.data.status !== 'draft' ? (
        <Alert
          type="info"
          showIcon
          title={t('start.noDraft')}
          action={<Link to={`/agreements/${id}`}>{t('start.toAgreement')}</Link>}
        />
      ) : null}
      {agreement.data?.status === 'draft' && templates.data && draft && template ? (
        <StartSteps
          key={id}
          templates={[template, ...templates.data.items.filter(({ ref }) => ref !== template.ref)]}
          under={id}
          fresh={formOfDraft(id, draft, template, todayIn(draft.zone ?? DEFAULT_ZONE))}
        />
      ) : null}
    </div>
  );
}

const LAST_STEP = 3;

function StartSteps({
  templates,
  under,
  fresh,
}: {
  templates: Template[];
  under: string | null;
  fresh: StartForm;
}): ReactNode {
  const { t } = useTranslation();
  const screens = Grid.useBreakpoint();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const saving = useIntent();
  const starting = useIntent();
  const [restored] = useState(() => keptForm(under));
  const [isRestored, setIsRestored] = useState(restored !== null);
  const [form, setForm] = useState(restored ?? fresh);
  const [problems, setProblems] = useState<FormProblems>({});
  const [isFinished, setIsFinished] = useState(false);
  const isTouched = useRef(restored !== null);
  const lastSaved = useRef<string | null>(null);
  const top = useRef<HTMLDivElement>(null);
  const template = templates.find(({ ref }) => ref === form.template);

  useEffect(() => {
    if (isFinished) forgetForm(under);
    else if (isTouched.current) keepForm(under, form);
  }, [under, form, isFinished]);

  const change = (next: StartForm): void => {
    isTouched.current = true;
    setForm(next);
  };
  const goTo = (step: number): void => {
    setForm((before) => ({ ...before, step }));
    top.current?.scrollIntoView({ block: 'start' });
  };

  /** Saves the draft, unless the very same has just been saved: then a repeated start asks for the start alone. */
  const save = async (): Promise<{ id: string; body: DraftBody }> => {
    if (!template) throw new Error('no template chosen');
    const body = draftBody(form, template);
    if (form.draftId !== null && lastSaved.current === JSON.stringify(body)) return { id: form.draftId, body };
    const { id } = await saving([form.draftId, body], (key) =>
      form.draftId === null
        ? request<Agreement>('/agreements', { method: 'POST', key, body })
        : request<Agreement>(agreementPath(form.draftId), { method: 'PATCH', key, body }),
    );
    lastSaved.current = JSON.stringify(body);
    // What fails after this goes on with the same draft instead of making another.
    if (form.draftId === null) change({ ...form, draftId: id });
    return { id, body };
  };
  const submit = useMutation<{ id: string; isPending: boolean }, Error, { start: boolean }>({
    mutationFn: async ({ start }) => {
      const { id, body } = await save();
      if (!start) return { id, isPending: false };
      const answer = await starting([id, body], (key) =>
        request<Agreement | ActAnswer>(`${agreementPath(id)}/start`, { method: 'POST', key, body: {} }),
      );
      return { id, isPending: answer.status === 'pending' };
    },
    onSuccess: ({ id, isPending }, { start }) => {
      setIsFinished(true);
      forgetForm(under);
      void queries.invalidateQueries({ queryKey: agreementKey(id) });
      void queries.invalidateQueries({ queryKey: ['agreements'] });
      void message.success(!start ? t('start.saved') : isPending ? t('start.recorded') : t('start.started'));
      void navigate(`/agreements/${id}`);
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
      const steps = fields.map(({ path }) => stepOf(path));
      if (steps.length > 0) goTo(Math.min(...steps));
    },
  });

  /** Problems of the steps up to this one, as texts. */
  const check = (step: number, isStart: boolean): FormProblems => {
    const found = {
      ...(step >= 1 ? partyProblems(form) : {}),
      ...(step >= 2 && template ? termProblems(form, template, isStart) : {}),
    };
    return Object.fromEntries(Object.entries(found).map(([path, key]) => [path, t(key)]));
  };
  const show = (found: FormProblems): boolean => {
    setProblems(found);
    const paths = Object.keys(found);
    if (paths.length === 0) return true;
    const step = Math.min(...paths.map(stepOf));
    if (step !== form.step) goTo(step);
    return false;
  };
  const next = (): void => {
    if (show(check(form.step, false))) goTo(form.step + 1);
  };
  const problem = (path: string): string | undefined => problems[path];

  const titles = [t('start.template'), t('start.parties'), t('start.terms'), t('start.preview')];
  const seatTitles = {
    ...template?.parties,
    ...Object.fromEntries(template?.seats.map(({ id, title }) => [id, title]) ?? []),
  };
  return (
    <SeatTitles value={seatTitles}>
      <div className="stack" ref={top}>
        {screens.md ? (
          <Steps size="small" current={form.step} items={titles.map((title) => ({ title }))} />
        ) : (
          <div>
            <div>{t('start.stepOf', { number: form.step + 1, total: titles.length, title: titles[form.step] })}</div>
            <Progress
              percent={((form.step + 1) / titles.length) * 100}
              showInfo={false}
              size="small"
              status="normal"
              strokeColor="#0b5d66"
            />
          </div>
        )}
        {isRestored ? (
          <Alert
            type="info"
            showIcon
            title={t('start.restored')}
            action={
              <Button
                size="small"
                onClick={() => {
                  forgetForm(under);
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
          shownElsewhere={(path) => stepOf(path) < LAST_STEP && (template ? fieldOf(path, template) : path) in problems}
        />
        {Object.keys(problems).length > 0 && !submit.error ? (
          <Alert type="error" showIcon title={t('start.checkFields', { count: Object.keys(problems).length })} />
        ) : null}
        <section className="panel">
          <Form layout="vertical" component="div">
            {form.step === 0 ? <TemplateStep templates={templates} form={form} change={change} /> : null}
            {form.step === 1 && template ? (
              <PartiesStep template={template} form={form} change={change} problem={problem} />
            ) : null}
            {form.step === 2 && template ? (
              <TermsStep template={template} form={form} change={change} problem={problem} />
            ) : null}
            {form.step === 3 && template ? (
              <PlanPreview
                template={template}
                body={draftBody(form, template)}
                trialDate={form.trialDate}
                tryDate={(trialDate) => change({ ...form, trialDate })}
              />
            ) : null}
          </Form>
        </section>
        <div className="actions">
          {form.step > 0 ? <Button onClick={() => goTo(form.step - 1)}>{t('start.back')}</Button> : null}
          {form.step < LAST_STEP ? (
            <Button type="primary" disabled={!template} onClick={next}>
              {t('start.next')}
            </Button>
          ) : (
            <>
              <Button
                type="primary"
                loading={submit.isPending && submit.variables.start}
                disabled={submit.isPending}
                onClick={() => {
                  if (show(check(LAST_STEP, true))) submit.mutate({ start: true });
                }}
              >
                {t('start.start')}
              </Button>
              <Button
                loading={submit.isPending && !submit.variables.start}
                disabled={submit.isPending}
                onClick={() => {
                  if (show(check(LAST_STEP, false))) submit.mutate({ start: false });
                }}
              >
                {t('start.saveDraft')}
              </Button>
            </>
          )}
        </div>
      </div>
    </SeatTitles>
  );
}

interface StepProps {
  form: StartForm;
  change: (form: StartForm) => void;
}

function TemplateStep({ templates, form, change }: StepProps & { templates: Template[] }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  if (templates.length === 0) return <div className="empty">{t('start.noTemplates')}</div>;
  return (
    <Radio.Group
      aria-label={t('start.template')}
      value={form.template}
      disabled={form.draftId !== null}
      onChange={(event) => {
        const chosen = templates.find(({ ref }) => ref === event.target.value);
        if (chosen) change(withTemplate(form, chosen));
      }}
      style={{ width: '100%' }}
    >
      <div className="stack">
        {newest(templates).map((template) => (
          <Card key={template.ref} size="small">
            <Radio value={template.ref}>
              <strong>{format.text(template.title)}</strong> <span className="muted small">{template.ref}</span>
            </Radio>
            <div style={{ paddingInlineStart: 24 }}>
              <div>{format.text(template.summary)}</div>
              <div className="muted small">{t('start.source', { source: template.source })}</div>
              <details>
                <summary className="small">{t('start.obligations', { count: template.obligations.length })}</summary>
                <ul className="plain-list">
                  {template.obligations.map((obligation) => (
                    <li key={obligation.id}>
                      {format.text(obligation.title)}{' '}
                      {obligation.review === 'none' ? null : <Tag>{t(`reviewKind.${obligation.review}`)}</Tag>}
                    </li>
                  ))}
                </ul>
              </details>
            </div>
          </Card>
        ))}
      </div>
    </Radio.Group>
  );
}

/** The newest version of each; earlier ones are for agreements that run. */
function newest(templates: Template[]): Template[] {
  return templates.filter(({ id, version }) => !templates.some((other) => other.id === id && other.version > version));
}

function PartiesStep({
  template,
  form,
  change,
  problem,
}: StepProps & { template: Template; problem: (path: string) => string | undefined }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div className="stack">
      {Object.entries(template.parties).map(([role, title]) => {
        const entry = form.parties[role];
        return entry ? (
          <PartyFields
            key={role}
            path={`parties.${role}`}
            title={format.text(title)}
            hint={t('start.partyHint')}
            organisation
            entry={entry}
            change={(party) => change({ ...form, parties: { ...form.parties, [role]: party } })}
            problem={problem}
          />
        ) : null;
      })}
      {template.seats.length > 0 ? (
        <section className="stack">
          <div>
            <h2>{t('start.seats')}</h2>
            <p className="muted small" style={{ margin: 0 }}>
              {t('start.seatsHint')}
            </p>
          </div>
          {template.seats.map(({ id, party, title, clauses }) => {
            const entry = form.seats[id];
            const side = template.parties[party];
            return entry ? (
              <PartyFields
                key={id}
                path={`seats.${id}`}
                title={format.text(title)}
                hint={[side ? t('start.seatOf', { party: format.text(side) }) : '', clauses.join(', ')]
                  .filter(Boolean)
                  .join(' · ')}
                organisation={false}
                optional
                entry={entry}
                change={(person) => change({ ...form, seats: { ...form.seats, [id]: person } })}
                problem={problem}
              />
            ) : null;
          })}
        </section>
      ) : null}
      <PartyFields
        path="coordinator"
        title={t('role.coordinator')}
        hint={t('start.coordinatorHint')}
        organisation={false}
        entry={form.coordinator}
        change={(coordinator) => change({ ...form, coordinator })}
        problem={problem}
      />
    </div>
  );
}

function TermsStep({
  template,
  form,
  change,
  problem,
}: StepProps & { template: Template; problem: (path: string) => string | undefined }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const fixed = template.terms.filter(isFixed);
  const titleOf = (id: string): string => {
    const found = template.obligations.find((one) => one.id === id);
    return found ? format.text(found.title) : id;
  };
  const field = (term: Template['terms'][number]): ReactNode => {
    const entry = form.terms[term.name];
    if (entry === undefined) return null;
    return (
      <TermField
        key={term.name}
        template={template}
        term={term}
        entry={entry}
        change={(changed) => change({ ...form, terms: { ...form.terms, [term.name]: changed } })}
        problem={problem(`terms.${term.name}`)}
      />
    );
  };
  const asked = template.terms.filter((term) => !isFixed(term) && !isOurProposal(term));
  const ours = template.terms.filter(isOurProposal);
  return (
    <div className="stack">
      <section>
        <h2>{t('start.asked')}</h2>
        <p className="muted small" style={{ margin: 0 }}>
          {t('start.askedHint')}
        </p>
        {asked.length > 4 ? (
          <div className="actions" style={{ margin: '8px 0 12px' }}>
            <Button size="small" onClick={() => change(withOpenTerms(form, template, 'proposal'))}>
              {t('start.takeAll')}
            </Button>
            <Button size="small" onClick={() => change(withOpenTerms(form, template, 'not-agreed'))}>
              {t('start.leaveRest')}
            </Button>
          </div>
        ) : null}
        {asked.toSorted((a, b) => Number(b.required) - Number(a.required)).map(field)}
      </section>
      {ours.length > 0 ? (
        <section>
          <h2>{t('start.ours')}</h2>
          <p className="muted small" style={{ margin: 0 }}>
            {t('start.oursHint')}
          </p>
          {ours.map(field)}
        </section>
      ) : null}
      <Form.Item
        label={t('start.zone')}
        htmlFor="zone"
        help={problem('zone')}
        validateStatus={problem('zone') ? 'error' : ''}
      >
        <Select
          id="zone"
          showSearch
          value={form.zone}
          onChange={(zone: string) => change({ ...form, zone })}
          options={zones().map((zone) => ({ value: zone, label: zone }))}
          style={{ width: 280, maxWidth: '100%' }}
        />
      </Form.Item>
      {fixed.length > 0 ? (
        <Collapse
          size="small"
          items={[
            {
              key: 'fixed',
              label: t('start.fixed', { count: fixed.length }),
              children: (
                <dl className="facts">
                  {fixed.map((term) => (
                    <div key={term.name}>
                      <dt>{format.text(term.label)}</dt>
                      <dd>
                        <TermValueText term={term} value={term.value} obligation={titleOf} />{' '}
                        <span className="muted small">{term.clauses.join(', ')}</span>
                      </dd>
                    </div>
                  ))}
                </dl>
              ),
            },
          ]}
        />
      ) : null}
    </div>
  );
}

function zones(): string[] {
  const all = Intl.supportedValuesOf('timeZone');
  return all.includes(DEFAULT_ZONE) ? all : [DEFAULT_ZONE, ...all];
}
