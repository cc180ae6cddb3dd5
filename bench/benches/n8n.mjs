// What a large file costs in a real n8n: its resident memory while the packed node works, above what it has when idle.
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { prepare as prepareStage } from '../../scripts/bootstrap.mjs';
import { root } from '../../scripts/paths.mjs';
import { buildPackage, install, loadSandbox } from '../../scripts/stage.mjs';
import { examplesFile } from '../data/files.mjs';
import { medians } from '../harness.mjs';
import { canWatchMemory, watchMemory } from '../memory.mjs';
import { benchDir } from '../paths.mjs';

const LIMIT_MIB = 300;
const TRIGGER = 'Manual Trigger';
const READ = 'Read File';
const BUILDER = 'JSONL Builder';
const RUN_TIMEOUT_MS = 30 * 60_000;
/** n8n gives memory back to the machine some seconds after it has become idle. */
const SETTLED = { forMs: 20_000, withinMs: 120_000 };

const userFolder = join(benchDir, 'n8n');
const storage = join(benchDir, 'n8n-storage');

export const title =
	'n8n: JSONL Builder in a real n8n, binary data on disk, a fresh n8n for each operation; MiB resident';

/** 300 MB. */
export const defaultExamples = 175_000;

/** One is a minute or more. */
export const defaultRounds = 1;

export const columns = [
	['idle', ({ median: mib }) => mib.idle],
	['peak: n8n reads', ({ median: mib }) => mib.readPeak],
	['our node starts', ({ median: mib }) => mib.start],
	['peak: our node', ({ median: mib }) => mib.peak],
	['above idle', ({ median: mib }) => mib.aboveIdle],
	['above its start', ({ median: mib }) => mib.peak - mib.start],
	['idle again', ({ median: mib }) => mib.after],
	['s', ({ median: { seconds } }) => seconds],
	['MB/s', ({ median: { seconds } }, { bytes }) => bytes / 1e6 / seconds],
];

const OPERATIONS = {
	'Validate, exact tokens': { operation: 'validate' },
	'Validate, no tokens': { operation: 'validate', options: { countTokens: 'none' } },
	Repair: { operation: 'repair' },
	Split: { operation: 'split' },
};

export const goals = [
	[
		`within ${LIMIT_MIB} MiB above idle n8n, each operation`,
		(of) => LIMIT_MIB / Math.max(...Object.values(of).map(({ aboveIdle }) => aboveIdle)),
		1,
	],
];

export function prepare({ examples }) {
	return examplesFile(examples);
}

/** In place of processes of our own: the contender is a node, and the process n8n's. */
export async function measure(input, rounds) {
	if (!canWatchMemory) throw new Error('The n8n bench reads /proc, which only Linux has.');
	await prepareStage({ n8n: true });
	await buildPackage();
	const kit = await loadSandbox();
	await install(userFolder);
	try {
		await makeDatabase(kit);
		const results = {};
		for (const [name, parameters] of Object.entries(OPERATIONS)) {
			const runs = [];
			for (let round = 0; round < rounds; round++) {
				process.stderr.write(`\r\x1b[Kn8n: ${name}, run ${round + 1} of ${rounds}`);
				runs.push(await runInFreshN8n(kit, input.file, parameters));
			}
			results[name] = { runs: rounds, median: medians(runs) };
		}
		return results;
	} finally {
		process.stderr.write('\r\x1b[K');
		await kit.stopProcesses();
		rmSync(storage, { recursive: true, force: true });
	}
}

/** n8n's first start makes a hundred database changes, which is not what is measured. */
async function makeDatabase(kit) {
	if (existsSync(join(userFolder, '.n8n', 'database.sqlite'))) return;
	const n8n = await kit.startN8n({ root, userFolder });
	await n8n.stop();
}

async function runInFreshN8n(kit, file, parameters) {
	rmSync(storage, { recursive: true, force: true });
	mkdirSync(storage);
	const n8n = await kit.startN8n({
		root,
		userFolder,
		env: {
			N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem',
			N8N_STORAGE_PATH: storage,
			N8N_RESTRICT_FILE_ACCESS_TO: dirname(file),
		},
	});
	const memory = watchMemory(n8n.process.pid);
	try {
		const rest = new kit.N8nRest(n8n.url);
		await rest.signIn();
		// An n8n that has only just started holds 300 MiB of garbage, under which anything could hide.
		await runWorkflow(kit, rest, reading(file));
		const idle = await memory.settled(SETTLED);
		const execution = await runWorkflow(kit, rest, [...reading(file), builder(parameters)]);
		const after = await memory.settled(SETTLED);
		return { idle, after, ...ofNodes(execution, memory, idle) };
	} finally {
		memory.stop();
		await n8n.stop();
	}
}

async function runWorkflow(kit, rest, steps) {
	const { id } = await rest.createWorkflow(workflowOf(steps));
	const started = await rest.runWorkflow(id, TRIGGER);
	const execution = await kit.followExecution(rest, started, { timeoutMs: RUN_TIMEOUT_MS });
	kit.assertSucceeded(execution);
	return execution;
}

function ofNodes({ resultData: { runData } }, memory, idle) {
	const times = (node) => {
		const { startTime, executionTime } = runData[node].at(-1);
		return [startTime, startTime + executionTime];
	};
	const [start, end] = times(BUILDER);
	const peak = memory.peak(start, end);
	return {
		readPeak: memory.peak(...times(READ)),
		start: memory.at(start),
		peak,
		aboveIdle: peak - idle,
		seconds: (end - start) / 1000,
	};
}

function reading(file) {
	return [
		{ name: TRIGGER, type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, parameters: {} },
		{
			name: READ,
			type: 'n8n-nodes-base.readWriteFile',
			typeVersion: 1.1,
			parameters: { operation: 'read', fileSelector: file },
		},
	];
}

function builder(parameters) {
	return {
		name: BUILDER,
		type: 'n8n-nodes-fine-tuning.jsonlBuilder',
		typeVersion: 1,
		parameters,
	};
}

/** One after the other. */
function workflowOf(steps) {
	const pairs = steps.slice(1).map(({ name }, index) => [steps[index].name, name]);
	return {
		name: 'Bench',
		nodes: steps.map((step, index) => ({ id: randomUUID(), position: [index * 220, 0], ...step })),
		connections: Object.fromEntries(
			pairs.map(([from, to]) => [from, { main: [[{ node: to, type: 'main', index: 0 }]] }]),
		),
		settings: { executionOrder: 'v1' },
	};
}
