import { SettingError } from '../../../../lib/openai/settingError';
import { dialectOf } from '../../../../lib/openai/dialects';
import type { Dialect } from '../../../../lib/openai/dialects/types';
import { buildJobBody } from '../../../../lib/openai/jobBody';
import { OpenAiFineTuningApi } from '../../../../credentials/OpenAiFineTuningApi.credentials';
import { PRESET_BASE_URLS } from '../../../../lib/openai/baseUrl';

const PROVIDERS = new OpenAiFineTuningApi().properties[0].options!.map(
	(option) => (option as { value: string }).value,
);
const OURS = [
	'validating_files',
	'queued',
	'running',
	'paused',
	'succeeded',
	'failed',
	'cancelled',
] as const;
/** What some dialects cannot do without. */
const FIELDS = { accountId: 'lab', portkeyProvider: 'openai', customLlmProvider: 'openai' };

const dialects = PROVIDERS.map((provider): [string, Dialect] => [
	provider,
	dialectOf(provider, { provider, ...FIELDS }),
]);

describe.each(dialects)('The dialect of %s', (provider, dialect) => {
	it('leaves our own words for states alone, and takes no unknown one for an end', () => {
		for (const status of OURS) expect(dialect.jobStatus(status)).toBe(status);
		for (const word of ['', 'preparing', '__proto__', 'constructor', 'SOMETHING_NEW']) {
			expect(dialect.jobStatus(word)).toBe('running');
		}
	});

	it('finds the model that a translated job names, and none where there is none', () => {
		const job = { id: 'job-1', status: 'succeeded', fine_tuned_model: 'tuned' };
		if (provider !== 'telnyx') expect(dialect.tunedModel(job)).toBe('tuned');
		expect(dialect.tunedModel({ id: 'job-1', status: 'running' })).toBeUndefined();
	});

	it('says what to do instead of each call that is missing', () => {
		for (const advice of Object.values(dialect.lacks ?? {})) {
			expect(advice).toMatch(/^[A-Z].*\.$/);
		}
	});

	it('lets checkpoints be asked where no deployment comes before a chat', () => {
		const deployed = ['azureOpenAi', 'localAi', 'nebius', 'together'].includes(provider);
		expect(dialect.chat?.checkpoints).toBe(deployed ? false : undefined);
	});

	it('is named, and has an address or asks for one', () => {
		expect(dialect.name).not.toBe('');
		const asked = new OpenAiFineTuningApi().properties.find(
			({ name, displayOptions }) =>
				name === 'baseUrl' && displayOptions?.show?.provider?.includes(provider),
		);
		expect(Object.hasOwn(PRESET_BASE_URLS, provider)).toBe(!asked?.required);
	});

	it('sends the smallest job without anything that was not set', () => {
		const body = buildJobBody({ model: 'm', trainingFile: 'f', method: 'supervised' }, dialect);
		expect(body).toMatchObject({ model: 'm', training_file: 'f' });
		expect(JSON.stringify(body)).not.toMatch(/auto|null/);
	});
});

it('takes a provider that is not known for OpenAI', () => {
	expect(dialectOf('somebody').id).toBe('openAi');
	expect(dialectOf('__proto__').id).toBe('openAi');
});

it.each([
	['not JSON', '{"a":'],
	['a list', '[1]'],
	['a number', 7],
])('refuses extra fields of the credential that are %s', (_what, extraBody) => {
	const fields = { provider: 'other', extraBody: extraBody as string };
	expect(() => dialectOf('other', fields)).toThrow(SettingError);
});

it('takes a number from an expression for a word of the server', () => {
	const values = [
		{ word: 7 as never, status: 'succeeded' },
		{ word: ' ', status: 'failed' },
	];
	const { jobStatus } = dialectOf('other', { statusWords: { values } });
	expect(jobStatus('7')).toBe('succeeded');
});

it('keeps names of extra fields from reaching a prototype', () => {
	const { extras } = dialectOf('other', { extraQuery: '{"__proto__": {"polluted": 1}}' });
	expect(Object.keys(extras?.jobQuery ?? {})).toEqual(['__proto__']);
	expect(({} as { polluted?: number }).polluted).toBeUndefined();
});
