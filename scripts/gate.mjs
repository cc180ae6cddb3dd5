// n8n's gate, as n8n runs it before it verifies a package, and what our users rely on besides:
// both lint legs (sources, unpacked tarball) with the scanner's pinned rules and with the newest published ones,
// every file named in package.json loads from the tarball, and no public name has changed unseen.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
	buildScanConfig,
	SOURCE_FILE_PATTERNS,
} from '@n8n/scan-community-package/scanner/scanner.mjs';
import { n8nCommunityNodesPlugin } from '@n8n/eslint-plugin-community-nodes';
import { ESLint as NewestESLint } from 'eslint';
import n8nNodesBase from 'eslint-plugin-n8n-nodes-base';
import { build } from './build.mjs';
import { cacheDir, root } from './paths.mjs';

const TARBALL_PATTERNS = ['**/*.js', 'package.json'];
const PUBLIC_API_FILE = join(root, 'test', 'public-api.json');

/** @returns {Promise<Array<{name: string, ok: boolean, detail?: string}>>} */
export async function runGate({ updatePublicApi = false } = {}) {
	build();
	const unpacked = packAndUnpack();
	const results = [];
	for (const ruleset of [await pinnedRules(), await newestRules()]) {
		results.push(
			await canary(ruleset),
			await lintLeg('sources', root, SOURCE_FILE_PATTERNS, ruleset),
			await lintLeg('tarball', unpacked, TARBALL_PATTERNS, ruleset),
		);
	}
	const loaded = loadFromTarball(unpacked);
	results.push({
		name: 'gate: every node and credential loads from the tarball',
		ok: loaded.ok,
		detail: loaded.detail,
	});
	if (loaded.ok) results.push(comparePublicApi(loaded.api, updatePublicApi));
	return results;
}

function packAndUnpack() {
	const dir = join(cacheDir, 'gate');
	rmSync(dir, { recursive: true, force: true });
	mkdirSync(join(dir, 'unpacked'), { recursive: true });
	execFileSync('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', dir], {
		cwd: root,
		shell: process.platform === 'win32',
	});
	const tarball = readdirSync(dir).find((file) => file.endsWith('.tgz'));
	execFileSync('tar', ['-xzf', tarball, '-C', 'unpacked', '--strip-components=1'], { cwd: dir });
	return join(dir, 'unpacked');
}

/** The scanner as it is published, with the linter that it was made for. */
async function pinnedRules() {
	const fromScanner = createRequire(
		import.meta.resolve('@n8n/scan-community-package/scanner/scanner.mjs'),
	);
	return {
		label: "the scanner's rules",
		Linter: fromScanner('eslint').ESLint,
		config: await buildScanConfig(),
	};
}

/** The scanner pins older plugins; a package that is published tomorrow meets today's. */
async function newestRules() {
	const pinned = await buildScanConfig();
	const scannersOwn = pinned.filter((entry) => !entry.plugins?.['@n8n/community-nodes']);
	return {
		label: 'the newest rules',
		Linter: NewestESLint,
		config: [
			n8nCommunityNodesPlugin.configs.recommended,
			...scannersOwn.map((entry) =>
				entry.plugins ? { ...entry, plugins: { 'n8n-nodes-base': n8nNodesBase } } : entry,
			),
		].flat(),
	};
}

function createLinter(cwd, { Linter, config }) {
	return new Linter({
		cwd,
		allowInlineConfig: false,
		overrideConfigFile: true,
		overrideConfig: [{ ignores: ['node_modules/**', 'package-lock.json'] }, ...config],
	});
}

async function lintLeg(leg, cwd, patterns, ruleset) {
	const eslint = createLinter(cwd, ruleset);
	const files = await eslint.lintFiles(patterns);
	const findings = files.reduce((sum, file) => sum + file.errorCount + file.warningCount, 0);
	const detail =
		findings > 0
			? await (await eslint.loadFormatter('stylish')).format(files)
			: `${files.length} files`;
	return {
		name: `gate: ${leg}, ${ruleset.label} (${files.length} files)`,
		ok: findings === 0 && files.length > 5,
		detail,
	};
}

/** A linter whose plugins were not wired in would call everything clean: it must refuse this one. */
async function canary(ruleset) {
	const eslint = createLinter(root, ruleset);
	const bad =
		"import fs from 'fs';\nexport const x = { displayName: 'thing', name: 'thing', type: 'boolean', default: 5, description: 'does it.' };\nsetTimeout(() => console.log(fs), 1);\n";
	const [file] = await eslint.lintText(bad, {
		filePath: join(root, 'nodes', 'Canary', 'Canary.node.ts'),
	});
	const rules = new Set(file.messages.map((message) => message.ruleId?.split('/')[0]));
	const ok = rules.has('@n8n') && rules.has('n8n-nodes-base') && rules.has('no-console');
	return { name: `gate: ${ruleset.label} refuse a bad node`, ok, detail: [...rules].join(', ') };
}

function loadFromTarball(unpacked) {
	const { status, stdout, stderr } = spawnSync(
		process.execPath,
		[join(root, 'scripts', 'load-package.cjs'), unpacked],
		{
			encoding: 'utf8',
			env: { ...process.env, N8N_USER_FOLDER: join(cacheDir, 'gate', 'n8n-home') },
		},
	);
	if (status !== 0) return { ok: false, detail: stderr || stdout };
	return { ok: true, detail: undefined, api: JSON.parse(stdout) };
}

function comparePublicApi(api, update) {
	const name = 'gate: public names are as committed in test/public-api.json';
	const text = `${JSON.stringify(api, null, 1)}\n`;
	if (update) writeFileSync(PUBLIC_API_FILE, text);
	const committed = existsSync(PUBLIC_API_FILE) ? readFileSync(PUBLIC_API_FILE, 'utf8') : '';
	if (committed === text) return { name, ok: true };
	const before = new Set(committed.split('\n'));
	const after = new Set(text.split('\n'));
	const lines = [
		...[...before].filter((line) => !after.has(line)).map((line) => `- ${line.trim()}`),
		...[...after].filter((line) => !before.has(line)).map((line) => `+ ${line.trim()}`),
	];
	return {
		name,
		ok: false,
		detail: `${lines.slice(0, 40).join('\n')}\nIf this is meant: npm run gate -- --update, and review the diff.`,
	};
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
	const results = await runGate({ updatePublicApi: process.argv.includes('--update') });
	for (const { name, ok, detail } of results)
		console.log(`${ok ? 'ok  ' : 'FAIL'} ${name}${ok || !detail ? '' : `\n${detail}`}`);
	process.exitCode = results.every(({ ok }) => ok) ? 0 : 1;
}
