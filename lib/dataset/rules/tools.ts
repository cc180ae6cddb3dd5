import { child, quoted } from '../paths';
import type { JsonObject, JsonValue } from '../types';
import { NAME_PATTERN } from './messages';
import { reportUnknownKeys } from './structure';
import { WITH_MESSAGES, type ExampleView, type Report, type Rule } from './types';
import { isObject, nameType, own } from './view';

const MOST_TOOLS = 128;
const FUNCTION_KEYS = ['name', 'description', 'parameters', 'strict'];

/** The definitions an example offers its model, `tools` and the deprecated `functions`. */
export const toolRules: Rule[] = [
	{
		code: 'invalid_tools',
		severity: 'error',
		formats: WITH_MESSAGES,
		check(example, report) {
			for (const { name, path, raw } of toolLists(example)) {
				if (!Array.isArray(raw)) {
					report(
						path,
						`“${name}” is ${nameType(raw)}, not a list.`,
						'Write it as a list of definitions.',
					);
				} else if (raw.length === 0 || raw.length > MOST_TOOLS) {
					report(
						path,
						`“${name}” has ${raw.length} definitions; 1 to ${MOST_TOOLS} are allowed.`,
						raw.length === 0 ? `Leave “${name}” out.` : 'Keep the tools that the example needs.',
					);
				}
			}
		},
	},
	{
		code: 'invalid_tool_definition',
		severity: 'error',
		formats: WITH_MESSAGES,
		check: (example, report) =>
			eachDefinition(example, ({ entry, path, isTool }) => {
				if (isTool) checkToolFrame(entry, path, report);
				const definition = isTool && isObject(entry) ? own(entry, 'function') : entry;
				checkFunction(definition, isTool ? child(path, 'function') : path, report);
			}),
	},
	{
		code: 'duplicate_tool',
		severity: 'error',
		formats: WITH_MESSAGES,
		check(example, report) {
			const seen = new Set<string>();
			eachDefinition(example, ({ entry, path, isTool }) => {
				const definition = isTool && isObject(entry) ? own(entry, 'function') : entry;
				const name = isObject(definition) ? own(definition, 'name') : undefined;
				if (typeof name !== 'string') return;
				if (seen.has(name)) {
					report(path, `The tool ${quoted(name)} is defined twice.`, 'Remove one of the two.');
				}
				seen.add(name);
			});
		},
	},
	{
		code: 'deprecated_functions',
		severity: 'warning',
		formats: WITH_MESSAGES,
		check({ settings, settingsPath }, report) {
			for (const [old, present] of [
				['functions', 'tools'],
				['function_call', 'tool_choice'],
			]) {
				if (!Object.hasOwn(settings, old)) continue;
				report(
					child(settingsPath, old),
					`“${old}” is OpenAI's old name from before ${present}.`,
					'Use tools, tool_calls and messages with the role tool.',
				);
			}
		},
	},
];

/** Name and parameters schema of each tool that is offered; of two with one name, the first. */
export function offeredTools(example: ExampleView): Map<string, JsonObject | undefined> {
	const offered = new Map<string, JsonObject | undefined>();
	eachDefinition(example, ({ entry, isTool }) => {
		const definition = isTool && isObject(entry) ? own(entry, 'function') : entry;
		const name = isObject(definition) ? own(definition, 'name') : undefined;
		if (!isObject(definition) || typeof name !== 'string' || offered.has(name)) return;
		const parameters = own(definition, 'parameters');
		offered.set(name, isObject(parameters) ? parameters : undefined);
	});
	return offered;
}

interface Definition {
	entry: JsonValue;
	path: string;
	/** False for an element of the deprecated `functions`. */
	isTool: boolean;
}

function eachDefinition(example: ExampleView, look: (definition: Definition) => void): void {
	for (const { name, path, raw } of toolLists(example)) {
		if (!Array.isArray(raw)) continue;
		raw.forEach((entry, index) =>
			look({ entry, path: child(path, index), isTool: name === 'tools' }),
		);
	}
}

function toolLists({ settings, settingsPath }: ExampleView) {
	return ['tools', 'functions']
		.filter((name) => Object.hasOwn(settings, name))
		.map((name) => ({ name, path: child(settingsPath, name), raw: settings[name] }));
}

function checkToolFrame(entry: JsonValue, path: string, report: Report): void {
	if (!isObject(entry)) return; // checkFunction says it.
	reportUnknownKeys(entry, ['type', 'function'], path, report);
	if (own(entry, 'type') === 'function') return;
	report(
		child(path, 'type'),
		'The type of a tool must be "function".',
		'Write {"type": "function", "function": {"name": …, "parameters": …}}.',
	);
}

function checkFunction(definition: JsonValue | undefined, path: string, report: Report): void {
	if (!isObject(definition)) {
		report(
			path,
			`The definition of the tool is ${nameType(definition)}${definition === undefined ? '' : ', not an object'}.`,
			'Write {"type": "function", "function": {"name": …, "parameters": …}}.',
		);
		return;
	}
	reportUnknownKeys(definition, FUNCTION_KEYS, path, report);
	const name = own(definition, 'name');
	if (typeof name !== 'string' || !NAME_PATTERN.test(name)) {
		report(
			child(path, 'name'),
			'The tool has no name, or one the server refuses; names are 1 to 64 letters, digits, _ or -.',
			'Give the tool a name such as “get_order”.',
		);
	}
	checkParameters(own(definition, 'parameters'), child(path, 'parameters'), report);
}

function checkParameters(parameters: JsonValue | undefined, path: string, report: Report): void {
	if (parameters === undefined) return;
	const isSchema = isObject(parameters) && (own(parameters, 'type') ?? 'object') === 'object';
	if (isSchema) return;
	report(
		path,
		'The parameters of the tool are not a JSON schema of an object.',
		'Write {"type": "object", "properties": {…}}, or leave the parameters out.',
	);
}
