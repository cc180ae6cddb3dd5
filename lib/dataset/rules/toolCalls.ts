import { isTooDeep, nestingFault } from '../depth';
import { mismatches } from '../jsonSchema';
import { scanJson } from '../jsonScan';
import { child, quoted } from '../paths';
import { suggest } from '../suggest';
import type { JsonObject, JsonValue } from '../types';
import { eachMessage, NAME_PATTERN } from './messages';
import { reportUnknownKeys } from './structure';
import { offeredTools } from './tools';
import { WITH_MESSAGES, type ExampleView, type MessageView, type Report, type Rule } from './types';
import { isObject, nameMessage, nameType, own } from './view';

/** The calls an assistant makes: where they stand, how they are written, what they pass. */
export const toolCallRules: Rule[] = [
	{
		code: 'tool_calls_not_on_assistant',
		severity: 'error',
		formats: WITH_MESSAGES,
		check: (example, report) =>
			eachMessage(example, (view) => {
				if (view.role === 'assistant') return;
				for (const key of ['tool_calls', 'function_call']) {
					if (!Object.hasOwn(view.message, key)) continue;
					report(
						child(view.path, key),
						`${nameMessage(view)} calls a tool; only the assistant can.`,
						'Move the call to a message with the role assistant.',
					);
				}
			}),
	},
	{
		code: 'invalid_tool_calls',
		severity: 'error',
		formats: WITH_MESSAGES,
		check: (example, report) =>
			eachMessage(example, (view) => {
				const calls = own(view.message, 'tool_calls');
				if (calls === undefined || (Array.isArray(calls) && calls.length > 0)) return;
				const state = Array.isArray(calls) ? 'an empty list' : nameType(calls);
				report(
					child(view.path, 'tool_calls'),
					`The tool_calls of ${nameMessage(view)} are ${state}; they must be a list of calls.`,
					'Leave tool_calls out where no tool is called.',
				);
			}),
	},
	{
		code: 'invalid_tool_call',
		severity: 'error',
		formats: WITH_MESSAGES,
		check: (example, report) => {
			eachCall(example, ({ call, path }) => checkCallFrame(call, path, report));
			eachFunctionCall(example, ({ callee, path }) => checkCallee(callee, path, report));
		},
	},
	{
		code: 'unknown_tool',
		severity: 'error',
		formats: WITH_MESSAGES,
		check(example, report) {
			const offered = offeredTools(example);
			eachFunctionCall(example, ({ callee, path }) => {
				const name = isObject(callee) ? own(callee, 'name') : undefined;
				if (typeof name !== 'string' || offered.has(name)) return;
				const meant = suggest(name, offered.keys());
				report(
					child(path, 'name'),
					offered.size === 0
						? `The tool ${quoted(name)} is called, but the example has no tools.`
						: `The tool ${quoted(name)} is called, but it is not among the tools of the example.`,
					meant ? `Did you mean “${meant}”?` : 'Add its definition to “tools”.',
				);
			});
		},
	},
	{
		code: 'invalid_arguments',
		severity: 'error',
		formats: WITH_MESSAGES,
		check: (example, report) =>
			eachFunctionCall(example, ({ callee, path }) => {
				const text = isObject(callee) ? own(callee, 'arguments') : undefined;
				if (text === undefined) return; // A missing member is an invalid call.
				const state = argumentsState(text);
				if (state === undefined) return;
				report(
					child(path, 'arguments'),
					`The arguments of the call are ${state}.`,
					'Write them as text that holds one JSON object, e.g. "{\\"id\\": 1}".',
				);
			}),
	},
	{
		code: 'arguments_not_in_schema',
		severity: 'error',
		formats: WITH_MESSAGES,
		check(example, report) {
			const offered = offeredTools(example);
			eachFunctionCall(example, ({ callee, path }) => {
				if (!isObject(callee)) return;
				const schema = offered.get(String(own(callee, 'name')));
				const passed = parseArguments(own(callee, 'arguments'));
				if (!schema || !passed) return;
				for (const { path: where, message } of mismatches(passed, schema)) {
					report(
						child(path, 'arguments'),
						`The arguments do not match the tool's parameters: ${where === '' ? 'they' : where} ${message}.`,
						'Correct the arguments, or the parameters of the tool.',
					);
				}
			});
		},
	},
];

/** Each element of each `tool_calls`. */
export function eachCall(
	example: ExampleView,
	look: (call: { call: JsonValue; path: string; view: MessageView }) => void,
): void {
	eachMessage(example, (view) => {
		const calls = own(view.message, 'tool_calls');
		if (!Array.isArray(calls)) return;
		const path = child(view.path, 'tool_calls');
		calls.forEach((call, index) => look({ call, path: child(path, index), view }));
	});
}

/** What is called, in either notation: the `function` of a tool call, or the deprecated `function_call`. */
function eachFunctionCall(
	example: ExampleView,
	look: (call: { callee: JsonValue | undefined; path: string }) => void,
): void {
	eachCall(example, ({ call, path }) => {
		if (isObject(call)) look({ callee: own(call, 'function'), path: child(path, 'function') });
	});
	eachMessage(example, ({ message, path }) => {
		const callee = own(message, 'function_call');
		if (callee !== undefined && callee !== null)
			look({ callee, path: child(path, 'function_call') });
	});
}

function checkCallFrame(call: JsonValue, path: string, report: Report): void {
	const fix = 'Write {"id": …, "type": "function", "function": {"name": …, "arguments": "{…}"}}.';
	if (!isObject(call)) {
		report(path, `The tool call is ${nameType(call)}, not an object.`, fix);
		return;
	}
	reportUnknownKeys(call, ['id', 'type', 'function'], path, report);
	const id = own(call, 'id');
	if (typeof id !== 'string' || id === '')
		report(child(path, 'id'), 'The tool call has no id.', fix);
	if (own(call, 'type') !== 'function') {
		report(child(path, 'type'), 'The type of a tool call must be "function".', fix);
	}
}

function checkCallee(callee: JsonValue | undefined, path: string, report: Report): void {
	const fix = 'Write {"name": …, "arguments": "{…}"}.';
	if (!isObject(callee)) {
		report(path, 'The call does not say which function it calls.', fix);
		return;
	}
	reportUnknownKeys(callee, ['name', 'arguments'], path, report);
	const name = own(callee, 'name');
	if (typeof name !== 'string' || !NAME_PATTERN.test(name)) {
		report(child(path, 'name'), 'The call has no function name, or one the server refuses.', fix);
	}
	if (own(callee, 'arguments') === undefined) {
		report(child(path, 'arguments'), 'The call has no arguments.', 'Write "arguments": "{}".');
	}
}

function argumentsState(text: JsonValue): string | undefined {
	if (typeof text !== 'string') return `${nameType(text)}, not text`;
	if (parseArguments(text)) return undefined;
	const { fault } = scanJson(text);
	return fault ? `not JSON (from character ${fault.at + 1} on)` : 'JSON, but not a JSON object';
}

/** Bounded in depth, because the arguments are a JSON text inside one that has been checked already. */
function parseArguments(text: JsonValue | undefined): JsonObject | undefined {
	if (typeof text !== 'string' || nestingFault(text)) return undefined;
	try {
		const value = JSON.parse(text) as JsonValue;
		return isObject(value) && !isTooDeep(value) ? value : undefined;
	} catch {
		return undefined;
	}
}
