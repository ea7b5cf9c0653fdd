import { z } from 'zod';
import { CUSTOMER_TIERS } from '../../domain/survey/compiled.ts';
import { localDate } from '../directory/schemas.ts';
import { ERASURE_GROUNDS } from '../privacy/erasure.ts';
import { pageQuery, text } from '../schemas.ts';
import { customerFields } from './fields.ts';

/** Wire shapes of the customers. */
const tier = z.enum(CUSTOMER_TIERS);
const reason = z.string().trim().min(1).max(1_000);
const organisation = z.object({ id: z.uuid(), name: z.string(), path: z.string() });

export const customerParams = z.object({ customerId: z.uuid() });

export const customerQuery = pageQuery.extend({
  search: z.string().max(200).optional().meta({ description: 'Part of a key, a name, a contact or an address' }),
  tier: tier.optional(),
  branch: z.uuid().optional().meta({ description: 'It and all below it' }),
  department: z.uuid().optional().meta({ description: 'It and all below it' }),
  status: z.enum(['present', 'archived', 'all']).default('present'),
  askable: z
    .enum(['true', 'false'])
    .optional()
    .meta({ description: 'Whether it may be surveyed: consents, and has not asked to be left alone' }),
  asOf: localDate
    .optional()
    .meta({ description: 'The tier of that day (its end, UTC): the list of key customers as it was then' }),
});

const editable = {
  name: customerFields.name,
  contact: customerFields.contact.nullable(),
  branchId: z.uuid().nullable(),
  departmentId: z.uuid().nullable(),
  segment: customerFields.segment.nullable(),
  language: customerFields.language,
  email: customerFields.email.nullable(),
  phone: customerFields.phone.nullable(),
  address: customerFields.address.nullable(),
  surveyConsent: z.boolean().meta({ description: 'May be asked about its satisfaction; apart from promotion' }),
  promotionConsent: z.boolean(),
};

export const newCustomer = z.strictObject({
  key: customerFields.key.meta({ description: "The operator's own number for it; it stays" }),
  ...editable,
  contact: editable.contact.default(null),
  tier: tier.default('ordinary'),
  branchId: editable.branchId.default(null),
  departmentId: editable.departmentId.default(null),
  segment: editable.segment.default(null),
  language: editable.language.default('zh'),
  email: editable.email.default(null),
  phone: editable.phone.default(null),
  address: editable.address.default(null),
  surveyConsent: editable.surveyConsent.default(true),
  promotionConsent: editable.promotionConsent.default(false),
});

export const changedCustomer = z.strictObject({
  ...z.object(editable).partial().shape,
  tier: tier.optional().meta({ description: 'Another one needs `reason`' }),
  reason: reason.optional(),
  optedOut: z.boolean().optional().meta({ description: 'It asked not to be surveyed any more; false: it asked to be' }),
  archived: z.boolean().optional(),
});

export const customer = z
  .object({
    id: z.uuid(),
    key: z.string(),
    name: z.string(),
    contact: z.string().nullable(),
    tier: tier.meta({ description: 'With `asOf`, that of the day' }),
    branch: organisation.nullable(),
    department: organisation.nullable(),
    segment: z.string().nullable(),
    language: customerFields.language,
    email: z.string().nullable(),
    phone: z.string().nullable(),
    address: z.string().nullable(),
    surveyConsent: z.boolean(),
    optedOutAt: z.string().nullable(),
    promotionConsent: z.boolean(),
    archivedAt: z.string().nullable(),
    erasedAt: z.string().nullable(),
  })
  .meta({ id: 'Customer' });
export const customerPage = z.object({
  items: z.array(customer),
  nextCursor: z.string().nullable(),
  tiers: z.record(tier, z.int()).meta({ description: 'How many of each tier there are now, archived ones left out' }),
});

export const customerDetail = customer
  .extend({
    tierChanges: z
      .array(
        z.object({
          at: z.string(),
          before: tier.nullable(),
          after: tier,
          reason: z.string().nullable(),
          by: z.string().nullable().meta({ description: 'Name of who did it, where that is known' }),
        }),
      )
      .meta({ description: 'The latest first' }),
    surveys: z
      .array(
        z.object({
          agreementId: z.uuid(),
          survey: z.uuid(),
          reference: z.string(),
          channel: z.string(),
          status: z.string(),
          sentAt: z.string().nullable(),
        }),
      )
      .meta({ description: 'Cycles in which it was drawn; not whether it answered' }),
    visits: z.array(
      z.object({
        agreementId: z.uuid(),
        id: z.uuid(),
        kind: z.string(),
        plannedOn: z.string(),
        heldOn: z.string().nullable(),
        status: z.string(),
      }),
    ),
  })
  .meta({ id: 'CustomerDetail' });

const flag = z.enum(['true', 'false']).default('false');
export const customerImportBody = z.strictObject({
  dryRun: flag,
  skipErrors: flag,
  reason: reason.optional().meta({ description: 'Why tiers change, for all that do' }),
});
const remark = z.object({
  line: z.int(),
  column: z.string().nullable(),
  code: z.string(),
  value: z.string(),
  message: z.string(),
  cure: z.string(),
});
export const customerImport = z
  .object({
    dryRun: z.boolean(),
    format: z.enum(['xlsx', 'utf-8', 'gb18030']),
    rows: z.int(),
    customers: z.object({ added: z.int(), changed: z.int(), unchanged: z.int() }),
    changes: z
      .array(
        z.object({
          line: z.int(),
          change: z.enum(['customer-added', 'customer-changed']),
          key: z.string(),
          name: z.string(),
          fields: z.array(z.object({ field: z.string(), from: z.string(), to: z.string() })).optional(),
        }),
      )
      .meta({ description: 'The first 500' }),
    errorCount: z.int(),
    errors: z.array(remark).meta({ description: 'The first 500' }),
    warningCount: z.int(),
    warnings: z.array(remark).meta({ description: 'The first 500' }),
  })
  .meta({ id: 'CustomerImport' });

export const customerErasureBody = z.strictObject({ ground: z.enum(ERASURE_GROUNDS) });
export const customerErasure = z
  .object({
    customerId: z.uuid(),
    at: z.string(),
    ground: z.enum(ERASURE_GROUNDS),
    done: z.record(z.string(), z.int()).meta({ description: 'Rows by table; nothing of what was erased' }),
  })
  .meta({ id: 'CustomerErasure' });
export const customerData = z
  .object({
    customer: z.object({ id: z.uuid(), name: z.string() }),
    at: z.string(),
    groups: z.array(
      z.object({
        group: z.string(),
        title: text,
        source: text.meta({ description: 'Where it came from' }),
        tables: z.array(z.string()),
        items: z.array(z.unknown()),
        more: z.int().meta({ description: 'Beyond the 2000 that are listed' }),
      }),
    ),
  })
  .meta({ id: 'CustomerData' });
