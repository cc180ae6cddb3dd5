import { toolChoice, toolsFromJson, toolsFromRows } from '../../../../lib/openai/chat/tools';

const schema = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] };
const weather = { type: 'function', function: { name: 'get_weather', parameters: schema } };

describe('toolsFromRows', () => {
	it('builds function tools, with only what was filled in', () => {
		expect(
			toolsFromRows([
				{ name: 'get_weather', parameters: JSON.stringify(schema), description: '', strict: false },
				{ name: 'stop', parameters: '', description: 'Ends it', strict: true },
			]),
		).toEqual([
			weather,
			{ type: 'function', function: { name: 'stop', description: 'Ends it', strict: true } },
		]);
	});

	it.each([
		[[{ name: '' }], 'cannot be the name'],
		[[{ name: 'get weather' }], "'get weather' cannot be the name"],
		[[{ name: 'a' }, { name: 'a' }], "Two tools have the name 'a'"],
		[[{ name: 'a', parameters: '[1]' }], 'is not a JSON schema'],
		[[{ name: 'a', parameters: '{' }], 'not valid JSON'],
		[Array.from({ length: 129 }, (_, i) => ({ name: `t${i}` })), 'There are 129 tools'],
	])('refuses %j', (rows, message) => {
		expect(() => toolsFromRows(rows)).toThrow(message);
	});
});

describe('toolsFromJson', () => {
	it('takes the API shape, bare functions, one or many', () => {
		expect(toolsFromJson(JSON.stringify([weather]))).toEqual([weather]);
		expect(toolsFromJson(weather)).toEqual([weather]);
		expect(toolsFromJson({ tools: [weather] })).toEqual([weather]);
		expect(toolsFromJson({ type: 'function', name: 'get_weather', parameters: schema })).toEqual([
			weather,
		]);
		expect(toolsFromJson('')).toEqual([]);
	});

	it('leaves other kinds of tools alone', () => {
		const custom = { type: 'custom', custom: { name: 'grep' } };
		expect(toolsFromJson([custom])).toEqual([custom]);
	});

	it.each([[['x']], [[{ type: 'function' }]], [5]])('refuses %j', (value) => {
		expect(() => toolsFromJson(value)).toThrow('is not a tool');
	});
});

describe('toolChoice', () => {
	const tools = toolsFromJson(weather);

	it('passes words and names functions', () => {
		expect(toolChoice('required', undefined, tools)).toBe('required');
		expect(toolChoice('function', 'get_weather', tools)).toEqual({
			type: 'function',
			function: { name: 'get_weather' },
		});
	});

	it('is left out where there are no tools or nothing is set', () => {
		expect(toolChoice('required', '', [])).toBeUndefined();
		expect(toolChoice(undefined, '', tools)).toBeUndefined();
	});

	it('refuses a function that is not there', () => {
		expect(() => toolChoice('function', 'other', tools)).toThrow("'other'");
	});
});
