/** The parameters of the node, in every context that n8n calls it in. */
import type { IDataObject } from 'n8n-workflow';

import { SettingError } from '../../lib/openai/settingError';
import type { WatchEvent, WatchSettings } from '../../lib/openai/watch';
import { JOB_EVENT_TYPES, type JobEndEvent } from '../../lib/openai/webhooks';

export type TriggerMode = 'polling' | 'webhook' | 'manualWebhook';

export type ReadParameter = (name: string, fallback?: unknown) => unknown;

export function modeOf(read: ReadParameter): TriggerMode {
	return read('mode', 'polling') as TriggerMode;
}

/** @throws SettingError where nothing could ever start the workflow */
export function watchSettings(read: ReadParameter): WatchSettings {
	const events = read('events', []) as WatchEvent[];
	if (events.length === 0) throw noEvents('Pick at least one.');
	const filters = (read('filters', {}) ?? {}) as IDataObject;
	return {
		events,
		everySteps: wholeNumber(read('everySteps', 10), 'Progress Every (Steps)'),
		retiringWithinDays: wholeNumber(read('retiringWithinDays', 30), 'Retiring Within (Days)'),
		filter: {
			baseModel: text(filters.baseModel),
			suffix: text(filters.suffix),
			metadata: metadataOf(filters.metadata),
		},
	};
}

/** @throws SettingError where none of the events comes by webhook */
export function endEvents({ events }: WatchSettings): JobEndEvent[] {
	const ends = events.filter((event): event is JobEndEvent =>
		Object.hasOwn(JOB_EVENT_TYPES, event),
	);
	if (ends.length > 0) return ends;
	throw noEvents(
		"OpenAI's webhooks tell of the ends of jobs only. Pick one of these, or set 'Mode' to Polling.",
	);
}

function metadataOf(collection: unknown): Record<string, string> {
	const values = (collection as { values?: unknown } | undefined)?.values;
	const pairs = (Array.isArray(values) ? values : []) as Array<{ name?: unknown; value?: unknown }>;
	return Object.fromEntries(
		pairs
			.map(({ name, value }) => [text(name), text(value)] as const)
			.filter(([name]) => name !== ''),
	);
}

function wholeNumber(entered: unknown, setting: string): number {
	const number = Number(entered);
	if (Number.isInteger(number) && number >= 1) return number;
	throw new SettingError(
		`'${setting}' is not a whole number of 1 or more: "${text(entered).slice(0, 40)}"`,
		'Enter a number such as 10.',
		setting,
	);
}

function noEvents(description: string): SettingError {
	return new SettingError("None of the 'Events' can start the workflow", description, 'Events');
}

function text(value: unknown): string {
	return value === undefined || value === null ? '' : String(value).trim();
}
