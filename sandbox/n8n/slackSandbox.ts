import { join } from 'node:path';

import { DEMO } from '../slack/demo';

import { sandboxNode } from './n8n';
import { startNodeProcess, waitUntil, watchdogFile } from './processes';
import type { CredentialBody, WorkflowFile } from './rest';

/** What docs/slack.md advises for an n8n that many people ask at once. */
export const FOR_BURSTS = {
	N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true',
	N8N_CONCURRENCY_PRODUCTION_LIMIT: '10',
};

export interface SlackAddresses {
	/** The chat page. */
	url: string;
	/** With these variables a process that n8n is meets the stand-in at slack.com. */
	env: Record<string, string>;
}

/** Starts the compiled stand-in of Slack, and the proxy in front of it, as a process of their own. */
export async function startSlackProcess(
	root: string,
	{ preferredPort = 0 } = {},
): Promise<SlackAddresses> {
	const script = join(root, '.cache', 'sandbox', 'sandbox', 'slack', 'cli.js');
	const server = startNodeProcess(
		'the Slack sandbox',
		sandboxNode(root),
		script,
		['--port', String(preferredPort)],
		{ cwd: root, env: process.env, watchdog: watchdogFile(root) },
	);
	try {
		return await waitUntil('the Slack sandbox was ready', async () => firstLine(server.output()), {
			timeoutMs: 30_000,
			everyMs: 50,
			from: server,
		});
	} catch (error) {
		await server.kill();
		throw error;
	}
}

/** The credential of the app in the stand-in, under the name that n8n proposes and the workflow files use. */
export function slackCredential(): CredentialBody {
	return {
		name: 'Slack Questions account',
		type: 'slackQuestionsApi',
		data: {
			signingSecret: DEMO.signingSecret,
			botToken: DEMO.botToken,
			apiUrl: 'https://slack.com/api',
		},
	};
}

/** Address of the webhook of a published workflow with a Slack Question Trigger. */
export function slackWebhookUrl(n8nUrl: string, workflow: WorkflowFile): string {
	const trigger = workflow.nodes.find(({ type }) => type.endsWith('.slackQuestionTrigger'));
	if (!trigger?.webhookId) throw new Error(`"${workflow.name}" has no Slack Question Trigger.`);
	return `${n8nUrl}/webhook/${trigger.webhookId}/webhook`;
}

/**
 * Tells the stand-in where the app's events go. A workflow that was published a moment ago answers 404 at first.
 *
 * @param isChecked - whether the address has to answer Slack's challenge, as it must at Slack
 * @throws with what Slack would say when the address does not answer as it should
 */
export async function connectSlack(
	slackUrl: string,
	webhookUrl: string,
	{ isChecked = true } = {},
): Promise<void> {
	await waitUntil(
		'Slack accepted the address of the workflow',
		async () => {
			const response = await fetch(`${slackUrl}/__slack/request-url`, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify({ url: webhookUrl, isChecked }),
			});
			if (response.ok) return true;
			throw new Error(((await response.json()) as { message: string }).message);
		},
		{ timeoutMs: 20_000 },
	);
}

/** Asks the app in a direct message, as somebody in Slack would, and resolves with the answer in the thread. */
export async function askInSlack(slackUrl: string, question: string): Promise<string> {
	const said = await fetch(`${slackUrl}/__slack/say`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ text: question }),
	});
	const { ts } = (await said.json()) as { ts: string };
	return await waitUntil(
		'an answer came in Slack',
		async () => {
			const state = await (await fetch(`${slackUrl}/__slack/state`)).json();
			return answerIn(state as { messages: SlackMessage[] }, ts);
		},
		{ timeoutMs: 60_000 },
	);
}

interface SlackMessage {
	text: string;
	thread_ts?: string;
	bot_id?: string;
	isStreaming?: boolean;
}

function answerIn({ messages }: { messages: SlackMessage[] }, ts: string): string | undefined {
	return messages.find((one) => one.thread_ts === ts && one.bot_id && !one.isStreaming)?.text;
}

function firstLine(output: string): SlackAddresses | undefined {
	const line = /^\{.*\}$/m.exec(output)?.[0];
	return line === undefined ? undefined : (JSON.parse(line) as SlackAddresses);
}
