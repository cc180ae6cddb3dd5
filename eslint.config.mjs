import js from '@eslint/js';
import { n8nCommunityNodesPlugin } from '@n8n/eslint-plugin-community-nodes';
import tseslint from 'typescript-eslint';

export default tseslint.config(
	{ ignores: ['dist', '.cache', '.sandbox', '**/node_modules', '**/*.generated.ts', 'docs'] },
	js.configs.recommended,
	...tseslint.configs.recommended,
	{
		files: ['{nodes,credentials,lib}/**/*.ts'],
		...n8nCommunityNodesPlugin.configs.recommended,
	},
	{
		files: ['{nodes,credentials,lib}/**/*.ts'],
		rules: { 'no-console': 'error' },
	},
	{
		files: ['{sandbox,test,bench,scripts}/**/*.{ts,mjs,cjs,js}', '*.{js,mjs}'],
		languageOptions: { globals: nodeGlobals() },
		rules: { '@typescript-eslint/no-require-imports': 'off' },
	},
	{
		rules: {
			// Text from outside is full of control characters; looking for them is what the expressions are for.
			'no-control-regex': 'off',
			'@typescript-eslint/no-unused-vars': [
				'error',
				{ argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
			],
		},
	},
);

function nodeGlobals() {
	const names = [
		'process',
		'console',
		'Buffer',
		'URL',
		'URLSearchParams',
		'fetch',
		'FormData',
		'Blob',
		'AbortController',
		'AbortSignal',
		'TextDecoder',
		'TextEncoder',
		'setTimeout',
		'clearTimeout',
		'setInterval',
		'clearInterval',
		'setImmediate',
		'performance',
		'structuredClone',
		'queueMicrotask',
		'module',
		'exports',
		'require',
		'__dirname',
		'__filename',
		'global',
		'globalThis',
		'document',
		'window',
		'ReadableStream',
		'DecompressionStream',
	];
	return Object.fromEntries(names.map((name) => [name, 'readonly']));
}
