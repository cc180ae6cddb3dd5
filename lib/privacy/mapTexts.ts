import type { JsonValue } from '../dataset/types';

/** One text of a JSON value. */
export interface TextPlace {
	text: string;
	/** Name of the member that holds it, or that holds the list it is in; undefined at the top and for names. */
	field?: string;
}

export type VisitText = (place: TextPlace) => string;

type Container = JsonValue[] | { [key: string]: JsonValue };

interface Frame {
	source: Container;
	/** Undefined for a list. */
	names: string[] | undefined;
	/** Finished members, in order. */
	values: JsonValue[];
	field: string | undefined;
}

/**
 * A copy of a JSON value with all its texts replaced by what `visit` makes of them, in order. Names of members and
 * large whole numbers are visited as texts too. Does not recurse, so depth costs nothing but memory.
 *
 * @param isKept whether the value of a member is left as it is
 */
export function mapTexts(
	root: JsonValue,
	visit: VisitText,
	isKept: (field: string) => boolean = () => false,
): JsonValue {
	if (!isContainer(root)) return mapLeaf(root, undefined, visit);
	const stack = [frameOf(root, undefined)];
	for (;;) {
		const frame = stack[stack.length - 1];
		const next = nextOf(frame);
		if (!next) {
			stack.pop();
			const done = finished(frame, visit);
			if (stack.length === 0) return done;
			stack[stack.length - 1].values.push(done);
		} else if (frame.names && isKept(next.field ?? '')) frame.values.push(next.value);
		else if (isContainer(next.value)) stack.push(frameOf(next.value, next.field));
		else frame.values.push(mapLeaf(next.value, next.field, visit));
	}
}

function isContainer(value: JsonValue): value is Container {
	return typeof value === 'object' && value !== null;
}

function frameOf(source: Container, field: string | undefined): Frame {
	const names = Array.isArray(source) ? undefined : Object.keys(source);
	return { source, names, values: [], field };
}

function nextOf({
	source,
	names,
	values,
	field,
}: Frame): { value: JsonValue; field: string | undefined } | undefined {
	const at = values.length;
	if (Array.isArray(source))
		return at < source.length ? { value: source[at] ?? null, field } : undefined;
	const name = names![at];
	// Members that JSON cannot hold, e.g. undefined, become null.
	return at < names!.length ? { value: source[name] ?? null, field: name } : undefined;
}

function finished({ names, values }: Frame, visit: VisitText): JsonValue {
	if (!names) return values;
	const taken = new Set<string>();
	return Object.fromEntries(
		names.map((name, at) => {
			let mapped = isWorthALook(name) ? visit({ text: name }) : name;
			while (taken.has(mapped)) mapped += '_';
			taken.add(mapped);
			return [mapped, values[at]];
		}),
	);
}

/** Names are identifiers nearly always; those that could be private have a digit or an at sign. */
function isWorthALook(name: string): boolean {
	return name.length >= 6 && /[\d@]/.test(name);
}

/** From here on, a whole number can be a telephone number or a card. */
const SMALLEST_NUMBER = 1_000_000;

function mapLeaf(
	value: Exclude<JsonValue, Container>,
	field: string | undefined,
	visit: VisitText,
): JsonValue {
	if (typeof value === 'string') return visit({ text: value, field });
	if (typeof value !== 'number' || !Number.isInteger(value) || Math.abs(value) < SMALLEST_NUMBER)
		return value;
	const text = String(value);
	const mapped = visit({ text, field });
	return mapped === text ? value : mapped;
}
