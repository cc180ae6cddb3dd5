// How long Slack waits for its 200 from a real n8n, which has 3 s for it, while questions come in.
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { prepare as prepareStage } from '../../scripts/bootstrap.mjs';
import { root } from '../../scripts/paths.mjs';
import { buildPackage, install, loadSandbox } from '../../scripts/stage.mjs';
import { medians } from '../harness.mjs';
import { benchDir } from '../paths.mjs';

const EVENTS_A_SECOND = 50;
const SECONDS = 10;
const WARM_UP = 50;
const LIMIT_MS = 3_000;
const END_TIMEOUT_MS = 120_000;

const userFolder = join(benchDir, 'slack-n8n');

export const title = `Slack in a real n8n: ${EVENTS_A_SECOND} signed events a second for ${SECONDS} s; ms until the answer`;

export const defaultExamples = EVENTS_A_SECOND * SECONDS;

export const defaultRounds = 1;

export const columns = [
	['p50', ({ median: { p50 } }) => p50],
	['p99', ({ median: { p99 } }) => p99],
	['longest', ({ median: { longest } }) => longest],
	['events', ({ median: { events } }) => events],
	['taken at once', ({ median }) => median['taken at once']],
	['executions', ({ median: { executions } }) => executions],
];

const OURS = {
	type: 'n8n-nodes-fine-tuning.slackQuestionTrigger',
	typeVersion: 1.1,
	parameters: {},
	path: 'webhook',
};

/** n8n with what docs/slack.md advises for bursts, but where it says otherwise. */
const CONTENDERS = {
	'Slack Question Trigger': OURS,
	'Slack Question Trigger, n8n as delivered': { ...OURS, isAsDelivered: true },
	"n8n's Slack Trigger": {
		type: 'n8n-nodes-base.slackTrigger',
		typeVersion: 1,
		parameters: { trigger: ['message'], watchWorkspace: true },
		path: 'webhook',
	},
	"n8n's Webhook, no check at all": {
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		parameters: { httpMethod: 'POST', path: 'slack-bench', responseMode: 'onReceived' },
		path: '',
	},
};

export const goals = [
	[
		`p99 within ${LIMIT_MS} ms, which is all that Slack waits`,
		(of) => LIMIT_MS / of['Slack Question Trigger'].p99,
		1,
	],
	[
		'an execution for each question (executions / events)',
		({ 'Slack Question Trigger': ours }) => ours.executions / ours.events,
		1,
	],
];

export function prepare() {
	return { events: EVENTS_A_SECOND * SECONDS };
}

/** In place of processes of our own: the contender is a trigger node, and the process n8n's. */
export async function measure(_input, rounds) {
	await prepareStage({ n8n: true });
	await buildPackage();
	const kit = await loadSandbox();
	await install(userFolder);
	const isNew = !existsSync(join(userFolder, '.n8n', 'database.sqlite'));
	if (isNew) await (await kit.startN8n({ root, userFolder })).stop();
	try {
		const results = {};
		for (const [name, trigger] of Object.entries(CONTENDERS)) {
			const runs = [];
			for (let round = 0; round < rounds; round++) {
				process.stderr.write(`\r\x1b[Kslack-n8n: ${name}, run ${round + 1} of ${rounds}`);
				runs.push(await runInFreshN8n(kit, trigger));
			}
			results[name] = { runs: rounds, median: medians(runs) };
		}
		return results;
	} finally {
		process.stderr.write('\r\x1b[K');
		await kit.stopProcesses();
	}
}

async function runInFreshN8n(kit, trigger) {
	const slack = await kit.startSlackProcess(root);
	const advised = trigger.isAsDelivered ? {} : kit.FOR_BURSTS;
	const env = { ...slack.env, EXECUTIONS_DATA_SAVE_ON_PROGRESS: 'false', ...advised };
	const n8n = await kit.startN8n({ root, userFolder, env });
	const rest = new kit.N8nRest(n8n.url);
	await rest.signIn();
	const saved = await rest.createWorkflow(await workflowOf(kit, rest, trigger));
	await rest.publish(saved);
	await connect(kit, slack, n8n, saved, trigger);
	try {
		await say(slack, WARM_UP);
		const before = (await state(slack)).deliveries.length;
		await say(slack, EVENTS_A_SECOND * SECONDS);
		const { deliveries } = await state(slack);
		const measured = deliveries.slice(before);
		const times = measured.map(({ attempts }) => attempts[0].milliseconds).sort((a, b) => a - b);
		const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))];
		return {
			p50: at(0.5),
			p99: at(0.99),
			longest: times.at(-1),
			events: measured.length,
			'taken at once': measured.filter(({ attempts }) => attempts[0].status === 200).length,
			executions: (await executions(rest, saved, deliveries.length)) - WARM_UP,
		};
	} finally {
		await rest.request('POST', `/rest/workflows/${saved.id}/deactivate`, {});
		await kit.stopProcesses();
	}
}

async function workflowOf(kit, rest, { type, typeVersion, parameters }) {
	const credential = kit.slackCredential();
	const own = await rest.putCredential(credential);
	const { signingSecret, botToken } = credential.data;
	const theirs = await rest.putCredential({
		name: 'Slack account',
		type: 'slackApi',
		data: { accessToken: botToken, signatureSecret: signingSecret },
	});
	return {
		name: `Bench of ${type}`,
		nodes: [
			{
				...{ id: randomUUID(), name: 'Trigger', type, typeVersion, parameters },
				position: [0, 0],
				webhookId: randomUUID(),
				credentials: { slackQuestionsApi: own, slackApi: theirs },
			},
			{
				...{ id: randomUUID(), name: 'Nothing', type: 'n8n-nodes-base.noOp', typeVersion: 1 },
				...{ parameters: {}, position: [220, 0] },
			},
		],
		connections: { Trigger: { main: [[{ node: 'Nothing', type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	};
}

async function connect(kit, slack, n8n, saved, { path }) {
	const [{ webhookId, parameters }] = saved.nodes;
	const url = `${n8n.url}/webhook/${path ? `${webhookId}/${path}` : parameters.path}`;
	// The Webhook node does not answer Slack's challenge.
	await kit.connectSlack(slack.url, url, { isChecked: path !== '' });
}

/** Direct messages, evenly spread over the time, whatever the answers take. */
async function say(slack, count) {
	const began = performance.now();
	const sent = [];
	for (let index = 0; index < count; index++) {
		const due = began + (index * 1_000) / EVENTS_A_SECOND;
		await pause(Math.max(0, due - performance.now()));
		sent.push(post(`${slack.url}/__slack/say`, { text: `Question ${index}` }));
	}
	await Promise.all(sent);
	await until(async () => (await state(slack)).deliveries.every((one) => one.state !== 'pending'));
}

async function executions(rest, { id }, expected) {
	const count = async () => {
		const filter = encodeURIComponent(JSON.stringify({ workflowId: id, status: ['success'] }));
		return (await rest.request('GET', `/rest/executions?limit=1&filter=${filter}`)).count;
	};
	await until(async () => (await count()) >= expected);
	return await count();
}

const state = async (slack) => await (await fetch(`${slack.url}/__slack/state`)).json();

const post = async (url, body) =>
	await fetch(url, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(body),
	});

async function until(isSo) {
	for (let waited = 0; waited < END_TIMEOUT_MS; waited += 250) {
		if (await isSo()) return;
		await pause(250);
	}
}
