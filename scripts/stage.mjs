// The stage on which start, dev and the end-to-end tests play: the built package in a private n8n, the sandbox beside it.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { prepare } from './bootstrap.mjs';
import { fingerprint, installPackage } from './package.mjs';
import { cacheDir, root } from './paths.mjs';
import { step } from './progress.mjs';
import { run } from './run.mjs';

const PACKAGE_SOURCES = [
	'lib',
	'nodes',
	'credentials',
	'icons',
	'workflows',
	'package.json',
	'package-lock.json',
	'tsconfig.json',
	'gulpfile.js',
	'scripts/build.mjs',
	'scripts/build-vocabulary.mjs',
];
const SANDBOX_SOURCES = [
	'sandbox/server',
	'sandbox/tickets',
	'sandbox/mail',
	'sandbox/slack',
	'sandbox/n8n',
	'sandbox/tsconfig.json',
	'lib',
];
const TSC = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
const compiled = join(cacheDir, 'sandbox', 'sandbox', 'n8n', 'index.js');

/** Compiles the package where its sources have changed since the last time. */
export async function buildPackage() {
	await unlessUnchanged('package', PACKAGE_SOURCES, 'dist', () =>
		step('Build the package', (note) => run(process.execPath, ['scripts/build.mjs'], { note })),
	);
}

/** Compiles the sandbox (server and n8n driver) and resolves with the modules of sandbox/n8n. */
export async function loadSandbox() {
	await unlessUnchanged('sandbox', SANDBOX_SOURCES, '.cache/sandbox', () =>
		step('Build the sandbox', async (note) => {
			await run(process.execPath, ['scripts/build-vocabulary.mjs'], { note });
			await run(process.execPath, [TSC, '-p', 'sandbox/tsconfig.json'], { note });
			await run(process.execPath, [TSC, '-p', 'sandbox/n8n/tsconfig.json'], { note });
		}),
	);
	return createRequire(import.meta.url)(compiled);
}

/** Installs the present build in an n8n user folder, as a user would install the published package. */
export async function install(userFolder) {
	await step('Install the package in n8n', (note) => installPackage(userFolder, note));
}

/**
 * Imports workflows/*.json as they are. A workflow that was imported before is left alone, with whatever was
 * changed in the editor since, unless its file has changed.
 * @returns {Promise<Record<string, object>>} the saved workflows by file name
 */
export async function importWorkflows(rest, recordFile) {
	const record = existsSync(recordFile) ? JSON.parse(readFileSync(recordFile, 'utf8')) : {};
	const saved = {};
	for (const file of workflowFiles()) {
		const version = fingerprint(join('workflows', file));
		const content = JSON.parse(readFileSync(join(root, 'workflows', file), 'utf8'));
		// Workflows that others call have an id of their own, by which they are called.
		const id = record[file]?.id ?? content.id;
		const known = id && (await rest.findWorkflow(id));
		if (!known) saved[file] = await rest.createWorkflow(content);
		else if (record[file]?.version !== version)
			saved[file] = await rest.updateWorkflow(known.id, content);
		else saved[file] = known;
		record[file] = { id: saved[file].id, version };
	}
	mkdirSync(join(recordFile, '..'), { recursive: true });
	writeFileSync(recordFile, JSON.stringify(record, null, 2));
	return saved;
}

/** The folder also holds the manifest of a Slack app. */
function workflowFiles() {
	return readdirSync(join(root, 'workflows')).filter(
		(file) => file.endsWith('.json') && !file.endsWith('-manifest.json'),
	);
}

async function unlessUnchanged(name, sources, result, work) {
	const stamp = join(cacheDir, 'stamps', name);
	const now = () => fingerprint(...sources, result);
	if (existsSync(stamp) && existsSync(join(root, result)) && readFileSync(stamp, 'utf8') === now())
		return;
	await work();
	mkdirSync(join(stamp, '..'), { recursive: true });
	writeFileSync(stamp, now());
}

// `node scripts/stage.mjs <n8n user folder>`: what the end-to-end tests need before they start n8n.
if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
	await prepare({ n8n: true });
	await buildPackage();
	await install(process.argv[2]);
}
