/** What kind of thing Slack has sent to the request URL; all kinds come to the same one. */
import {
	isPlainObject,
	jsonTextDepth,
	MAX_JSON_DEPTH,
	type PlainObject,
} from '../openai/chat/json';

import { filled } from './fields';

export type SlackBody =
	/** https://docs.slack.dev/reference/events/url_verification */
	| { kind: 'challenge'; challenge: string }
	| { kind: 'event'; envelope: PlainObject; event: PlainObject }
	/** https://docs.slack.dev/interactivity/implementing-slash-commands */
	| { kind: 'slashCommand'; fields: PlainObject }
	/** Buttons and shortcuts: https://docs.slack.dev/reference/interaction-payloads */
	| { kind: 'interaction'; payload: PlainObject }
	/** Nothing that anybody has to act on, e.g. `app_rate_limited`, or Slack's look at the certificate. */
	| { kind: 'other'; name: string }
	| { kind: 'malformed' };

/** No message of Slack comes near. */
export const MAX_BODY_BYTES = 1024 * 1024;

const MAX_CHALLENGE_CHARS = 1_000;
const MAX_FORM_FIELDS = 100;

/** Reads a body whose signature was found true. It never throws: what cannot be read is `malformed`. */
export function readBody(body: Uint8Array): SlackBody {
	const text = Buffer.from(body).toString('utf8').trim();
	if (text.startsWith('{')) return readJson(text);
	return /^[\w%.+~*-]{1,200}=/.test(text) ? readForm(text) : { kind: 'malformed' };
}

function readJson(text: string): SlackBody {
	const body = parsed(text);
	if (!body) return { kind: 'malformed' };
	const { type, challenge, event } = body;
	if (type === 'url_verification') {
		const isText = typeof challenge === 'string' && challenge.length <= MAX_CHALLENGE_CHARS;
		return isText ? { kind: 'challenge', challenge } : { kind: 'malformed' };
	}
	if (type !== 'event_callback') return { kind: 'other', name: nameOf(type) };
	return isPlainObject(event) ? { kind: 'event', envelope: body, event } : { kind: 'malformed' };
}

function readForm(text: string): SlackBody {
	const form = new URLSearchParams(text);
	if ([...form.keys()].length > MAX_FORM_FIELDS) return { kind: 'malformed' };
	const payload = form.get('payload');
	if (payload !== null) {
		const read = parsed(payload);
		return read ? { kind: 'interaction', payload: read } : { kind: 'malformed' };
	}
	if (form.has('ssl_check')) return { kind: 'other', name: 'ssl_check' };
	if (!form.get('command')) return { kind: 'other', name: 'form' };
	return { kind: 'slashCommand', fields: filled(Object.fromEntries(form)) };
}

function parsed(text: string): PlainObject | undefined {
	if (jsonTextDepth(text) > MAX_JSON_DEPTH) return undefined;
	try {
		const value: unknown = JSON.parse(text);
		return isPlainObject(value) ? value : undefined;
	} catch {
		return undefined;
	}
}

function nameOf(type: unknown): string {
	return typeof type === 'string' ? type.slice(0, 50) : 'unknown';
}
