// `npm start`: from a fresh clone to a fine-tuned model that answers, in a real n8n. See --help.
import { readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { prepare } from './bootstrap.mjs';
import { agreeToRealService } from './consent.mjs';
import { root } from './paths.mjs';
import { describeNodeRun } from './narrate.mjs';
import { say, step, StepFailure } from './progress.mjs';
import { buildPackage, importWorkflows, install, loadSandbox } from './stage.mjs';

const UTILITY = 'utility-fine-tune-openai-model.json';
const CHAT = 'ask-fine-tuned-model.json';
const SLACK = 'main-entry-slack-api-request-handler.json';
const TRIGGER = 'Start Here';
const RUN_TIMEOUT_MS = { sandbox: 5 * 60_000, real: 6 * 60 * 60_000 };
const QUESTIONS_ASKED = 3;
const SLACK_QUESTION = 'What was the main complaint in the 2025 Onboarding Experience Survey?';
/** The roads from tickets that are shown at the first start. */
const TICKETS = 'fine-tune-itsm-support-data.json';
const GENERATE_ZENDESK = 'generate-training-data-zendesk.json';
/** Workflows that others call, each behind those it calls itself. Notion's has no credential here. */
const CALLED = [
	'main-ai-agent-tools-logic.json',
	'slack-feedback.json',
	'process-ticket.json',
	'generate-training-data.json',
	GENERATE_ZENDESK,
	'generate-training-data-servicenow.json',
	'generate-training-data-salesforce.json',
];

const HELP = `npm start [-- options]

  Starts a real n8n with this package and stand-ins for OpenAI, Slack and four ticket systems on
  this machine, runs the utility workflow and the ticket workflows once, asks the tuned model in
  n8n's chat and in Slack, and leaves n8n running for you.

  --once        run the workflow, print the answers, stop everything and exit
  --real        use the OpenAI service with OPENAI_API_KEY (asks before anything is spent)
  --yes         with --real: agree without being asked
  --fresh       forget the n8n and the models of earlier starts
  --folder DIR  keep n8n and the sandbox's data there (.sandbox/start)
  --port N      port of n8n (5678 if free)
  --speed N     how many times faster than OpenAI the sandbox trains (150)
`;

const options = readOptions();

/** Stops what runs; nothing does before the sandbox's modules are compiled. */
let stopProcesses = async () => {};
let stopping = false;

if (options.help) {
	say(HELP);
} else {
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK']) onSignal(signal);
	try {
		await main();
	} catch (error) {
		if (!stopping) {
			say(`\nnpm start stopped at the step "${error.step ?? 'start'}":\n${error.message}`);
			await stopProcesses();
			process.exit(1);
		}
	}
}

function readOptions() {
	try {
		const { values } = parseArgs({
			options: {
				once: { type: 'boolean', default: false },
				real: { type: 'boolean', default: false },
				yes: { type: 'boolean', default: false },
				fresh: { type: 'boolean', default: false },
				folder: { type: 'string' },
				port: { type: 'string', default: '5678' },
				speed: { type: 'string', default: '150' },
				help: { type: 'boolean', default: false },
			},
		});
		return {
			...values,
			port: wholeNumber('port', values.port, 65_535),
			speed: wholeNumber('speed', values.speed, 1_000_000),
		};
	} catch (error) {
		say(`${error.message}\n\n${HELP}`);
		process.exit(2);
	}
}

function wholeNumber(name, text, max) {
	const value = Number(text);
	if (text !== '' && Number.isInteger(value) && value >= 0 && value <= max) return value;
	throw new Error(`--${name} takes a whole number from 0 to ${max}, not "${text}".`);
}

async function main() {
	const began = performance.now();
	const real = await agreeToRealService(options);
	const folder = resolve(options.folder ?? join(root, '.sandbox', real ? 'real' : 'start'));
	if (options.fresh) rmSync(folder, { recursive: true, force: true });
	await prepare({ n8n: true });
	await buildPackage();
	const kit = await loadSandbox();
	stopProcesses = kit.stopProcesses;
	await install(folder);
	const stage = await raise(kit, folder, real);
	// The chat page asks the newest model: that of the utility workflow is to be it.
	if (!real) await trainOnTickets(stage);
	await makeModel(stage);
	await askModel(stage);
	if (!real) await askInSlack(stage);
	if (options.once) {
		await stopProcesses();
		say(`\nDone in ${Math.round((performance.now() - began) / 1000)} s.`);
		return;
	}
	showAddresses(stage);
	await watch(kit);
}

/** Starts what has to run and puts credential and workflows in place. */
async function raise(kit, folder, real) {
	const sandbox = real ? undefined : await startSandbox(kit, folder);
	const tickets = real
		? undefined
		: await step('Start the ticket systems and the mailbox', () => kit.startTicketSandbox(root));
	const slack = real
		? undefined
		: await step('Start the stand-in of Slack', () =>
				kit.startSlackProcess(root, { preferredPort: 8788 }),
			);
	const n8n = await step('Start n8n', () =>
		kit.startN8n({ root, userFolder: folder, preferredPort: options.port, env: slack?.env }),
	);
	const rest = new kit.N8nRest(n8n.url);
	await step('Sign in and import the credentials', async () => {
		await rest.signIn();
		await rest.putCredential(
			real ? kit.openAiCredential(process.env.OPENAI_API_KEY) : kit.sandboxCredential(sandbox.url),
		);
		for (const one of tickets ? kit.ticketCredentials(tickets.addresses) : [])
			await rest.putCredential(one);
		if (slack) await rest.putCredential(kit.slackCredential());
	});
	const workflows = await step('Import and publish the workflows', async () => {
		const saved = await importWorkflows(rest, join(folder, 'workflows.json'));
		for (const file of [CHAT, ...(real ? [] : [...CALLED, SLACK])]) await rest.publish(saved[file]);
		return saved;
	});
	if (slack)
		await step('Connect Slack with its workflow', () =>
			kit.connectSlack(slack.url, kit.slackWebhookUrl(n8n.url, workflows[SLACK])),
		);
	return { kit, real, sandbox, tickets, slack, n8n, rest, workflows };
}

async function startSandbox(kit, folder) {
	return await step('Start the OpenAI sandbox', () =>
		kit.startOpenAiSandbox({
			root,
			state: join(folder, 'openai-sandbox.sqlite'),
			speed: options.speed,
			preferredPort: 8787,
		}),
	);
}

/** Runs the utility workflow, unless an earlier start has left a model. */
async function makeModel({ kit, real, rest, workflows }) {
	const known = await rest.succeededExecutions(workflows[UTILITY].id);
	if (known.length > 0 && !options.once) {
		say('✓ A tuned model is here from an earlier start');
		return;
	}
	const timeoutMs = real ? RUN_TIMEOUT_MS.real : RUN_TIMEOUT_MS.sandbox;
	await runAndTell(kit, rest, workflows[UTILITY], timeoutMs);
}

/** The Jira road to its end, the Zendesk one up to the file; an earlier start has done both. */
async function trainOnTickets({ kit, rest, workflows, tickets }) {
	const known = await rest.succeededExecutions(workflows[TICKETS].id);
	if (known.length > 0 && !options.once) {
		say('✓ The ticket workflows ran at an earlier start');
		return;
	}
	await runAndTell(kit, rest, workflows[TICKETS]);
	await runAndTell(kit, rest, workflows[GENERATE_ZENDESK]);
	const mails = await (await fetch(`${tickets.addresses.mailbox}/messages`)).json();
	say(`\n  Mail  ${mails.at(-1)?.subject ?? 'none came'}`);
}

async function runAndTell(kit, rest, workflow, timeoutMs = RUN_TIMEOUT_MS.sandbox) {
	say(`\nThe workflow "${workflow.name}":`);
	await step(`Run "${workflow.name}"`, async (_note, print) => {
		const id = await rest.runWorkflow(workflow.id, TRIGGER);
		const execution = await kit.followExecution(rest, id, {
			timeoutMs,
			onNode: (name, run) => print(describeNodeRun(name, run)),
		});
		kit.assertSucceeded(execution);
	});
}

/** Asks over the chat page's own interface, with questions that are not in the training data. */
async function askModel({ kit, n8n, workflows }) {
	const url = kit.chatUrl(n8n.url, workflows[CHAT]);
	const file = join(root, 'workflows', 'samples', 'alderbrook-held-out.json');
	const heldOut = JSON.parse(readFileSync(file, 'utf8'));
	const answers = await step(`Ask the tuned model ${QUESTIONS_ASKED} questions`, async () => {
		const pairs = [];
		for (const { question } of heldOut.slice(0, QUESTIONS_ASKED))
			pairs.push({ question, answer: await kit.sendChatMessage(url, question) });
		return pairs;
	});
	for (const { question, answer } of answers) say(`\n  Q  ${question}\n  A  ${answer}`);
}

/** As a colleague would, with the question that everybody asks. */
async function askInSlack({ kit, slack }) {
	const answer = await step('Ask in Slack', () => kit.askInSlack(slack.url, SLACK_QUESTION));
	say(`\n  Slack  ${SLACK_QUESTION}\n         ${answer}`);
}

function showAddresses({ kit, real, sandbox, tickets, slack, n8n, workflows }) {
	const editor = (file) => `${n8n.url}/workflow/${workflows[file].id}`;
	say(`
  n8n editor     ${editor(UTILITY)}
  sign in as     ${kit.OWNER.email}
  password       ${kit.OWNER.password}
  chat page      ${kit.chatUrl(n8n.url, workflows[CHAT])}
                 (n8n loads its script from cdn.jsdelivr.net; without internet use "Open chat" in
                 ${editor(CHAT)})
  ${real ? `Slack          ${editor(SLACK)} (docs/slack.md)` : `Slack          ${slack.url} (a stand-in: ask there as in Slack)`}
  tickets        ${editor(TICKETS)}
  ${real ? 'mail           by the SMTP account that you add' : `mailbox        ${tickets.addresses.mailbox}`}
  ${real ? 'models from    OpenAI, with your API key' : `OpenAI sandbox ${sandbox.url}/v1, API key ${kit.SANDBOX_API_KEY}`}

  Ctrl-C stops everything.`);
}

/** Stays until Ctrl-C; says so when something ends by itself. */
async function watch({ runningProcesses }) {
	const started = runningProcesses();
	while (!stopping) {
		const ended = started.find((one) => one.ending() !== undefined);
		if (ended)
			throw new StepFailure(
				`keep ${ended.name} running`,
				`It ended by itself (${ended.ending()}). Its last lines:\n${ended.output().slice(-3000)}`,
			);
		await pause(500);
	}
}

function onSignal(signal) {
	process.on(signal, async () => {
		const again = stopping;
		stopping = true;
		if (!again) say('\nStopping n8n and the sandbox (Ctrl-C once more: at once) …');
		await stopProcesses({ atOnce: again });
		say('Stopped.');
		process.exit(options.once ? 130 : 0);
	});
}
