import importX from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

const ROOMS = [
  ...['domain', 'workflows', 'activities', 'evidence', 'api', 'templates', 'prisma'],
  ...['web', 'cli', 'embedded', 'test'],
];

/** What a room may import from other rooms (design §2); `config.ts` counts as a room. */
const MAY_IMPORT = {
  domain: [],
  workflows: ['domain', 'activities'], // activities as types alone: see PACKAGES
  activities: ['domain', 'prisma', 'workflows'], // of workflows: see PACKAGES
  evidence: ['domain', 'activities', 'prisma', 'workflows'], // of workflows: see PACKAGES
  api: [
    'domain',
    'prisma',
    'templates',
    'workflows', // see PACKAGES
    'activities/agreement-clocks.ts',
    'activities/archive-check.ts',
    'activities/chain.ts',
    'activities/certificate.ts',
    'activities/clock.ts',
    'activities/customer-records.ts',
    'activities/documents.ts',
    'activities/issued-certificates.ts',
    'activities/kill-points.ts',
    'activities/links.ts',
    'activities/mail/icalendar.ts',
    'activities/notice-tasks.ts',
    'activities/pdf-fonts.ts',
    'activities/satisfaction-trend.ts',
    'activities/answer-files.ts',
    'activities/answer-token.ts',
    'activities/case-link.ts',
    'activities/survey-asking.ts',
    'activities/webhooks/payload.ts',
    'activities/webhooks/signature.ts',
    'activities/webhooks/target.ts',
  ],
  templates: ['domain'],
  prisma: ['domain'],
  web: [],
  cli: ['domain', 'workflows', 'activities', 'evidence', 'api', 'templates', 'prisma', 'embedded', 'config.ts'],
  embedded: ['domain', 'workflows', 'activities', 'api', 'templates', 'prisma', 'config.ts'],
};

const zones = Object.entries(MAY_IMPORT).flatMap(([room, allowed]) =>
  [...ROOMS, 'config.ts']
    .filter((other) => other !== room && !allowed.includes(other))
    .map((other) => ({
      target: `./${room}`,
      from: `./${other}`,
      except: allowed.filter((path) => path.startsWith(`${other}/`)).map((path) => `.${path.slice(other.length)}`),
      message: `${room}/ may not import this: design §2.`,
    })),
);

const MESSAGES_AND_IDS = {
  regex: '/workflows/(?!(messages|ids)\\.ts$)',
  allowTypeImports: true,
  message: 'Of workflows/ only messages.ts and ids.ts: import types alone from the rest.',
};

/** Packages, and what may only be imported as a type, by room. */
const PACKAGES = {
  activities: [MESSAGES_AND_IDS],
  evidence: [MESSAGES_AND_IDS],
  api: [MESSAGES_AND_IDS],
  domain: [
    {
      regex: '^(?!\\.|big\\.js$|@stdlib/|simple-statistics$)',
      message: 'domain/ is pure: big.js, and for statistics, which no workflow imports, @stdlib and simple-statistics.',
    },
  ],
  workflows: [
    {
      regex: '^(?!\\.|@temporalio/(workflow|common)$)',
      message: 'The workflow bundle holds domain/ and the workflow SDK alone.',
    },
    {
      regex: '/activities/',
      allowTypeImports: true,
      message: 'Activities are called through proxies: import their types alone.',
    },
  ],
  web: [{ regex: '^(node:|@temporalio/|@prisma/|express$|pg$)', message: 'web/ talks HTTP to api/ alone.' }],
};

const NO_ENVIRONMENT = { name: 'node:process', importNames: ['env'], message: 'config.ts reads the environment.' };

const packagesOf = (room) => ({
  '@typescript-eslint/no-restricted-imports': ['error', { paths: [NO_ENVIRONMENT], patterns: PACKAGES[room] ?? [] }],
});

const EVERYWHERE = [
  { selector: 'TSEnumDeclaration', message: 'No enum: a union of strings.' },
  { selector: 'ExportAllDeclaration', message: 'No barrel: only a registry may export all.' },
];

const CLOCK = [
  {
    selector: 'MemberExpression[object.name="Date"][property.name="now"]',
    message: 'Time comes from the clock given.',
  },
  {
    selector: 'NewExpression[callee.name="Date"][arguments.length=0]',
    message: 'Time comes from the clock given.',
  },
  { selector: 'CallExpression[callee.name="Date"]', message: 'Time comes from the clock given.' },
];

const HOST_DEPENDENT = [
  {
    selector: 'CallExpression > MemberExpression[property.name=/^toLocale/]',
    message: 'Depends on the host: format at the edge.',
  },
  {
    selector:
      'CallExpression > MemberExpression[property.name=/^(get|set)(FullYear|Month|Date|Day|Hours|Minutes|Seconds|Milliseconds|TimezoneOffset)$/]',
    message: "Depends on the host's zone: use the UTC accessors and the agreement's offsets.",
  },
  { selector: 'MemberExpression[object.name="Math"][property.name="random"]', message: 'Not deterministic.' },
];

const PLAIN_STATE = [
  {
    selector: ':not(SpreadElement) > NewExpression[callee.name=/^(Weak)?(Map|Set)$/]', // [...new Set(x)] is an array
    message: 'State and payloads are JSON values.',
  },
  { selector: ':matches(ClassDeclaration, ClassExpression)', message: 'No classes in domain/agreement.' },
];

const MODULE_STATE = [
  { selector: 'Program > VariableDeclaration[kind=/^(let|var)$/]', message: 'No mutable module state.' },
  {
    selector: 'Program > ExportNamedDeclaration > VariableDeclaration[kind=/^(let|var)$/]',
    message: 'No mutable module state.',
  },
];

const HOST_GLOBALS = [
  'Intl',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'process',
  'Buffer',
  'fetch',
  'crypto',
  'performance',
  'WeakRef',
  'FinalizationRegistry',
].map((name) => ({ name, message: 'Not deterministic, or not there in the workflow sandbox.' }));

const SOURCES = '**/*.{ts,tsx}';

export default tseslint.config(
  { ignores: ['dist/', 'coverage/', '.abide/', 'prisma/generated/', 'web/public/', 'test/gates/bad/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: [SOURCES],
    extends: [tseslint.configs.recommended],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { 'import-x': importX },
    settings: { 'import-x/resolver-next': [importX.createNodeResolver({ extensions: ['.ts', '.tsx'] })] },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'import-x/no-restricted-paths': ['error', { zones }],
      'no-empty': ['error', { allowEmptyCatch: false }],
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'config.ts reads the environment.' },
      ],
      'no-restricted-syntax': ['error', ...EVERYWHERE],
      ...packagesOf('elsewhere'),
    },
  },
  ...Object.keys(PACKAGES).map((room) => ({ files: [`${room}/${SOURCES}`], rules: packagesOf(room) })),
  {
    files: ['activities', 'evidence', 'api', 'templates'].map((room) => `${room}/${SOURCES}`),
    ignores: ['activities/clock.ts'],
    rules: { 'no-restricted-syntax': ['error', ...EVERYWHERE, ...CLOCK] },
  },
  {
    files: [`domain/${SOURCES}`, `workflows/${SOURCES}`],
    rules: { 'no-restricted-globals': ['error', ...HOST_GLOBALS] },
  },
  {
    files: [`workflows/${SOURCES}`], // Date.now() is the workflow's own clock there
    rules: { 'no-restricted-syntax': ['error', ...EVERYWHERE, ...HOST_DEPENDENT, ...MODULE_STATE] },
  },
  {
    files: [`domain/${SOURCES}`],
    rules: { 'no-restricted-syntax': ['error', ...EVERYWHERE, ...CLOCK, ...HOST_DEPENDENT, ...MODULE_STATE] },
  },
  {
    files: [`domain/agreement/${SOURCES}`],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...[...EVERYWHERE, ...CLOCK, ...HOST_DEPENDENT, ...MODULE_STATE, ...PLAIN_STATE],
      ],
    },
  },
  {
    // Registries: what the workflow bundle is made of.
    files: ['workflows/index.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...EVERYWHERE.filter(({ selector }) => selector !== 'ExportAllDeclaration'),
        ...[...HOST_DEPENDENT, ...MODULE_STATE],
      ],
    },
  },
  {
    // Composition roots, and what stands outside the rooms.
    files: [
      'config.ts',
      'prisma.config.ts',
      '*.config.ts',
      ...['cli', 'embedded', 'test'].map((room) => `${room}/${SOURCES}`),
    ],
    rules: { 'no-restricted-properties': 'off', '@typescript-eslint/no-restricted-imports': 'off' },
  },
  {
    files: ['web/vite.config.ts', 'web/answer/vite.config.ts', 'web/packed.ts'],
    rules: { '@typescript-eslint/no-restricted-imports': 'off' },
  },
);
