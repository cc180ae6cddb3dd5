import type { ApiRequest } from '../../http/types';

import type { Call, CallName } from './types';

const JOB_VERBS: Readonly<Record<string, CallName>> = {
	'GET ': 'jobs.get',
	'GET checkpoints': 'jobs.checkpoints',
	'GET events': 'jobs.events',
	'POST cancel': 'jobs.cancel',
	'POST pause': 'jobs.pause',
	'POST resume': 'jobs.resume',
};

const FILE_VERBS: Readonly<Record<string, CallName>> = {
	'DELETE ': 'files.delete',
	'GET ': 'files.get',
	'GET content': 'files.content',
};

const MODEL_VERBS: Readonly<Record<string, CallName>> = {
	'DELETE ': 'models.delete',
	'GET ': 'models.get',
};

/** Which of OpenAI's calls a request is, https://platform.openai.com/docs/api-reference. */
export function callOf(request: ApiRequest): Call {
	const [first = '', second = '', ...rest] = request.path.split('/').slice(1);
	const is = (name: CallName, id = ''): Call => ({ name, id, request });
	const { method } = request;
	if (first === 'fine_tuning' && second === 'jobs') {
		const [id = '', verb = ''] = rest;
		if (id === '') return is(method === 'POST' ? 'jobs.create' : 'jobs.list');
		return is(lookUp(JOB_VERBS, method, verb), decode(id));
	}
	if (first === 'fine_tuning') return is(second === 'alpha' ? 'graders' : 'permissions');
	if (first === 'files') {
		if (second === '') return is(method === 'POST' ? 'files.create' : 'files.list');
		return is(lookUp(FILE_VERBS, method, rest[0] ?? ''), decode(second));
	}
	if (first === 'models') {
		return second === ''
			? is('models.list')
			: is(lookUp(MODEL_VERBS, method, rest.join('/')), decode([second, ...rest].join('/')));
	}
	if (first === 'uploads') return is('uploads');
	if (first === 'webhook_endpoints' || first === 'webhook_event_types') return is('webhooks');
	if (first !== 'chat' || second !== 'completions') return is('other');
	return rest.length === 0 && method === 'POST'
		? is('chat')
		: is('storedCompletions', rest[0] ?? '');
}

function lookUp(verbs: Readonly<Record<string, CallName>>, method: string, verb: string): CallName {
	const name = `${method} ${verb}`;
	return Object.hasOwn(verbs, name) ? verbs[name] : 'other';
}

function decode(id: string): string {
	try {
		return decodeURIComponent(id);
	} catch {
		return id;
	}
}
