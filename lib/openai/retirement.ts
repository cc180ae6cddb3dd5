/** When a model stops to answer, and how that is known. */
import { parseTunedModelId } from './modelId';

export interface Retirement {
	/** `YYYY-MM-DD`: the first day without the model. */
	shutdownDate: string;
	/** Whole days from today (UTC); negative once it is over. */
	daysLeft: number;
	/** `api`: the server says so. `schedule`: from our table, by the model's own or its base model's id. */
	source: 'api' | 'schedule';
	/** Where our table has it from, and when that was looked up. */
	reference?: string;
}

interface Schedule {
	source: string;
	/** When the page was last compared with this table. */
	checked: string;
	/** Model id -> date. Fine-tuned versions follow their base model. */
	dates: Readonly<Record<string, string>>;
}

/** `toolbox/successors.ts` has the dates of more models, in line with these. */
export const OPENAI_SCHEDULE: Schedule = {
	source: 'https://platform.openai.com/docs/deprecations',
	checked: '2026-11-21',
	dates: {
		'gpt-4.1-2025-04-14': '2027-01-14',
		'gpt-4.1-mini-2025-04-14': '2027-01-14',
		'gpt-4.1-nano-2025-04-14': '2026-10-23',
		'gpt-4o-2024-08-06': '2027-01-14',
		'gpt-4o-mini-2024-07-18': '2027-01-14',
		'gpt-4-0613': '2026-10-23',
		'gpt-4-turbo-2024-04-09': '2026-10-23',
		'gpt-3.5-turbo-1106': '2026-09-28',
		'gpt-3.5-turbo-0125': '2026-10-23',
		'o4-mini-2025-04-16': '2026-10-23',
	},
};

const AZURE: Schedule = {
	source: 'https://learn.microsoft.com/azure/ai-foundry/openai/concepts/model-retirements',
	checked: '2026-11-21',
	dates: {
		'gpt-4.1-2025-04-14': '2027-04-14',
		'gpt-4.1-mini-2025-04-14': '2027-04-14',
		'gpt-4o-2024-08-06': '2027-04-14',
		'gpt-4o-mini-2024-07-18': '2027-04-14',
	},
};

/** Names without a date, and the snapshot they stand for. */
const ALIASES: Readonly<Record<string, string>> = {
	'gpt-4.1': 'gpt-4.1-2025-04-14',
	'gpt-4.1-mini': 'gpt-4.1-mini-2025-04-14',
	'gpt-4.1-nano': 'gpt-4.1-nano-2025-04-14',
	'gpt-4o': 'gpt-4o-2024-08-06',
	'gpt-4o-mini': 'gpt-4o-mini-2024-07-18',
	'gpt-4': 'gpt-4-0613',
	'gpt-4-turbo': 'gpt-4-turbo-2024-04-09',
	'gpt-3.5-turbo': 'gpt-3.5-turbo-0125',
	'o4-mini': 'o4-mini-2025-04-16',
};

/**
 * Base models that OpenAI still trains for the organizations it still trains for,
 * https://platform.openai.com/docs/deprecations as of 2026-11-21.
 */
export const TRAINABLE_MODELS: readonly string[] = [
	'gpt-4.1-2025-04-14',
	'gpt-4.1-mini-2025-04-14',
	'gpt-4o-2024-08-06',
	'gpt-4o-mini-2024-07-18',
];

const DAY_MS = 86_400_000;

/**
 * @param model - as the server lists it; `shutdown_date` counts before everything else.
 * @param provider - of the credential: only OpenAI and Azure have a schedule we know.
 * @param now - milliseconds since the epoch.
 */
export function retirementOf(
	model: { id: string; shutdown_date?: string | null },
	provider: string,
	now: number,
): Retirement | undefined {
	const own = model.shutdown_date?.slice(0, 10);
	if (own && isDate(own))
		return { shutdownDate: own, daysLeft: daysUntil(own, now), source: 'api' };
	const schedule = scheduleOf(provider);
	if (!schedule) return undefined;
	const base = parseTunedModelId(model.id)?.base ?? model.id;
	const snapshot = Object.hasOwn(ALIASES, base) ? ALIASES[base] : base;
	if (!Object.hasOwn(schedule.dates, snapshot)) return undefined;
	const shutdownDate = schedule.dates[snapshot];
	return {
		shutdownDate,
		daysLeft: daysUntil(shutdownDate, now),
		source: 'schedule',
		reference: `${schedule.source} (as of ${schedule.checked})`,
	};
}

/** The sandbox plays OpenAI, and a LiteLLM proxy mostly stands before it. */
function scheduleOf(provider: string): Schedule | undefined {
	if (provider === 'azureOpenAi') return AZURE;
	return ['openAi', 'sandbox', 'liteLlm'].includes(provider) ? OPENAI_SCHEDULE : undefined;
}

function daysUntil(date: string, now: number): number {
	return Math.round(Date.parse(date) / DAY_MS) - Math.floor(now / DAY_MS);
}

function isDate(text: string): boolean {
	return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
}
