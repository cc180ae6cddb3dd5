import type { ApiRequest, ApiResponse, Transport } from '../../http/types';
import { mergeFields } from '../mergeFields';
import { SettingError } from '../settingError';
import { toMs } from '../time';

import { callOf } from './call';
import type { Call, CallName, Dialect } from './types';

const ONE_JOB: readonly CallName[] = [
	'jobs.cancel',
	'jobs.create',
	'jobs.get',
	'jobs.pause',
	'jobs.resume',
];

/** The calls behind each member of `supports`. */
const SUPPORTED_BY: Partial<Record<CallName, keyof Dialect['supports']>> = {
	graders: 'graders',
	'jobs.checkpoints': 'checkpoints',
	'jobs.events': 'events',
	'jobs.pause': 'pause',
	'jobs.resume': 'pause',
	permissions: 'checkpointPermissions',
	storedCompletions: 'storedCompletions',
	uploads: 'uploads',
};

const WORDS: Partial<Record<CallName, string>> = {
	chat: 'chat',
	'files.content': 'download files',
	'files.create': 'upload files',
	'files.delete': 'delete files',
	'files.get': 'look up files',
	'files.list': 'list files',
	graders: 'check and run graders',
	'jobs.cancel': 'cancel jobs',
	'jobs.checkpoints': 'list the checkpoints of a job',
	'jobs.events': 'list the events of a job',
	'jobs.list': 'list jobs',
	'jobs.pause': 'pause and resume jobs',
	'jobs.resume': 'pause and resume jobs',
	'models.delete': 'delete models',
	'models.get': 'look up one model',
	'models.list': 'list models',
	permissions: 'share checkpoints with projects',
	storedCompletions: 'keep and list answers',
	uploads: 'upload files in parts',
	webhooks: 'register webhooks',
};

/**
 * A transport that takes OpenAI's requests and gives OpenAI's answers, whatever server is behind it.
 *
 * @param send - sends requests to that server as they are.
 */
export function speak(dialect: Dialect, send: Transport): Transport {
	return async <T>(request: ApiRequest) => {
		const call = callOf(request);
		const lack = lackOf(dialect, call.name);
		if (lack !== undefined) throw lacking(dialect, call.name, lack);
		const prepared = { ...call, request: withExtras(dialect, call) };
		const handler = dialect.calls?.[call.name];
		const answer = handler ? await handler(prepared, send) : await send(prepared.request);
		return withOurWords(dialect, call.name, answer) as ApiResponse<T>;
	};
}

/** What to do where the server has not this call; undefined where it has. */
export function lackOf(
	dialect: Pick<Dialect, 'lacks' | 'supports'>,
	name: CallName,
): string | undefined {
	const own = dialect.lacks?.[name];
	if (own !== undefined) return own;
	const part = SUPPORTED_BY[name];
	return part === undefined || dialect.supports[part] ? undefined : ADVICE[part];
}

const ADVICE: Record<keyof Dialect['supports'], string> = {
	checkpointPermissions: 'Share the model at the provider itself.',
	checkpoints: 'Use Get to see its model.',
	events: 'Use Get to see its status.',
	graders: 'Try them with the rules of OpenAI, e.g. in the sandbox.',
	pause: 'Cancel the job, or let it run to its end.',
	storedCompletions:
		'Keep questions and answers in a data table of n8n, and build the file from that.',
	uploads: 'Send the file in one request.',
};

function lacking({ name }: Dialect, call: CallName, advice: string): SettingError {
	return new SettingError(`${name} has no way to ${WORDS[call] ?? 'do this'}`, advice);
}

function withExtras({ extras = {}, chat }: Dialect, { name, request }: Call): ApiRequest {
	if (name === 'chat') return { ...request, body: chatBody(request.body, chat) };
	if (name.startsWith('jobs.')) {
		const query = extras.jobQuery ? { ...extras.jobQuery, ...request.query } : request.query;
		const takes = name === 'jobs.create' || name === 'jobs.cancel';
		const body =
			takes && extras.jobBody ? mergeFields(request.body ?? {}, extras.jobBody) : request.body;
		return { ...request, query, body };
	}
	if (name.startsWith('files.')) {
		const query = extras.fileQuery ? { ...extras.fileQuery, ...request.query } : request.query;
		// Fields stand before the file, whose bytes some servers read as a stream.
		const form = request.form && [...(extras.fileForm ?? []), ...request.form];
		return { ...request, query, form };
	}
	return request;
}

function chatBody(body: object | undefined, rules: Dialect['chat']): object | undefined {
	if (rules?.maxTokens !== 'max_tokens' || !body || !('max_completion_tokens' in body)) return body;
	const { max_completion_tokens: most, ...rest } = body;
	return { max_tokens: most, ...rest };
}

function withOurWords(dialect: Dialect, name: CallName, answer: ApiResponse): ApiResponse {
	if (dialect.rawJobs) return answer;
	if (ONE_JOB.includes(name)) return { ...answer, data: translated(dialect, answer.data) };
	if (name === 'files.create' || name === 'files.get') {
		return { ...answer, data: plainFile(answer.data) };
	}
	if (name !== 'jobs.list' && name !== 'files.list') return answer;
	const list = answer.data as { data?: unknown } | undefined;
	if (!Array.isArray(list?.data)) return answer;
	const present = (item: unknown) =>
		name === 'jobs.list' ? translated(dialect, item) : plainFile(item);
	return { ...answer, data: { ...list, data: list.data.map(present) } };
}

/** A file with numbers where some servers send text. */
function plainFile(file: unknown): unknown {
	if (typeof file !== 'object' || file === null || Array.isArray(file)) return file;
	const { bytes, created_at: created, ...rest } = file as Record<string, unknown>;
	return {
		...rest,
		...(bytes !== undefined && { bytes: Number(bytes) }),
		...(created !== undefined && { created_at: seconds(created) }),
	};
}

/** A job with `status` and `fine_tuned_model` in OpenAI's terms; its own word stays beside them. */
function translated(dialect: Dialect, job: unknown): unknown {
	if (typeof job !== 'object' || job === null || Array.isArray(job)) return job;
	const raw = job as Record<string, unknown>;
	const word = typeof raw.status === 'string' ? raw.status : '';
	const status = dialect.jobStatus(word);
	const model = status === 'succeeded' ? (dialect.tunedModel(raw) ?? null) : null;
	return {
		...raw,
		status,
		...(word !== status && { provider_status: word }),
		fine_tuned_model: model,
		...(raw.created_at !== undefined && { created_at: seconds(raw.created_at) }),
		...(raw.finished_at !== undefined && { finished_at: seconds(raw.finished_at) }),
	};
}

/** Some servers send 64-bit numbers as text, some send dates, and some 0 for none. */
function seconds(time: unknown): number | null {
	const number = typeof time === 'string' && /^\d{1,15}$/.test(time) ? Number(time) : time;
	const ms = toMs(number);
	return ms === undefined ? null : Math.floor(ms / 1000);
}
