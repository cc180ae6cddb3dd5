/**
 * OpenAI's models that have been or will be shut down, and the model it names in their place.
 *
 * Dates: the notes on deprecated values in the official SDK, openai 7.55.0 (2026-11-10). Successors:
 * https://developers.openai.com/api/docs/deprecations, read in copies of 2026-10-15 and 2026-11. Where a successor was
 * itself replaced on that page, the newer name stands here. Those of the completion models are ours: the page named
 * models that have since been announced for shutdown.
 */
import { parseTunedModelId } from '../modelId';
import { type Retirement, retirementOf } from '../retirement';
import { SettingError } from '../settingError';

interface Row {
	/** The first day without them. */
	date: string;
	successor: string;
	/** Each also stands for its dated snapshots `-YYYY-MM-DD`. */
	models: readonly string[];
}

const REFERENCE = 'https://developers.openai.com/api/docs/deprecations';
/** The sandbox stays as it was on this day, so that it outlives the models it serves. */
const CHECKED = '2026-11-21';

const IMAGE = 'gpt-image-2.6-sunburst or gpt-image-2.6-flare';
const REALTIME = 'gpt-realtime-2.1-mini over the Realtime API (no successor on this endpoint)';

export const SHUTDOWN_ROWS: readonly Row[] = [
	{
		date: '2024-01-04',
		successor: 'gpt-6-luna',
		models: ['text-davinci-002', 'text-davinci-003', 'text-curie-001', 'text-babbage-001'],
	},
	{ date: '2024-01-04', successor: 'gpt-6-luna', models: ['text-ada-001', 'davinci', 'curie'] },
	{ date: '2024-01-04', successor: 'gpt-6-luna', models: ['text-davinci-edit-001'] },
	{ date: '2026-05-12', successor: IMAGE, models: ['dall-e-2', 'dall-e-3'] },
	{
		date: '2026-09-28',
		successor: 'gpt-6-luna',
		models: ['gpt-3.5-turbo-instruct', 'babbage-002', 'davinci-002', 'gpt-3.5-turbo-1106'],
	},
	{ date: '2026-10-23', successor: 'gpt-5.6-luna', models: ['gpt-4.1-nano'] },
	{
		date: '2026-10-23',
		successor: 'gpt-5.6-terra',
		models: ['gpt-3.5-turbo', 'gpt-3.5-turbo-0125', 'o4-mini'],
	},
	{
		date: '2026-10-23',
		successor: 'gpt-5.6-sol',
		models: [
			'gpt-4',
			'gpt-4-0613',
			'gpt-4-1106-preview',
			'gpt-4-turbo',
			'gpt-4o-2024-05-13',
			'o1',
			'o1-pro',
			'o3-mini',
		],
	},
	{ date: '2026-10-23', successor: IMAGE, models: ['gpt-image-1'] },
	{
		date: '2026-12-01',
		successor: IMAGE,
		models: ['gpt-image-1-mini', 'gpt-image-1.5', 'chatgpt-image-latest'],
	},
	{ date: '2026-12-11', successor: 'gpt-6.1-sol', models: ['gpt-5', 'o3'] },
	{ date: '2026-12-11', successor: 'gpt-6.1-terra', models: ['gpt-5-mini'] },
	{ date: '2026-12-11', successor: 'gpt-6-luna', models: ['gpt-5-nano'] },
	{ date: '2027-01-06', successor: REALTIME, models: ['tts-1', 'tts-1-hd', 'gpt-4o-mini-tts'] },
	{
		date: '2027-01-14',
		successor: 'gpt-6-luna',
		models: ['gpt-4o', 'gpt-4o-mini', 'gpt-4.1', 'gpt-4.1-mini'],
	},
	{
		date: '2027-02-26',
		successor: 'gpt-transcribe',
		models: [
			'whisper-1',
			'gpt-4o-transcribe',
			'gpt-4o-mini-transcribe',
			'gpt-4o-transcribe-diarize',
		],
	},
];

const BY_MODEL = new Map(
	SHUTDOWN_ROWS.flatMap((row) => row.models.map((model) => [model, row] as const)),
);

/** What OpenAI names in the model's place; undefined for models that stay, and at other providers. */
export function successorOf(modelId: string): string | undefined {
	return shutdownRowOf(modelId)?.successor;
}

/**
 * When the model stops to answer: as the server says, else by our tables of OpenAI's dates.
 *
 * @param now - milliseconds since the epoch.
 */
export function toolRetirementOf(
	model: { id: string; shutdown_date?: string | null },
	provider: string,
	now: number,
): Retirement | undefined {
	const known = retirementOf(model, provider, now);
	const row = isOpenAi(provider) ? shutdownRowOf(model.id) : undefined;
	if (known || !row) return known;
	const dated = retirementOf({ id: model.id, shutdown_date: row.date }, provider, now);
	const reference = `${REFERENCE} (as of ${CHECKED})`;
	return dated && { ...dated, source: 'schedule', reference };
}

/**
 * Refuses a model of OpenAI's that has been shut down, before anything is sent. A tuned model goes with its base model.
 *
 * @param provider - of the credential; other providers name and keep models as they like, so nothing is refused there.
 * @param now - milliseconds since the epoch.
 * @throws SettingError with the successor's name.
 */
export function refuseRetired(modelId: string, provider: string, now: number): void {
	if (!isOpenAi(provider)) return;
	const today = provider === 'sandbox' ? Date.parse(CHECKED) : now;
	const retirement = toolRetirementOf({ id: modelId }, provider, today);
	if (!retirement || retirement.daysLeft > 0) return;
	const successor = successorOf(modelId);
	const instead = successor ? `Use ${successor} instead. ` : 'Pick another model from the list. ';
	throw new SettingError(
		`OpenAI shut down the model '${modelId.slice(0, 100)}' on ${retirement.shutdownDate}`,
		`${instead}Nothing was sent. Dates and replacements: ${REFERENCE}`,
		'Model',
	);
}

/** By the model's own id, its snapshot's or its base model's. */
export function shutdownRowOf(modelId: string): Row | undefined {
	const base = parseTunedModelId(modelId)?.base ?? modelId;
	return BY_MODEL.get(base) ?? BY_MODEL.get(base.replace(/-\d{4}-\d{2}-\d{2}$/, ''));
}

function isOpenAi(provider: string): boolean {
	return provider === 'openAi' || provider === 'sandbox';
}
