/** What a delivery says. Only what the node needs is read; the job itself is asked for afterwards. */
import { isPlainObject, jsonTextDepth } from '../chat/json';

/** https://platform.openai.com/docs/api-reference/webhook-events/fine_tuning */
export const JOB_EVENT_TYPES = {
	jobSucceeded: 'fine_tuning.job.succeeded',
	jobFailed: 'fine_tuning.job.failed',
	jobCancelled: 'fine_tuning.job.cancelled',
} as const;

export type JobEndEvent = keyof typeof JOB_EVENT_TYPES;

export type WebhookBody =
	| {
			kind: 'jobEnd';
			event: JobEndEvent;
			eventId: string | null;
			jobId: string;
			createdAt: unknown;
	  }
	/** Signed by the server, but about something else. */
	| { kind: 'other'; type: string }
	| { kind: 'malformed' };

/** An event is a few hundred bytes. */
export const MAX_BODY_BYTES = 64 * 1024;

const MAX_DEPTH = 8;
/** Longer texts are no ids; shorter ones are escaped wherever they are used. */
const MAX_ID_CHARS = 200;

/** Reads a body whose signature was found true. It never throws: what cannot be read is `malformed`. */
export function readEvent(body: Uint8Array): WebhookBody {
	const text = Buffer.from(body).toString('utf8');
	if (jsonTextDepth(text) > MAX_DEPTH) return { kind: 'malformed' };
	const event = parsed(text);
	if (!isPlainObject(event) || typeof event.type !== 'string') return { kind: 'malformed' };
	const { type, data, id, created_at: createdAt } = event;
	const name = JOB_EVENTS.find((one) => JOB_EVENT_TYPES[one] === type);
	if (!name) return { kind: 'other', type: type.slice(0, 100) };
	const jobId = isPlainObject(data) ? idOf(data.id) : null;
	if (jobId === null) return { kind: 'malformed' };
	return { kind: 'jobEnd', event: name, eventId: idOf(id), jobId, createdAt };
}

const JOB_EVENTS = Object.keys(JOB_EVENT_TYPES) as JobEndEvent[];

function idOf(value: unknown): string | null {
	const isId = typeof value === 'string' && value.trim() !== '' && value.length <= MAX_ID_CHARS;
	return isId ? value : null;
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}
