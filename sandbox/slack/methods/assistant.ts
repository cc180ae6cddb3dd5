import type { Call, Method } from '../call';
import { SlackRefusal } from '../refusal';
import type { Json } from '../types';
import { channelFor } from '../workspace';

const scopes = ['assistant:write', 'chat:write'];
const MAX_LOADING_MESSAGES = 10;
const MAX_PROMPTS = 4;

export const assistantMethods: Record<string, Method> = {
	'assistant.threads.setStatus': { scopes, run: setStatus },
	'assistant.threads.setTitle': { scopes: ['assistant:write'], run: setTitle },
	'assistant.threads.setSuggestedPrompts': { scopes: ['assistant:write'], run: setPrompts },
};

function setStatus({ workspace, app, args }: Call): Json {
	const { channel, threadTs } = threadOf({ workspace, app, args });
	if (typeof args.status !== 'string')
		throw new SlackRefusal('invalid_arguments', missing('status'));
	const loadingMessages = listOf(args.loading_messages).map(String);
	if (loadingMessages.length > MAX_LOADING_MESSAGES) throw new SlackRefusal('invalid_arguments');
	workspace.setStatus({
		channel,
		threadTs,
		user: app.botUserId,
		text: args.status,
		loadingMessages,
	});
	return { ok: true };
}

function setTitle(call: Call): Json {
	threadOf(call);
	if (!call.args.title) throw new SlackRefusal('invalid_arguments', missing('title'));
	return { ok: true };
}

function setPrompts({ workspace, app, args }: Call): Json {
	channelFor(workspace, app, args.channel_id);
	if (listOf(args.prompts).length > MAX_PROMPTS) throw new SlackRefusal('too_many_prompts');
	return { ok: true };
}

function threadOf({ workspace, app, args }: Pick<Call, 'workspace' | 'app' | 'args'>) {
	const { id } = channelFor(workspace, app, args.channel_id);
	const threadTs = String(args.thread_ts ?? '');
	if (!workspace.message(id, threadTs)) throw new SlackRefusal('invalid_thread_ts');
	return { channel: id, threadTs };
}

function listOf(value: unknown): unknown[] {
	const list: unknown = typeof value === 'string' ? JSON.parse(value) : (value ?? []);
	if (!Array.isArray(list)) throw new SlackRefusal('invalid_arguments');
	return list;
}

const missing = (name: string) => ({
	response_metadata: { messages: [`[ERROR] missing required field: ${name}`] },
});
