import { asText } from '../asText';
import type { FieldPath } from '../fieldPath';
import { scanJson } from '../jsonScan';
import { quoted } from '../paths';
import type { Finding, JsonValue } from '../types';
import { isWellFormed, toWellFormed } from '../wellFormed';
import type { SourceRecord } from './types';

/** The fields of one record, read one after the other; collects what is wrong with them. */
export class FieldReader {
	readonly findings: Finding[] = [];

	constructor(private readonly record: SourceRecord) {}

	/** The text of a field that an example cannot do without; '' with a finding when there is none. */
	text(field: FieldPath): string {
		const value = field.read(this.record);
		const text = this.toText(value, field);
		if (value === undefined) this.missing(field);
		else if (text.trim() === '') this.empty(field);
		return text;
	}

	/** The text of a field that may be missing, empty or null; '' then. */
	optionalText(field: FieldPath | undefined): string {
		return field ? this.toText(field.read(this.record), field) : '';
	}

	/** Whatever is in a field, undefined when nothing is. */
	raw(field: FieldPath): JsonValue | undefined {
		return field.read(this.record) as JsonValue | undefined;
	}

	/** The record itself. */
	whole(): JsonValue {
		return this.record as JsonValue;
	}

	/** As `json`, of a field that an example cannot do without. */
	requiredJson(field: FieldPath): JsonValue | undefined {
		const before = this.findings.length;
		const value = this.json(field);
		if (value !== undefined || this.findings.length > before) return value;
		if (this.raw(field) === undefined) this.missing(field);
		else this.empty(field);
		return undefined;
	}

	/** A list or object, given as such or as JSON text; undefined, without a finding, when the field is empty. */
	json(field: FieldPath): JsonValue | undefined {
		const value = field.read(this.record);
		if (typeof value !== 'string') return (value ?? undefined) as JsonValue | undefined;
		if (value.trim() === '') return undefined;
		const { fault } = scanJson(value);
		if (!fault) return JSON.parse(value) as JsonValue;
		this.add(
			'invalid_json_field',
			field,
			`The text of the field ${quoted(field.text)} is not JSON from character ${fault.at + 1} on.`,
			'Pass the value itself instead of text, or correct the text.',
		);
		return undefined;
	}

	/** 0 or 1, however it is written; undefined when the field is empty. */
	weight(field: FieldPath | undefined): 0 | 1 | undefined {
		const value = field?.read(this.record);
		if (field === undefined || value === undefined || value === null || value === '')
			return undefined;
		if (value === 0 || value === '0' || value === false) return 0;
		if (value === 1 || value === '1' || value === true) return 1;
		this.add(
			'invalid_weight',
			field,
			`The field ${quoted(field.text)} holds a weight other than 0 and 1.`,
			'Use 0 (do not train on this answer) or 1 (train on it).',
		);
		return undefined;
	}

	add(
		code: string,
		field: FieldPath,
		message: string,
		fix: string,
		severity: Finding['severity'] = 'error',
	): void {
		this.findings.push({ severity, code, path: field.text, message, fix });
	}

	missing(field: FieldPath): void {
		const { message, fix } = field.explainMissing(this.record);
		this.add('missing_field', field, message, fix);
	}

	private empty(field: FieldPath): void {
		this.add(
			'empty_field',
			field,
			`The field ${quoted(field.text)} of the item is empty.`,
			'Fill it in, or leave the item out before this node.',
		);
	}

	private toText(value: unknown, field: FieldPath): string {
		if (typeof value === 'string') return this.wellFormed(value, field);
		const { text, isJson } = asText(value) ?? { text: '', isJson: false };
		if (isJson) {
			this.add(
				'object_as_text',
				field,
				`The field ${quoted(field.text)} holds ${Array.isArray(value) ? 'a list' : 'an object'}, not text; its JSON is used.`,
				'Name a field inside it if you want only that one, e.g. with a dot.',
				'warning',
			);
		}
		return this.wellFormed(text, field);
	}

	/** Texts cut in the middle of an emoji are common in exports; the half goes, and it is said. */
	private wellFormed(text: string, field: FieldPath): string {
		if (isWellFormed(text)) return text;
		this.add(
			'lone_surrogate',
			field,
			`The field ${quoted(field.text)} holds half of an emoji or of another rare character; it is replaced by “\ufffd”.`,
			'Cut long texts at whole characters.',
			'warning',
		);
		return toWellFormed(text);
	}
}
