// `npm run dev`: n8n with this package and the sandbox; on each saved change the package is built again and n8n reloads it.
import { watch } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { prepare } from './bootstrap.mjs';
import { refreshInstalledPackage } from './package.mjs';
import { root } from './paths.mjs';
import { say, step } from './progress.mjs';
import { buildPackage, importWorkflows, install, loadSandbox } from './stage.mjs';

const WATCHED = ['nodes', 'credentials', 'lib', 'icons'];
const SETTLE_MS = 250;
const RELOAD_TIMEOUT_MS = 6_000;
const folder = join(root, '.sandbox', 'dev');

await prepare({ n8n: true });
await buildPackage();
const kit = await loadSandbox();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK']) process.on(signal, stop);
try {
	await install(folder);
	const sandbox = await step('Start the OpenAI sandbox', () =>
		kit.startOpenAiSandbox({
			root,
			state: join(folder, 'openai-sandbox.sqlite'),
			speed: 90,
			preferredPort: 8787,
		}),
	);
	let n8n = await startN8n();
	const rest = new kit.N8nRest(n8n.url);
	await rest.signIn();
	await rest.putCredential(kit.sandboxCredential(sandbox.url));
	await importWorkflows(rest, join(folder, 'workflows.json'));
	say(
		`\n  n8n editor   ${n8n.url}\n  sign in as   ${kit.OWNER.email}\n  password     ${kit.OWNER.password}`,
	);
	say(
		`  OpenAI sandbox ${sandbox.url}/v1\n\n  Watching ${WATCHED.join(', ')}. Ctrl-C stops everything.`,
	);
	for await (const file of changes()) {
		say(`\n${file} has changed`);
		n8n = await rebuild(n8n);
	}
} catch (error) {
	say(`\nnpm run dev stopped at the step "${error.step ?? 'dev'}":\n${error.message}`);
	await kit.stopProcesses();
	process.exit(1);
}

async function startN8n() {
	return await step('Start n8n', () =>
		kit.startN8n({
			root,
			userFolder: folder,
			preferredPort: 5678,
			env: { N8N_DEV_RELOAD: 'true' },
		}),
	);
}

/** A change that does not compile is shown and leaves n8n as it is. */
async function rebuild(n8n) {
	try {
		await buildPackage();
	} catch (error) {
		say(error.message);
		return n8n;
	}
	const reloads = countReloads(n8n);
	refreshInstalledPackage(folder);
	const reloaded = await step('Reload the nodes in n8n', async () => {
		for (let waited = 0; waited < RELOAD_TIMEOUT_MS; waited += 100) {
			if (countReloads(n8n) > reloads) return true;
			await pause(100);
		}
		return false;
	});
	if (reloaded) return n8n;
	say('n8n could not reload them by itself.');
	await n8n.stop();
	return await startN8n();
}

function countReloads(n8n) {
	return n8n.process.output().split('Hot reload triggered for n8n-nodes-fine-tuning').length;
}

/** Yields the name of a changed file once the burst of changes around it is over. */
async function* changes() {
	let changed;
	for (const name of WATCHED)
		watch(join(root, name), { recursive: true }, (_event, file) => {
			if (file && !/\.generated\.ts$|~$|\.swp$/.test(file)) changed = join(name, file);
		});
	for (;;) {
		await pause(SETTLE_MS);
		if (changed === undefined) continue;
		const file = changed;
		changed = undefined;
		await pause(SETTLE_MS);
		if (changed === undefined) yield file;
	}
}

async function stop() {
	await kit.stopProcesses();
	process.exit(0);
}
