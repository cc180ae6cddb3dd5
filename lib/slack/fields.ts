/** Looks into objects from outside, where nothing is certain. */
import { isPlainObject, type PlainObject } from '../openai/chat/json';

/** A text of an object from outside; empty for everything else. */
export function textAt(from: unknown, name: string): string {
	const value = memberOf(from, name);
	return typeof value === 'string' ? value : '';
}

export function objectAt(from: unknown, name: string): PlainObject {
	const value = memberOf(from, name);
	return isPlainObject(value) ? value : {};
}

/** The objects of a list. */
export function objectsAt(from: unknown, name: string): PlainObject[] {
	const value = memberOf(from, name);
	return Array.isArray(value) ? value.filter(isPlainObject) : [];
}

/** Without members that hold nothing. */
export function filled<T extends object>(value: T): T {
	const kept = Object.entries(value).filter(([, one]) => one !== undefined && one !== '');
	return Object.fromEntries(kept) as T;
}

function memberOf(from: unknown, name: string): unknown {
	return isPlainObject(from) && Object.hasOwn(from, name) ? from[name] : undefined;
}
