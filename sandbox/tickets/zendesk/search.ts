/** Zendesk's search syntax, as far as tickets are looked for with it. Times are UTC. */
import type { SampleTicket } from '../samples/types';
import { metricSet, ticketRecord, updatedAt } from './records';

interface Term {
	field: string;
	comparison: string;
	value: string;
}

const TERM = /(-?[\w.]+)(:|>=|<=|>|<)("[^"]*"|\S+)|"[^"]*"|\S+/g;
const STATUSES = ['new', 'open', 'pending', 'hold', 'solved', 'closed'];
const PRIORITIES = ['low', 'normal', 'high', 'urgent'];

export function termsOf(query: string): Term[] {
	return [...query.matchAll(TERM)].map(([whole, field, comparison, value]) => ({
		field: field ?? '',
		comparison: comparison ?? '',
		value: (value ?? whole).replace(/^"|"$/g, ''),
	}));
}

/** Several terms of one field with `:` mean any of them; different fields mean all of them. */
export function matches(sample: SampleTicket, terms: Term[]): boolean {
	const groups = new Map<string, Term[]>();
	for (const term of terms) {
		const anyOf = term.comparison === ':' && !term.field.startsWith('-') ? term.field : undefined;
		const name = anyOf ?? `${groups.size}:${term.field}`;
		groups.set(name, [...(groups.get(name) ?? []), term]);
	}
	return [...groups.values()].every((group) => group.some((term) => fits(sample, term)));
}

function fits(sample: SampleTicket, { field, comparison, value }: Term): boolean {
	if (field === '') return containsWord(sample, value);
	if (field.startsWith('-')) return !fits(sample, { field: field.slice(1), comparison, value });
	const record = ticketRecord(sample, '');
	switch (field) {
		case 'type':
			return value === 'ticket';
		case 'status':
			return inOrder(STATUSES, sample.status, comparison, value);
		case 'priority':
			return inOrder(PRIORITIES, sample.priority, comparison, value);
		case 'tags':
			return sample.tags.includes(value);
		case 'group_id':
		case 'brand_id':
		case 'ticket_form_id':
			return String(record[field]) === value;
		case 'created':
			return compare(Date.parse(sample.createdAt), comparison, dateOf(value));
		case 'updated':
			return compare(Date.parse(updatedAt(sample)), comparison, dateOf(value));
		case 'solved':
			return compare(Date.parse(metricSet(sample).solved_at ?? ''), comparison, dateOf(value));
		default:
			return containsWord(sample, value);
	}
}

function dateOf(value: string): number {
	return Date.parse(value.length <= 10 ? `${value}T00:00:00Z` : value);
}

function inOrder(order: string[], own: string, comparison: string, value: string): boolean {
	return compare(order.indexOf(own), comparison, order.indexOf(value));
}

function compare(own: number, comparison: string, wanted: number): boolean {
	if (comparison === '>=') return own >= wanted;
	if (comparison === '<=') return own <= wanted;
	if (comparison === '>') return own > wanted;
	if (comparison === '<') return own < wanted;
	return own === wanted;
}

function containsWord({ subject, messages }: SampleTicket, word: string): boolean {
	const text = [subject, ...messages.map(({ body }) => body)].join('\n').toLowerCase();
	return text.includes(word.toLowerCase().replace(/\*$/, ''));
}
