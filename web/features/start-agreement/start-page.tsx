import { Alert, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams, useSearchParams } from 'react-router';
import type { Template } from '../../wire.ts';
import { todayIn } from '../../app/moment.ts';
import { usePageTitle } from '../../app/page-title.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { useAgreement, useTemplate, useTemplates } from '../agreement/agreement-queries.ts';
import { DEFAULT_ZONE, type StartForm, emptyForm, formOfDraft, withTemplate } from './start-form.ts';
import { StartSteps } from './start-steps.tsx';

/** A new agreement. */
export function StartPage(): ReactNode {
  const { t } = useTranslation();
  usePageTitle(t('start.title'));
  const [address] = useSearchParams();
  const templates = useTemplates();
  return (
    <div className="page">
      <h1>{t('start.title')}</h1>
      {templates.isPending ? <Skeleton active /> : null}
      {templates.error ? <ProblemAlert error={templates.error} retry={() => void templates.refetch()} /> : null}
      {templates.data ? (
        <StartSteps
          templates={templates.data.items}
          under={null}
          fresh={freshForm(templates.data.items, address.get('template'))}
        />
      ) : null}
    </div>
  );
}

/** Empty; the template that the address names is chosen (its id or `id@version`), or the only one that there is. */
function freshForm(templates: Template[], named: string | null): StartForm {
  const form = emptyForm(todayIn(DEFAULT_ZONE));
  const [only, ...others] = templates;
  const chosen =
    templates.find(({ id, ref }) => id === named || ref === named) ?? (others.length === 0 ? only : undefined);
  return chosen ? withTemplate(form, chosen) : form;
}

/** A draft, gone on with. */
export function DraftPage(): ReactNode {
  const { t } = useTranslation();
  usePageTitle(t('start.editDraft'));
  const { id = '' } = useParams();
  const templates = useTemplates();
  const agreement = useAgreement(id);
  const draft = agreement.data?.draft;
  const listed = templates.data?.items.find(({ ref }) => ref === draft?.template);
  // A draft may name a version that the list of templates does not have.
  const known = useTemplate(templates.data && !listed ? draft?.template : undefined);
  const template = listed ?? known.data;
  const failed = templates.error ?? known.error ?? agreement.error;
  return (
    <div className="page">
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
