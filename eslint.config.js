import { basename } from 'node:path'
import reactHooks from 'eslint-plugin-react-hooks'
import tseslint from 'typescript-eslint'

const envMessage = 'src/config/env.ts is the only reader of the environment'
const clockMessage = 'use the injected Clock'

const properties = {
  env: { object: 'process', property: 'env', message: envMessage },
  now: { object: 'Date', property: 'now', message: clockMessage },
  random: { object: 'Math', property: 'random', message: 'use the injected Random' },
}

const syntax = {
  bareDate: { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: clockMessage },
  bareLuxon: {
    selector:
      "CallExpression[callee.object.name='DateTime'][callee.property.name=/^(now|utc|local)$/][arguments.length=0]",
    message: clockMessage,
  },
  importedEnv: {
    selector: "ImportDeclaration[source.value=/^(node:)?process$/] ImportSpecifier[imported.name='env']",
    message: envMessage,
  },
  defaultExport: { selector: 'ExportDefaultDeclaration', message: 'named exports only' },
  asyncDomain: { selector: ':function[async=true]', message: 'domain code is pure: no async' },
  sqlOutsideStore: {
    selector: "CallExpression[callee.property.name='query'], CallExpression[callee.name='readQuery']",
    message: 'SQL lives in store/',
  },
  unnamedStatement: {
    selector:
      "CallExpression[callee.property.name='query'] > TemplateLiteral.arguments:first-child > TemplateElement:first-child[value.raw!=/^\\s*\\/\\*/]",
    message: 'open each statement with its name: /* slice.name */',
  },
  unnamedLiteral: {
    selector:
      "CallExpression[callee.property.name='query'] > Literal.arguments:first-child[value!=/^\\s*\\/\\*/]",
    message: 'open each statement with its name: /* slice.name */',
  },
}

const always = [syntax.bareDate, syntax.bareLuxon, syntax.importedEnv, syntax.defaultExport]
const restrictSyntax = (...more) => ({ 'no-restricted-syntax': ['error', ...always, ...more] })

/** kebab-case names that say what a file does; role suffixes (`.resolver`, `.test`, …) come after a dot. */
const fileNames = {
  meta: { type: 'problem', schema: [] },
  create: (context) => ({
    Program(node) {
      const name = basename(context.filename)
      if (!/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)*\.tsx?$/.test(name))
        context.report({ node, message: `file name ${name} is not kebab-case` })
      if (/(^|-)(service|manager|utils?|helpers?)(\.|-)/.test(name))
        context.report({ node, message: `file name ${name} says nothing: name the verb or the noun` })
    },
  }),
}

export default tseslint.config(
  { ignores: ['dist/', 'coverage/', '.tollgate/', 'src/client/generated/', 'src/console/generated/'] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    plugins: { tollgate: { rules: { 'file-names': fileNames } } },
    rules: {
      complexity: ['warn', 12],
      'max-depth': ['warn', 3],
      'max-lines': ['warn', 350],
      'no-console': 'error',
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx', 'hack'] }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-extraneous-class': 'off',
      // A caller names the shape it expects (`query<Row>`, `newId<AccountId>`), and an object literal is a GraphQL object.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      'no-restricted-properties': ['error', ...Object.values(properties)],
      ...restrictSyntax(),
    },
  },
  { files: ['**/*.ts', '**/*.tsx'], rules: { 'tollgate/file-names': 'error' } },
  { files: ['src/slices/**/*.ts'], ignores: ['**/*.test.ts'], rules: restrictSyntax(syntax.sqlOutsideStore) },
  {
    files: ['src/slices/*/domain/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: restrictSyntax(syntax.sqlOutsideStore, syntax.asyncDomain),
  },
  {
    files: ['src/slices/*/store/**/*.ts', 'src/platform/**/*.ts'],
    rules: restrictSyntax(syntax.unnamedStatement, syntax.unnamedLiteral),
  },
  // The owners of what everybody else is given.
  {
    files: ['src/kernel/clock.ts'],
    rules: { 'no-restricted-syntax': 'off', 'no-restricted-properties': 'off' },
  },
  { files: ['src/kernel/random.ts'], rules: { 'no-restricted-properties': 'off' } },
  {
    // env.ts reads our variables; environment.ts hands the whole environment on to processes that we start.
    files: ['src/config/env.ts', 'src/local/environment.ts'],
    rules: { 'no-restricted-properties': ['error', properties.now, properties.random] },
  },
  {
    files: ['src/console/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    rules: {
      'react-hooks/rules-of-hooks': 'error',
      'react-hooks/exhaustive-deps': 'error',
      // A component is a function of what it is given, and says nothing twice; its markup makes it long.
      'max-lines': ['warn', 250],
    },
  },
  { files: ['src/console/shared/clock.ts'], rules: { 'no-restricted-syntax': 'off' } },
  // Tools read these files' default exports.
  { files: ['*.ts'], rules: { 'no-restricted-syntax': 'off' } },
  {
    files: ['**/*.test.ts', 'test/**/*.ts', 'browser/**/*.ts'],
    rules: {
      // The run's global setup hands the test server over in the environment.
      'no-restricted-properties': ['error', properties.now, properties.random],
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/require-await': 'off',
      complexity: 'off',
      'max-lines': 'off',
    },
  },
  {
    files: ['**/*.{js,mjs,cjs}'],
    ...tseslint.configs.disableTypeChecked,
    rules: {
      ...tseslint.configs.disableTypeChecked.rules,
      'no-restricted-properties': 'off',
      'no-restricted-syntax': 'off',
      '@typescript-eslint/no-require-imports': 'off',
    },
  },
)
