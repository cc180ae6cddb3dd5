import { ApiError } from '../../http/errors';
import type { ApiRequest, ApiResponse, Transport } from '../../http/types';

import { type Fields, onePage, rowsOf, text, unixOf } from './answers';

/** Together's names of measurements -> OpenAI's. */
const MEASURED: Readonly<Record<string, string>> = {
	'eval/loss': 'valid_loss',
	'train/global_step': 'step',
	'train/grad_norm': 'grad_norm',
	'train/learning_rate': 'learning_rate',
	'train/loss': 'train_loss',
};

/**
 * What happened to a job and, as events of the type `metrics`, what was measured; newest first.
 * https://docs.together.ai/reference/get-fine-tunes-id-events, https://docs.together.ai/reference/get-fine-tunes-id-metrics
 */
export async function togetherEvents(
	job: string,
	request: ApiRequest,
	send: Transport,
): Promise<ApiResponse> {
	const answer = await send({ ...request, path: `${job}/events`, query: undefined });
	const messages = rowsOf(answer.data, 'data').map(messageOf);
	const last = messages.reduce((time, event) => Math.max(time, event.created_at ?? 0), 0);
	const measured = await measurements(job, request, send);
	const metrics = measured.map((row, index) => metricsOf(row, index, last || null));
	const all = [...messages, ...metrics];
	// Stable: what happened at one time stays in its order, and the list begins with the newest.
	return onePage(answer, all.sort((a, b) => (a.created_at ?? 0) - (b.created_at ?? 0)).reverse());
}

/** Older jobs have none. */
async function measurements(job: string, request: ApiRequest, send: Transport): Promise<Fields[]> {
	try {
		const { data } = await send({ ...request, path: `${job}/metrics`, query: undefined });
		return rowsOf(data, 'metrics');
	} catch (cause) {
		return passOver(cause);
	}
}

function passOver(cause: unknown): [] {
	if (cause instanceof ApiError && [400, 404, 500].includes(cause.details.status ?? 0)) return [];
	throw cause;
}

function messageOf(row: Fields, index: number) {
	const kind = text(row.type) ?? 'event';
	return {
		id: text(row.hash) ?? `${kind}-${index}`,
		object: 'fine_tuning.job.event',
		created_at: unixOf(row.created_at),
		level: levelOf(row.level),
		message: text(row.message) ?? kind,
		type: 'message',
		data: row,
	};
}

function levelOf(level: unknown): 'info' | 'warn' | 'error' {
	const word = String(level).toLowerCase();
	return word.includes('err') ? 'error' : word.includes('warn') ? 'warn' : 'info';
}

function metricsOf(row: Fields, index: number, created: number | null) {
	const data = Object.fromEntries(
		Object.entries(row).map(([name, value]) => [
			Object.hasOwn(MEASURED, name) ? MEASURED[name] : name.replaceAll('/', '_'),
			value,
		]),
	);
	const { step, train_loss: loss } = data;
	return {
		id: `metrics-${typeof step === 'number' ? step : index}`,
		object: 'fine_tuning.job.event',
		created_at: unixOf(row.logged_at) ?? created,
		level: 'info',
		message: `Step ${String(step ?? index)}${typeof loss === 'number' ? `: training loss=${loss}` : ''}`,
		type: 'metrics',
		data,
	};
}
