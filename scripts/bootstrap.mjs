// Makes a fresh clone ready: needs only git, npm and any Node >= 20, and no package of its own.
// Each part first looks whether its work is done already, so that a second start costs a fraction of a second.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { findChromium, installChromium } from './chromium.mjs';
import { makeSqlite, sqliteWorks } from './native.mjs';
import { cacheDir, root } from './paths.mjs';
import { StepFailure, step } from './progress.mjs';
import { npm, run } from './run.mjs';

const MINIMUM_NODE = 20;
const N8N_NODE = 24;
const NPM_CI = [
	'ci',
	'--legacy-peer-deps',
	'--ignore-scripts',
	'--no-audit',
	'--no-fund',
	'--loglevel=error',
];
const sandboxDir = join(root, 'sandbox');
const nodeFile = process.platform === 'win32' ? 'node.exe' : 'node';

/** The pinned Node that n8n runs under, and n8n itself; both exist after `prepare({ n8n: true })`. */
export const sandboxNode = join(sandboxDir, 'node_modules', 'node', 'bin', nodeFile);
export const n8nScript = join(sandboxDir, 'node_modules', 'n8n', 'bin', 'n8n');

/**
 * Installs what is missing and resolves with the path of a Node 24.
 * @param {{n8n?: boolean, browser?: boolean}} parts `n8n`: the real n8n of sandbox/package-lock.json (2 GB);
 *   `browser`: a Chromium for the browser tests, whose path is then in CHROMIUM_PATH.
 */
export async function prepare({ n8n = true, browser = false } = {}) {
	if (Number(process.versions.node.split('.')[0]) < MINIMUM_NODE)
		throw new StepFailure(
			'Check Node',
			`This is Node ${process.versions.node}. Install Node ${MINIMUM_NODE} or newer from https://nodejs.org and start again.`,
		);
	if (!isInstalled(root))
		await step('Install the development packages (under a minute)', (note) =>
			npm(NPM_CI, { note }),
		);
	if (n8n) await prepareN8n();
	if (browser) process.env.CHROMIUM_PATH = await prepareBrowser();
	return await findNode24();
}

async function prepareN8n() {
	if (!isInstalled(sandboxDir))
		await step('Install n8n, about 2 GB (two minutes or more, this once)', (note) =>
			npm(['--prefix', sandboxDir, ...NPM_CI], { note }),
		);
	if (!(await works(sandboxNode)))
		await step('Install the Node that n8n needs', (note) =>
			npm(['rebuild', 'node'], { cwd: sandboxDir, note }),
		);
	if (!(await sqliteWorks(sandboxNode)))
		await step("Prepare n8n's database driver (a minute where it has to be compiled)", (note) =>
			makeSqlite(sandboxNode, note),
		);
}

async function prepareBrowser() {
	return findChromium() ?? (await step('Get a Chromium for the browser tests', installChromium));
}

/** The present Node where it is new enough, else the sandbox's, else that one package by itself (no n8n). */
async function findNode24() {
	if (await works(sandboxNode)) return sandboxNode;
	if (Number(process.versions.node.split('.')[0]) >= N8N_NODE) return process.execPath;
	const { dependencies } = JSON.parse(readFileSync(join(sandboxDir, 'package.json'), 'utf8'));
	const prefix = join(cacheDir, 'node');
	const node = join(prefix, 'node_modules', 'node', 'bin', nodeFile);
	if (await works(node)) return node;
	await step(`Install Node ${dependencies.node} for the tests`, (note) =>
		npm(['install', '--prefix', prefix, '--no-audit', '--no-fund', `node@${dependencies.node}`], {
			note,
		}),
	);
	return node;
}

/**
 * npm writes down what it installed when, and only when, an install is complete. This compares it with the lock
 * file, entry by entry: an interrupted install, another branch's lock file and a missing folder all show.
 */
export function isInstalled(directory) {
	const record = join(directory, 'node_modules', '.package-lock.json');
	if (!existsSync(record)) return false;
	const { packages: wanted } = JSON.parse(
		readFileSync(join(directory, 'package-lock.json'), 'utf8'),
	);
	const { packages: present } = JSON.parse(readFileSync(record, 'utf8'));
	return Object.entries(wanted).every(
		([path, { version, optional }]) =>
			path === '' || (present[path] ? present[path].version === version : optional === true),
	);
}

async function works(node) {
	if (!existsSync(node)) return false;
	return await run(node, ['--version'], { timeoutMs: 20_000 }).then(
		(version) => Number(/^v(\d+)/.exec(version)?.[1]) >= N8N_NODE,
		() => false,
	);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
	try {
		const node = await prepare({ n8n: true, browser: process.argv.includes('--browser') });
		console.log(`Ready. n8n runs under ${node}`);
	} catch (error) {
		console.error(`\n${error.step ?? 'Bootstrap'}: ${error.message}`);
		process.exitCode = 1;
	}
}
