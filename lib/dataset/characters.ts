import { child } from './paths';
import type { Finding, JsonValue } from './types';
import { isWellFormed, toWellFormed } from './wellFormed';

const MAX_FINDINGS = 20;

/**
 * Findings about single characters of the keys and texts of a value: halves of emoji (lone surrogates), which
 * UTF-8 cannot write, and NUL characters. The value must not be deeper than a few hundred levels.
 */
export function characterFindings(value: JsonValue, line?: number): Finding[] {
	const findings: Finding[] = [];
	addFrom(value, '', line, findings);
	return findings;
}

function addFrom(value: JsonValue, path: string, line: number | undefined, found: Finding[]): void {
	if (found.length >= MAX_FINDINGS) return;
	if (typeof value === 'string') addFor(value, path, line, found);
	else if (Array.isArray(value)) {
		for (let index = 0; index < value.length; index++) {
			addFrom(value[index], `${path}[${index}]`, line, found);
		}
	} else if (value !== null && typeof value === 'object') {
		for (const name of Object.keys(value)) {
			const memberPath = child(path, name);
			addFor(name, memberPath, line, found);
			addFrom(value[name], memberPath, line, found);
		}
	}
}

function addFor(text: string, path: string, line: number | undefined, found: Finding[]): void {
	if (isWellFormed(text) && !text.includes('\0')) return;
	const place = { ...(line === undefined ? {} : { line }), path: toWellFormed(path) };
	if (!isWellFormed(text)) {
		found.push({
			severity: 'error',
			code: 'lone_surrogate',
			...place,
			message: `The text at ${place.path} holds half of an emoji or of another rare character, which cannot be written as UTF-8.`,
			fix: 'Cut long texts at whole characters; the Repair operation takes the half out.',
		});
	}
	if (text.includes('\0')) {
		found.push({
			severity: 'warning',
			code: 'nul_character',
			...place,
			message: `The text at ${place.path} holds a NUL character (\\u0000).`,
			fix: 'Remove it; it is a leftover of a binary format or of a database export.',
		});
	}
}
