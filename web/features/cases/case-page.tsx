import { Alert, Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { Facts } from '../../app/facts.tsx';
import { useFormat } from '../../app/format.ts';
import type { Agreement } from '../../wire.ts';
import { PendingCommandAlerts, usePendingCommands } from '../agreement/pending-commands.tsx';
import { improvementPage } from '../improvements/improvement.ts';
import { Section } from '../life/section.tsx';
import { Attachments } from '../process/attachments.tsx';
import { Happened } from '../process/happened.tsx';
import { ProcessHead, ProcessPage } from '../process/process-page.tsx';
import { type Case, type Relative, casePage, useCase } from './case.ts';
import { CaseActs } from './case-acts.tsx';
import { CaseNext } from './case-next.tsx';
import { CaseTags, CustomerName } from './case-tags.tsx';
import { Clocks } from './clocks.tsx';
import { CustomerLinkDialog } from './customer-link-dialog.tsx';
import { useCaseSentence } from './sentences.ts';

/** One case: what it is about, how its clocks stand, who must act, and all that happened, over every round. */
export function CasePage(): ReactNode {
  const { t } = useTranslation();
  const { id = '', case: caseId = '' } = useParams();
  const one = useCase(id, caseId);
  return (
    <ProcessPage agreementId={id} tab="cases" back={t('cases.toList')} process={one}>
      {(agreement, one) => <CaseDesk key={caseId} agreement={agreement} one={one} />}
    </ProcessPage>
  );
}

function CaseDesk({ agreement, one }: { agreement: Agreement; one: Case }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const commands = usePendingCommands(agreement.id);
  const [linking, setLinking] = useState(false);
  const sentence = useCaseSentence(agreement, one);
  const title = one.topic ?? one.reference;
  return (
    <>
      <ProcessHead
        title={title}
        of={`${t(`caseType.${one.type}`)} · ${one.reference} · ${format.text(agreement.title)}`}
        tags={<CaseTags {...one} />}
      />
      <CaseNext agreement={agreement} one={one} />
      <PendingCommandAlerts agreementId={agreement.id} commands={commands} />
      {one.related.proposed.length > 0 && one.status !== 'closed' ? (
        <Alert
          type="warning"
          showIcon
          title={t('cases.proposed', { count: one.related.proposed.length })}
          description={<Relatives agreement={agreement} relatives={one.related.proposed} />}
        />
      ) : null}
      <CaseActs agreement={agreement} one={one} done={commands.done} />
      <section className="panel stack">
        <Section title={t('cases.clocks')} clauses={one.clauses}>
          <Clocks agreement={agreement} one={one} />
        </Section>
        {one.breached.length > 0 ? <Breaches agreement={agreement} one={one} /> : null}
        <Words agreement={agreement} one={one} handOver={() => setLinking(true)} />
        <Happened agreement={agreement} events={one.events} title={t('cases.happened')} sentence={sentence} />
      </section>
      {linking ? <CustomerLinkDialog agreementId={agreement.id} one={one} close={() => setLinking(false)} /> : null}
    </>
  );
}

/** What ran out, and what that means for the contract. */
function Breaches({ agreement, one }: { agreement: Agreement; one: Case }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Section title={t('cases.breaches')}>
      <ul className="plain-list">
        {one.breached.map(({ clock, cycle, at, means, liable, claims }) => (
          <li key={`${clock} ${String(cycle)} ${at}`}>
            <strong>{t(`caseClock.${clock}`)}</strong>
            {cycle > 1 ? ` (${t('cases.round', { count: cycle })})` : ''} · {format.instant(at, agreement.zone)} ·{' '}
            {t(`caseBreach.${means}`)}
            {liable ? ` · ${t('cases.liable', { who: format.text(liable.title) })}` : ''}
            {claims ? ` · ${t('cases.mayClaim')}` : ''}
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** What was said: by whom, how they are reached, the record section by section, plan, result and opinion. */
function Words({ agreement, one, handOver }: { agreement: Agreement; one: Case; handOver: () => void }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { customer, contact, record } = one;
  const facts: [string, ReactNode][] = [
    [t('cases.customer'), <CustomerName key="customer" customer={customer} />],
    ...(customer.tier === null ? [] : [[t('cases.tier'), t(`customerTier.${customer.tier}`)] as [string, ReactNode]]),
    ...(contact
      ? [
          [
            t('cases.contact'),
            [contact.name, contact.email, contact.phone].filter(Boolean).join(' · ') || t('cases.noContact'),
          ] as [string, ReactNode],
        ]
      : []),
    [t('cases.channel'), t(`caseChannel.${one.channel}`)],
    [t('cases.severity'), t(`caseSeverity.${one.severity}`)],
    [t('cases.priority'), t(`casePriority.${one.priority}`)],
    ...(one.category ? [[t('cases.category'), format.text(one.category.title)] as [string, ReactNode]] : []),
    [t('cases.openedAt'), format.instant(one.openedAt, agreement.zone)],
    ...(one.openedBy ? [[t('cases.openedBy'), one.openedBy] as [string, ReactNode]] : []),
    [t('cases.handler'), format.text(one.handler.title)],
    ...(one.assignee ? [[t('cases.assignee'), one.assignee] as [string, ReactNode]] : []),
    ...(one.passedTo.length > 0
      ? [
          [
            t('cases.passedTo'),
            one.passedTo.map(({ title }) => format.text(title)).join(t('common.listSeparator')),
          ] as [string, ReactNode],
        ]
      : []),
    ...(one.specialSurvey
      ? [[t('cases.specialSurvey'), t(`caseSurvey.${one.specialSurvey}`)] as [string, ReactNode]]
      : []),
  ];
  const sections = (['content', 'process', 'result'] as const).filter((name) => record.required || record[name].there);
  return (
    <>
      <Section
        title={t('cases.about')}
        actions={
          contact && customer.party === null && one.status !== 'starting' ? (
            <Button size="small" onClick={handOver}>
              {t('cases.handOver')}
            </Button>
          ) : null
        }
      >
        {one.details ? <p className="said">{one.details}</p> : null}
        <Facts facts={facts} />
      </Section>
      {sections.length > 0 ? (
        <Section title={t('cases.record')}>
          <dl className="facts wide">
            {sections.map((name) => (
              <div key={name}>
                <dt>{t(`caseRecord.${name}`)}</dt>
                <dd className="said">
                  {record[name].words ?? (
                    <span className="muted">{t(record[name].there ? 'cases.recorded' : 'cases.notRecorded')}</span>
                  )}
                </dd>
              </div>
            ))}
          </dl>
        </Section>
      ) : null}
      {one.plan ? (
        <Section title={t('cases.plan')}>
          <p className="said">{one.plan}</p>
        </Section>
      ) : null}
      {one.negotiators.length > 0 && one.status === 'negotiating' ? (
        <Section title={t('cases.negotiation')}>
          <ul className="plain-list">
            {one.negotiators.map(({ seat, title }) => (
              <li key={seat}>
                {format.text(title)}
                {t('cases.colon')}
                {t(one.agreed.some((other) => other.seat === seat) ? 'cases.agrees' : 'cases.notYet')}
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
      {one.result ? (
        <Section title={t('cases.result')}>
          <p className="said">{one.result}</p>
          {one.opinion ? (
            <p>
              {t('cases.opinion')}
              {t('cases.colon')}
              <strong>{t(one.opinion.satisfied ? 'cases.satisfied' : 'cases.dissatisfied')}</strong>
              {one.opinion.score === null ? '' : ` · ${t('cases.scored', { score: one.opinion.score })}`}
              {one.opinion.words ? ` · ${one.opinion.words}` : ''}
            </p>
          ) : null}
        </Section>
      ) : null}
      <Attachments agreementId={agreement.id} documents={one.documents} />
      {one.related.duplicateOf || one.related.repeats.length > 0 ? (
        <Section title={t('cases.related')}>
          {one.related.duplicateOf ? (
            <p>
              {t('cases.duplicateOf')}{' '}
              <Link to={casePage(agreement.id, one.related.duplicateOf.id)}>
                {one.related.duplicateOf.topic ?? one.related.duplicateOf.reference}
              </Link>
            </p>
          ) : null}
          <Relatives agreement={agreement} relatives={one.related.repeats} />
        </Section>
      ) : null}
      {one.improvements.length > 0 ? (
        <Section title={t('cases.improvements')}>
          <ul className="plain-list">
            {one.improvements.map(({ id, reference }) => (
              <li key={reference}>
                {id === null ? reference : <Link to={improvementPage(agreement.id, id)}>{reference}</Link>}
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
    </>
  );
}

function Relatives({ agreement, relatives }: { agreement: Agreement; relatives: Relative[] }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <ul className="plain-list">
      {relatives.map(({ id, topic, reference, openedAt, status }) => (
        <li key={id}>
          <div>
            <Link to={casePage(agreement.id, id)} className="listed-link">
              {topic ?? reference}
            </Link>
          </div>
          <div className="small">
            {reference} · {format.instant(openedAt, agreement.zone)} · {t(`caseStatus.${status}`)}
          </div>
        </li>
      ))}
    </ul>
  );
}
