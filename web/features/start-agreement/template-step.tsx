import { Card, Radio, Tag } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Template } from '../../wire.ts';
import { useFormat } from '../../app/format.ts';
import { isOpenTerm, isOurProposal } from './start-form.ts';

/** Which kind of agreement: what each is in a sentence, the text that it is from, and how much of it is still open. */
export function TemplateStep({
  templates,
  chosen,
  isFixed,
  choose,
}: {
  templates: Template[];
  chosen: string;
  /** A draft keeps its template. */
  isFixed: boolean;
  choose: (template: Template) => void;
}): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  if (templates.length === 0) return <div className="empty">{t('start.noTemplates')}</div>;
  return (
    <>
      {isFixed ? <p className="muted none-yet">{t('wizard.templateFixed')}</p> : null}
      <Radio.Group
        aria-label={t('start.template')}
        value={chosen}
        disabled={isFixed}
        onChange={(event) => {
          const template = templates.find(({ ref }) => ref === event.target.value);
          if (template) choose(template);
        }}
        style={{ width: '100%' }}
      >
        <div className="template-cards">
          {newest(templates, chosen).map((template) => {
            const open = template.terms.filter((term) => isOpenTerm(term) || term.required).length;
            const ours = template.terms.filter(isOurProposal).length;
            return (
              <Card
                key={template.ref}
                size="small"
                className={template.ref === chosen ? 'template-card chosen' : 'template-card'}
              >
                <Radio value={template.ref}>
                  <strong>{format.text(template.title)}</strong>
                </Radio>
                <div className="template-said">
                  <div>{format.text(template.summary)}</div>
                  <div className="tags">
                    <Tag>{t(`templateNature.${template.nature}`)}</Tag>
                    <Tag>
                      {t('wizard.parties', {
                        who: Object.values(template.parties).map(format.text).join(t('common.listSeparator')),
                      })}
                    </Tag>
                    <Tag color="orange">{t('wizard.openTerms', { count: open })}</Tag>
                    {ours > 0 ? <Tag color="gold">{t('wizard.ourTerms', { count: ours })}</Tag> : null}
                  </div>
                  <div className="muted small">
                    {t('start.source', { source: template.source })} · {template.ref}
                  </div>
                  <Link to={`/templates/${encodeURIComponent(template.id)}`} target="_blank" className="small">
                    {t('wizard.readTemplate')}
                  </Link>
                  <details>
                    <summary className="small">
                      {t('start.obligations', { count: template.obligations.length })}
                    </summary>
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
            );
          })}
        </div>
      </Radio.Group>
    </>
  );
}

/** The newest version of each, and the one that is chosen; earlier ones are for agreements that run. */
function newest(templates: Template[], chosen: string): Template[] {
  return templates.filter(
    ({ id, version, ref }) => ref === chosen || !templates.some((other) => other.id === id && other.version > version),
  );
}
