import { completionFields } from '../../../../lib/openai/toolbox/completionFields';

it.each([undefined, null, '', ' '])(
	'writes more than the 16 tokens of a server for %j',
	(blank) => {
		const options = { maxTokens: blank } as Parameters<typeof completionFields>[0];
		expect(completionFields(options)).toEqual({ max_tokens: 256 });
	},
);

it('takes the number that is set', () => {
	expect(completionFields({ maxTokens: 8 })).toEqual({ max_tokens: 8 });
});
