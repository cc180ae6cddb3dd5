import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { WorkflowFile } from './rest';

const CHAT_TRIGGER = '@n8n/n8n-nodes-langchain.chatTrigger';
const PUBLISH_TIMEOUT_MS = 20_000;

/** Address of the chat page that n8n serves for a published workflow with a public chat trigger. */
export function chatUrl(n8nUrl: string, workflow: WorkflowFile): string {
	const trigger = workflow.nodes.find(({ type }) => type === CHAT_TRIGGER);
	if (!trigger?.webhookId) throw new Error(`"${workflow.name}" has no chat trigger.`);
	return `${n8nUrl}/webhook/${trigger.webhookId}/chat`;
}

/** Sends one message as the chat page does and resolves with the answer. */
export async function sendChatMessage(
	url: string,
	message: string,
	sessionId: string = randomUUID(),
): Promise<string> {
	const response = await postWhenPublished(url, {
		action: 'sendMessage',
		sessionId,
		chatInput: message,
	});
	const text = await response.text();
	if (!response.ok)
		throw new Error(`The chat answered with ${response.status}: ${text.slice(0, 500)}`);
	const answer = JSON.parse(text) as { output?: unknown; text?: unknown };
	const shown = answer.output ?? answer.text;
	if (typeof shown !== 'string')
		throw new Error(`The chat answered without a text: ${text.slice(0, 500)}`);
	return shown;
}

/** A workflow that was published a moment ago answers 404 at first. */
async function postWhenPublished(url: string, body: object): Promise<Response> {
	const deadline = performance.now() + PUBLISH_TIMEOUT_MS;
	for (;;) {
		const response = await fetch(url, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(body),
			signal: AbortSignal.timeout(120_000),
		});
		if (response.status !== 404 || performance.now() > deadline) return response;
		await pause(200);
	}
}
