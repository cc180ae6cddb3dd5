import fc from 'fast-check';

import { samplingFields } from '../../../../lib/openai/chat/sampling';
import { SettingError } from '../../../../lib/openai/settingError';

describe('samplingFields', () => {
	it('sends nothing for what is not set', () => {
		expect(samplingFields({})).toEqual({});
		expect(
			samplingFields({
				temperature: undefined,
				topP: null,
				maxTokens: '',
				stop: [],
				metadata: [],
				logitBias: '  ',
				reasoningEffort: '',
				promptCacheKey: '',
			}),
		).toEqual({});
	});

	it('maps every option to its field of the API', () => {
		expect(
			samplingFields({
				frequencyPenalty: -0.5,
				logitBias: '{"50256": -100}',
				logprobs: true,
				maxTokens: 100,
				metadata: [{ key: 'team', value: 'hr' }],
				numberOfChoices: 2,
				parallelToolCalls: false,
				presencePenalty: 1,
				promptCacheKey: 'surveys',
				reasoningEffort: 'low',
				safetyIdentifier: 'user-1',
				seed: 7,
				serviceTier: 'flex',
				stop: ['END'],
				store: true,
				temperature: 0,
				topLogprobs: 3,
				topP: 0.5,
				verbosity: 'low',
			}),
		).toEqual({
			frequency_penalty: -0.5,
			logit_bias: { '50256': -100 },
			logprobs: true,
			max_completion_tokens: 100,
			metadata: { team: 'hr' },
			n: 2,
			parallel_tool_calls: false,
			presence_penalty: 1,
			prompt_cache_key: 'surveys',
			reasoning_effort: 'low',
			safety_identifier: 'user-1',
			seed: 7,
			service_tier: 'flex',
			stop: ['END'],
			store: true,
			temperature: 0,
			top_logprobs: 3,
			top_p: 0.5,
			verbosity: 'low',
		});
	});

	it('uses the older token limit field where asked to', () => {
		expect(samplingFields({ maxTokens: 5, maxTokensField: 'max_tokens' })).toEqual({
			max_tokens: 5,
		});
	});

	it('turns logprobs on with top_logprobs, which the API takes only together', () => {
		expect(samplingFields({ topLogprobs: 0 })).toEqual({ logprobs: true, top_logprobs: 0 });
	});

	it('reads numbers that an expression gave as text', () => {
		expect(samplingFields({ temperature: '0.25', seed: '3' })).toEqual({
			temperature: 0.25,
			seed: 3,
		});
	});

	it('reads escapes in stop sequences', () => {
		expect(samplingFields({ stop: ['\\n', '\\r\\n##', 'a\tb'] }).stop).toEqual([
			'\n',
			'\r\n##',
			'a\tb',
		]);
		expect(samplingFields({ stop: 'END' }).stop).toEqual(['END']);
	});

	it.each([
		[{ temperature: 2.1 }, "'Temperature' cannot be '2.1'", 'from 0 to 2'],
		[{ temperature: 'warm' }, "'Temperature' cannot be 'warm'", 'from 0 to 2'],
		[{ temperature: NaN }, "'Temperature'", 'number'],
		[{ topP: -1 }, "'Top P'", 'from 0 to 1'],
		[{ maxTokens: 0 }, "'Max Tokens'", 'at least 1'],
		[{ numberOfChoices: 1.5 }, "'Number of Choices'", 'whole'],
		[{ topLogprobs: 21 }, "'Top Log Probabilities'", 'from 0 to 20'],
		[{ stop: ['a', 'b', 'c', 'd', 'e'] }, '5 entries', 'at most 4'],
		[{ logitBias: '{"a": 1}' }, "'Logit Bias'", 'token IDs'],
		[{ logitBias: '{"1": 101}' }, "'Logit Bias'", '-100 to 100'],
		[{ logitBias: '{' }, "'Logit Bias' is not valid JSON", 'brackets'],
		[{ metadata: [{ key: 'x'.repeat(65), value: '' }] }, 'too long', '64'],
		[{ metadata: { a: 'y'.repeat(513) } }, 'too long', '512'],
		[
			{ metadata: Array.from({ length: 17 }, (_, i) => ({ key: `k${i}`, value: '' })) },
			'17 entries',
			'16',
		],
	])('refuses %j', (options, message, fix) => {
		const fault = thrown(() => samplingFields(options));
		expect(fault.message).toContain(message);
		expect(fault.description).toContain(fix);
	});

	it('only ever gives fields or a SettingError', () => {
		fc.assert(
			fc.property(
				fc.record(
					{
						temperature: fc.anything(),
						stop: fc.anything(),
						metadata: fc.anything(),
						logitBias: fc.anything(),
						seed: fc.anything(),
						store: fc.anything(),
					},
					{ requiredKeys: [] },
				),
				(options) => {
					try {
						expect(typeof samplingFields(options)).toBe('object');
					} catch (error) {
						expect(error).toBeInstanceOf(SettingError);
					}
				},
			),
		);
		expect(({} as Record<string, unknown>).polluted).toBeUndefined();
	});
});

function thrown(action: () => unknown): SettingError {
	try {
		action();
	} catch (error) {
		expect(error).toBeInstanceOf(SettingError);
		return error as SettingError;
	}
	throw new Error('nothing was refused');
}
